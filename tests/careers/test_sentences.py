"""Sentences that candidates read. Nobody fails, and nobody is a perfect match."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics.scales import CutScores
from careers import sentences
from careers.matching.facts import DeclaredFact
from careers.matching.fit import (
    VerdictThresholds,
    fact_standing,
    measure_standing,
    readiness,
    skill_standing,
)
from careers.matching.profile import FactEvidence, MeasureEvidence, Profile, SkillEvidence
from careers.matching.requirements import (
    FactRequirement,
    MeasureRequirement,
    RoleRequirements,
    SkillRequirement,
)

DAY = date(2026, 3, 3)


def evidence(skill="listening", theta=0.6, sem=0.4, parts=13, measured=True):
    return SkillEvidence(skill, theta, sem, parts, measured, True, False, CutScores(), DAY)


def standing(level=3, **changes):
    profile = Profile(skills={"listening": evidence(**changes)})
    return skill_standing(SkillRequirement("listening", level, 5, True), profile)


def typing(value):
    found = MeasureEvidence("net-wpm", "keyboard", Decimal(value), Decimal(4), DAY)
    return Profile(measures={("net-wpm", "keyboard"): found})


TYPING_ASKED = MeasureRequirement("net-wpm", "keyboard", Decimal("30.00"))
TYPING = {"measure": "net-wpm", "device": "keyboard", "minimum": "30", "state": "unknown"}
CEFR = {"fact": "cefr", "minimum": "B2", "state": "short"}
YEARS = {"fact": "years-experience", "minimum": "2", "state": "unknown"}


def test_measured_skill_is_told_with_level_band_count_date_and_what_is_asked():
    assert sentences.skill_sentence(standing(level=2)) == (
        "You are at level 3 (between 53 and 65 of 100, 13 responses, March 3, 2026); "
        "this role asks for level 2."
    )


def test_requirement_met_narrowly_is_said_to_be_close():
    assert sentences.skill_sentence(standing(theta=-0.2)).endswith(
        "That is close to the line, so it may change."
    )


def test_first_indication_says_that_it_does_not_count():
    assert sentences.skill_sentence(standing(parts=1, sem=0.95, measured=False)) == (
        "A first indication from 1 response, too few to count here. This role asks for level 3."
    )


def test_unmeasured_skill_is_not_yet_measured():
    unknown = skill_standing(SkillRequirement("verbal", 4, 5, True), Profile())
    assert sentences.skill_sentence(unknown) == "Not yet measured. This role asks for level 4."


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            typing("34.0"),
            "You typed 34 net words a minute on a keyboard on March 3, 2026; "
            "this role asks for 30.",
        ),
        (
            typing("29.6"),
            "You typed 29.6 net words a minute on a keyboard on March 3, 2026; "
            "this role asks for 30.",
        ),
        (
            Profile(),
            "Not yet measured on a keyboard. "
            "This role asks for 30 net words a minute on a keyboard.",
        ),
    ],
)
def test_typing_speed_names_device_day_and_minimum(profile, expected):
    assert sentences.measure_sentence(measure_standing(TYPING_ASKED, profile)) == expected


@pytest.mark.parametrize(
    ("declared", "asked", "expected"),
    [
        (
            FactEvidence(DeclaredFact.CEFR, "B1", "English", confirmed=False),
            FactRequirement(DeclaredFact.CEFR, "B2"),
            "You declared B1 in English; this role asks for B2.",
        ),
        (
            FactEvidence(DeclaredFact.YEARS_EXPERIENCE, "2.5", "", confirmed=True),
            FactRequirement(DeclaredFact.YEARS_EXPERIENCE, "2"),
            "You declared 2.5 years of experience; this role asks for 2. It is confirmed.",
        ),
    ],
)
def test_declared_fact_is_told_as_declared(declared, asked, expected):
    profile = Profile(facts={(declared.fact, declared.detail): declared})
    assert sentences.fact_sentence(fact_standing(asked, profile)) == expected


def test_undeclared_fact_says_what_is_asked():
    asked = FactRequirement(DeclaredFact.YEARS_EXPERIENCE, "1")
    assert sentences.fact_sentence(fact_standing(asked, Profile())) == (
        "You have declared nothing about this yet. This role asks for 1 year of experience."
    )


@pytest.mark.parametrize(
    ("verdict", "exceptions", "words"),
    [
        ("ready", [], "Ready"),
        ("ready", [TYPING], "Ready, except typing speed on a keyboard"),
        (
            "ready",
            [TYPING, CEFR, YEARS],
            "Ready, except typing speed on a keyboard, language level B2 and 2 years of experience",
        ),
        ("nearly-ready", [TYPING], "Nearly ready"),
        ("not-enough-evidence", [], "Not enough evidence yet"),
    ],
)
def test_verdict_in_words(verdict, exceptions, words):
    assert sentences.verdict_words(verdict, exceptions) == words


def test_exceptions_beside_another_verdict_are_named_as_open():
    assert sentences.exception_sentence("developing", [CEFR]) == "Also open: language level B2."
    assert sentences.exception_sentence("developing", []) == ""


@pytest.mark.parametrize(
    ("to_measure", "to_reach", "expected"),
    [
        (
            ("Written communication", 20),
            ("Empathy", 3),
            "You met 4 of 5 essentials. Next: Written communication (20 minutes).",
        ),
        (None, ("Empathy", 3), "You met 4 of 5 essentials. Still to reach: Empathy, level 3."),
        (None, None, "You met 4 of 5 essentials."),
    ],
)
def test_reason_on_the_map_measures_first(to_measure, to_reach, expected):
    assert sentences.map_reason(4, 5, to_measure=to_measure, to_reach=to_reach) == expected


def test_reasons_name_what_is_missing():
    asked = RoleRequirements(
        (
            SkillRequirement("listening", 3, 5, True),
            SkillRequirement("verbal", 3, 5, True),
            SkillRequirement("empathy", 4, 5, True),
        )
    )
    profile = Profile(
        skills={
            "listening": evidence(),
            "empathy": evidence("empathy", theta=-1.0),
        }
    )
    names = {"listening": "Active listening", "verbal": "Speaking", "empathy": "Empathy"}
    thresholds = VerdictThresholds(coverage=Fraction(4, 5))
    assert sentences.verdict_reasons(readiness(asked, profile), names, thresholds) == [
        "You met 1 of 3 essentials.",
        "Not yet measured: Speaking.",
        "Still to reach: Empathy (level 4).",
        "So far 66 percent of what counts is measured; a verdict takes 80 percent.",
    ]


def test_all_essentials_met_and_still_not_ready_is_explained_by_the_fit():
    asked = RoleRequirements(
        (
            SkillRequirement("listening", 3, 1, True),
            SkillRequirement("empathy", 5, 1, False),
        )
    )
    profile = Profile(
        skills={"listening": evidence(), "empathy": evidence("empathy", theta=-1.0)}
    )
    names = {"listening": "Active listening", "empathy": "Empathy"}
    found = readiness(asked, profile)
    assert sentences.verdict_reasons(found, names, VerdictThresholds()) == [
        "You met 1 of 1 essentials.",
        "Over everything measured your fit is 49 percent; ‘ready’ takes 75 percent.",
    ]


@given(
    theta=st.floats(-4, 4),
    sem=st.floats(0.1, 1),
    parts=st.integers(1, 40),
    measured=st.booleans(),
    level=st.integers(2, 5),
)
def test_no_skill_sentence_speaks_of_failing(theta, sem, parts, measured, level):
    row = standing(level=level, theta=theta, sem=sem, parts=parts, measured=measured)
    words = f"{sentences.skill_sentence(row)} {sentences.state_words(row.state)}".lower()
    assert f"level {level}" in words
    assert not {"fail", "failed", "wrong", "perfect"} & set(words.replace(".", "").split())


@given(st.decimals(min_value=0, max_value=20000, places=2))
def test_numbers_keep_their_value_and_lose_empty_zeros(value):
    text = sentences.number(value)
    assert Decimal(text) == value
    assert "." not in text or text[-1] != "0"
