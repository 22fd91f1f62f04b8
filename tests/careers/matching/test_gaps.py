"""Gaps, and whether to study or to measure."""

from datetime import date
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics.scales import CutScores
from careers.matching.fit import Readiness, readiness
from careers.matching.gaps import Advice, skill_gaps, unmeasured_skills
from careers.matching.profile import Profile, SkillEvidence
from careers.matching.requirements import RoleRequirements, SkillRequirement

CUT_OF_LEVEL_4 = 0.75


def standing_of(
    theta: float, sem: float = 0.5, level: int = 4, *, measured: bool = True
) -> Readiness:
    estimate = SkillEvidence(
        skill="empathy",
        theta=theta,
        sem=sem,
        parts=10,
        measured=measured,
        provisional=False,
        knowledge_only=False,
        cuts=CutScores(),
        measured_on=date(2026, 11, 23),
    )
    role = RoleRequirements(skills=(SkillRequirement("empathy", level, 3, essential=True),))
    return readiness(role, Profile(skills={"empathy": estimate}))


def test_gap_leads_from_the_level_now_to_the_level_asked() -> None:
    (gap,) = skill_gaps(standing_of(-1.2))
    assert (gap.from_level, gap.to_level) == (1, 4)
    assert gap.probability == pytest.approx(NormalDist().cdf((-1.2 - CUT_OF_LEVEL_4) / 0.5))


@pytest.mark.parametrize(
    ("sems_below_cut", "advice"),
    [
        (0, None),
        (0.01, Advice.MEASURE_AGAIN),
        (0.99, Advice.MEASURE_AGAIN),
        (1.01, Advice.STUDY),
        (3, Advice.STUDY),
    ],
)
def test_doubtful_gap_is_measured_again_and_a_plain_one_studied(
    sems_below_cut: float, advice: Advice | None
) -> None:
    gaps = skill_gaps(standing_of(CUT_OF_LEVEL_4 - sems_below_cut * 0.5))
    assert [gap.advice for gap in gaps] == ([] if advice is None else [advice])


def test_first_indication_is_no_gap_but_a_reason_to_measure() -> None:
    result = standing_of(-3, measured=False)
    assert skill_gaps(result) == ()
    (unmeasured,) = unmeasured_skills(result)
    assert unmeasured.has_first_indication
    assert unmeasured.advice is Advice.MEASURE


@given(st.floats(-4, 4), st.floats(0.1, 0.7), st.integers(2, 5))
def test_gap_always_leads_upwards_and_is_likelier_missed_than_met(
    theta: float, sem: float, level: int
) -> None:
    for gap in skill_gaps(standing_of(theta, sem, level)):
        assert gap.from_level < gap.to_level
        assert gap.probability < 0.5


def test_essential_then_important_requirements_come_first() -> None:
    role = RoleRequirements(
        skills=(
            SkillRequirement("analysis", 3, 2, essential=False),
            SkillRequirement("composure", 3, 4, essential=False),
            SkillRequirement("empathy", 3, 1, essential=True),
        )
    )
    asked = [entry.requirement.skill for entry in unmeasured_skills(readiness(role, Profile()))]
    assert asked == ["empathy", "composure", "analysis"]
