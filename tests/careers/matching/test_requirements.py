"""Requirements and profiles refuse what can't be."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assessments.psychometrics.scales import CutScores
from careers.matching.facts import DeclaredFact, fact_rank
from careers.matching.profile import FactEvidence, MeasureEvidence, Profile, SkillEvidence
from careers.matching.requirements import (
    FactRequirement,
    MeasureRequirement,
    RoleRequirements,
    SkillRequirement,
)

DAY = date(2026, 11, 23)
EMPATHY = SkillEvidence(
    skill="empathy",
    theta=0.2,
    sem=0.4,
    parts=12,
    measured=True,
    provisional=False,
    knowledge_only=False,
    cuts=CutScores(),
    measured_on=DAY,
)
TYPING = MeasureEvidence("net-wpm", "keyboard", Decimal(45), Decimal(2), DAY)
ENGLISH = FactEvidence(DeclaredFact.CEFR, "B2", "en", confirmed=False)


@pytest.mark.parametrize(
    "make",
    [
        lambda: SkillRequirement("empathy", level=1, importance=3, essential=True),
        lambda: SkillRequirement("empathy", level=6, importance=3, essential=True),
        lambda: SkillRequirement("empathy", level=3, importance=0, essential=True),
        lambda: SkillRequirement("empathy", level=3, importance=6, essential=True),
        lambda: MeasureRequirement("net-wpm", "keyboard", Decimal(0)),
        lambda: MeasureRequirement("net-wpm", "keyboard", Decimal("NaN")),
        lambda: FactRequirement(DeclaredFact.CEFR, "B3"),
        lambda: FactRequirement(DeclaredFact.YEARS_EXPERIENCE, "-1"),
        lambda: FactRequirement(DeclaredFact.YEARS_EXPERIENCE, "two"),
        lambda: FactRequirement(DeclaredFact.YEARS_EXPERIENCE, "Infinity"),
        lambda: replace(EMPATHY, theta=float("nan")),
        lambda: replace(EMPATHY, sem=0.0),
        lambda: replace(EMPATHY, parts=-1),
        lambda: replace(TYPING, value=Decimal("Infinity")),
        lambda: replace(TYPING, standard_error=Decimal(-1)),
        lambda: replace(ENGLISH, value="fluent"),
    ],
)
def test_values_out_of_range_are_refused(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        make()


@pytest.mark.parametrize(
    "asked_twice",
    [
        lambda: RoleRequirements(
            skills=(
                SkillRequirement("empathy", 3, 3, essential=True),
                SkillRequirement("empathy", 4, 1, essential=False),
            )
        ),
        lambda: RoleRequirements(
            (), measures=(MeasureRequirement("net-wpm", "keyboard", Decimal(40)),) * 2
        ),
        lambda: RoleRequirements((), facts=(FactRequirement(DeclaredFact.CEFR, "B2", "en"),) * 2),
    ],
)
def test_role_asks_for_each_thing_once(asked_twice: Callable[[], RoleRequirements]) -> None:
    with pytest.raises(ValueError, match="asked for twice"):
        asked_twice()


def test_one_measure_may_be_asked_on_two_devices() -> None:
    RoleRequirements(
        skills=(),
        measures=(
            MeasureRequirement("net-wpm", "keyboard", Decimal(40)),
            MeasureRequirement("net-wpm", "phone", Decimal(25)),
        ),
    )


@pytest.mark.parametrize(
    "misfiled",
    [
        lambda: Profile(skills={"verbal": EMPATHY}),
        lambda: Profile(measures={("net-wpm", "phone"): TYPING}),
        lambda: Profile(facts={(DeclaredFact.CEFR, "es"): ENGLISH}),
    ],
)
def test_evidence_under_a_key_not_its_own_is_refused(misfiled: Callable[[], Profile]) -> None:
    with pytest.raises(ValueError, match="filed under"):
        misfiled()


def test_high_b1_lies_between_b1_and_b2() -> None:
    ranks = [fact_rank(DeclaredFact.CEFR, level) for level in ("B1", "B1+", "B2")]
    assert ranks == sorted(set(ranks))
