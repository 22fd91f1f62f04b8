"""Fit, coverage, bounds and verdict."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics.scales import CutScores
from careers.matching.facts import CEFR_LEVELS, DeclaredFact
from careers.matching.fit import (
    FactState,
    MeasureState,
    SkillState,
    Verdict,
    VerdictThresholds,
    readiness,
)
from careers.matching.profile import FactEvidence, MeasureEvidence, Profile, SkillEvidence
from careers.matching.ranking import VERDICT_ORDER
from careers.matching.requirements import (
    FactRequirement,
    MeasureRequirement,
    RoleRequirements,
    SkillRequirement,
)

DAY = date(2026, 11, 23)
SKILLS = ("analysis", "composure", "empathy", "listening", "verbal", "written")
LEVEL_3_CUT = CutScores().thetas[1]


def evidence(skill: str, theta: float, sem: float = 0.5, *, measured: bool = True) -> SkillEvidence:
    return SkillEvidence(
        skill=skill,
        theta=theta,
        sem=sem,
        parts=12 if measured else 3,
        measured=measured,
        provisional=False,
        knowledge_only=False,
        cuts=CutScores(),
        measured_on=DAY,
    )


def profile_of(*estimates: SkillEvidence) -> Profile:
    return Profile(skills={estimate.skill: estimate for estimate in estimates})


def needs(skill: str, importance: int = 1, level: int = 3, *, essential: bool = False):
    return SkillRequirement(skill, level=level, importance=importance, essential=essential)


@st.composite
def roles(draw: st.DrawFn) -> RoleRequirements:
    skills = draw(st.lists(st.sampled_from(SKILLS), min_size=1, unique=True))
    return RoleRequirements(
        skills=tuple(
            SkillRequirement(
                skill,
                level=draw(st.integers(2, 5)),
                importance=draw(st.integers(1, 5)),
                essential=draw(st.booleans()),
            )
            for skill in skills
        )
    )


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    thetas = st.floats(-4, 4) | st.sampled_from(CutScores().thetas)
    return profile_of(
        *(
            evidence(
                skill,
                theta=draw(thetas),
                sem=draw(st.floats(0.15, 1)),
                measured=draw(st.sampled_from((True, True, False))),
            )
            for skill in draw(st.lists(st.sampled_from(SKILLS), unique=True))
        )
    )


def test_fit_is_the_importance_weighted_mean_over_the_measured_skills() -> None:
    role = RoleRequirements(skills=(needs("empathy", 3), needs("verbal", 1), needs("written", 5)))
    result = readiness(
        role, profile_of(evidence("empathy", LEVEL_3_CUT), evidence("verbal", LEVEL_3_CUT + 50))
    )
    assert result.fit == (3 * 0.5 + 1 * 1.0) / 4
    assert result.coverage == Fraction(4, 9)
    assert result.lowest == pytest.approx(2.5 / 9)
    assert result.highest == pytest.approx(7.5 / 9)


def test_first_indication_counts_as_not_measured() -> None:
    role = RoleRequirements(skills=(needs("empathy"), needs("verbal")))
    known = evidence("empathy", 1.0)
    with_indication = readiness(role, profile_of(known, evidence("verbal", -3, measured=False)))
    without = readiness(role, profile_of(known))
    assert with_indication.fit == without.fit
    assert with_indication.coverage == without.coverage
    assert with_indication.skill_standings[1].state is SkillState.FIRST_INDICATION
    assert with_indication.skill_standings[1].probability is None
    assert without.skill_standings[1].state is SkillState.NOT_MEASURED


@pytest.mark.parametrize(
    ("measured_importances", "unmeasured_importances", "enough"),
    [((3,), (2,), True), ((5, 1), (4,), True), ((4,), (3,), False), ((1, 2, 3), (4,), True)],
)
def test_coverage_of_exactly_three_fifths_is_enough(
    measured_importances: tuple[int, ...], unmeasured_importances: tuple[int, ...], enough: bool
) -> None:
    importances = measured_importances + unmeasured_importances
    role = RoleRequirements(
        skills=tuple(
            needs(skill, importance) for skill, importance in zip(SKILLS, importances, strict=False)
        )
    )
    result = readiness(
        role, profile_of(*(evidence(skill, 2) for skill in SKILLS[: len(measured_importances)]))
    )
    assert (result.verdict is not Verdict.NOT_ENOUGH_EVIDENCE) == enough


def test_fit_of_exactly_three_quarters_with_an_essential_at_its_cut_is_ready() -> None:
    role = RoleRequirements(skills=(needs("empathy", 2, essential=True), needs("verbal", 2)))
    at_threshold = profile_of(evidence("empathy", LEVEL_3_CUT), evidence("verbal", 50))
    assert readiness(role, at_threshold).fit == 0.75
    assert readiness(role, at_threshold).verdict is Verdict.READY
    below = profile_of(evidence("empathy", LEVEL_3_CUT - 1e-6), evidence("verbal", 50))
    assert readiness(role, below).verdict is Verdict.NEARLY_READY


def test_fit_of_exactly_one_half_is_nearly_ready() -> None:
    role = RoleRequirements(skills=(needs("empathy"),))
    at_cut = readiness(role, profile_of(evidence("empathy", LEVEL_3_CUT)))
    below = readiness(role, profile_of(evidence("empathy", LEVEL_3_CUT - 0.01)))
    assert (at_cut.verdict, below.verdict) == (Verdict.NEARLY_READY, Verdict.DEVELOPING)


def test_essential_skill_short_prevents_ready_whatever_the_fit() -> None:
    role = RoleRequirements(skills=(needs("empathy", 1, essential=True), needs("verbal", 5)))
    result = readiness(role, profile_of(evidence("empathy", -3), evidence("verbal", 50)))
    assert result.fit is not None
    assert result.fit > 0.75
    assert result.verdict is Verdict.NEARLY_READY


def test_role_without_skills_has_not_enough_evidence() -> None:
    result = readiness(RoleRequirements(skills=()), Profile())
    assert result.fit is None
    assert (result.lowest, result.highest) == (0, 1)
    assert result.verdict is Verdict.NOT_ENOUGH_EVIDENCE


def test_thresholds_are_settings() -> None:
    role = RoleRequirements(skills=(needs("empathy"), needs("verbal", 2)))
    profile = profile_of(evidence("empathy", 2))
    lenient = VerdictThresholds(coverage=Fraction(1, 3))
    assert readiness(role, profile).verdict is Verdict.NOT_ENOUGH_EVIDENCE
    assert readiness(role, profile, lenient).verdict is Verdict.READY


@pytest.mark.parametrize(
    "thresholds",
    [
        {"coverage": Fraction(0)},
        {"coverage": Fraction(6, 5)},
        {"ready_fit": 0.4},
        {"ready_fit": 1.1},
        {"nearly_ready_fit": -0.1},
    ],
)
def test_thresholds_out_of_order_are_refused(thresholds: Mapping[str, Fraction | float]) -> None:
    with pytest.raises(ValueError, match=r"coverage|fits"):
        VerdictThresholds(**thresholds)


def test_coverage_threshold_must_be_exact() -> None:
    with pytest.raises(TypeError, match="exact"):
        VerdictThresholds(coverage=0.6)  # type: ignore[arg-type]


# Properties


@given(roles(), profiles())
def test_fit_lies_within_its_bounds(role: RoleRequirements, profile: Profile) -> None:
    result = readiness(role, profile)
    assert 0 <= result.lowest <= result.highest <= 1
    assert (result.fit is None) == (result.coverage == 0)
    if result.fit is not None:
        assert result.lowest <= result.fit <= result.highest
    if result.coverage == 1:
        assert result.lowest == result.fit == result.highest


@given(roles(), profiles(), st.data())
def test_raising_theta_never_lowers_fit_or_verdict(
    role: RoleRequirements, profile: Profile, data: st.DataObject
) -> None:
    raised = profile_of(
        *(
            replace(known, theta=known.theta + data.draw(st.sampled_from((0, 0.001, 0.3, 2))))
            for known in profile.skills.values()
        )
    )
    before, after = readiness(role, profile), readiness(role, raised)
    assert after.coverage == before.coverage
    if before.fit is not None and after.fit is not None:
        assert after.fit >= before.fit
    assert VERDICT_ORDER.index(after.verdict) <= VERDICT_ORDER.index(before.verdict)


@given(roles(), profiles())
def test_unmeasured_skill_is_left_out_rather_than_counted_as_zero(
    role: RoleRequirements, profile: Profile
) -> None:
    asked = tuple(
        skill
        for skill in role.skills
        if skill.skill in profile.skills and profile.skills[skill.skill].measured
    )
    measured_only = readiness(RoleRequirements(skills=asked), profile)
    assert readiness(role, profile).fit == measured_only.fit


@given(roles(), profiles())
def test_highest_is_the_fit_if_the_unmeasured_turn_out_met(
    role: RoleRequirements, profile: Profile
) -> None:
    unmeasured = [
        standing.requirement.skill
        for standing in readiness(role, profile).skill_standings
        if standing.probability is None
    ]
    for theta, bound in ((1000, "highest"), (-1000, "lowest")):
        outcome = profile.skills | {skill: evidence(skill, theta) for skill in unmeasured}
        assert readiness(role, Profile(skills=outcome)).fit == getattr(
            readiness(role, profile), bound
        )


@given(roles(), profiles())
def test_ready_means_every_essential_measured_and_met(
    role: RoleRequirements, profile: Profile
) -> None:
    result = readiness(role, profile)
    if result.verdict is Verdict.READY:
        assert result.fit is not None
        assert result.fit >= 0.75
        assert result.coverage >= Fraction(3, 5)
        for standing in result.skill_standings:
            if standing.requirement.essential:
                assert standing.state is SkillState.MET
                assert standing.probability is not None
                assert standing.probability >= 0.5


@given(roles(), profiles(), st.randoms(use_true_random=False))
def test_order_of_requirements_and_evidence_is_irrelevant(
    role: RoleRequirements, profile: Profile, rng: random.Random
) -> None:
    skills, known = list(role.skills), list(profile.skills.values())
    rng.shuffle(skills)
    rng.shuffle(known)
    one = readiness(role, profile)
    other = readiness(RoleRequirements(skills=tuple(skills)), profile_of(*known))
    assert (one.fit, one.coverage, one.lowest, one.highest, one.verdict) == (
        other.fit,
        other.coverage,
        other.lowest,
        other.highest,
        other.verdict,
    )
    assert set(one.skill_standings) == set(other.skill_standings)


@given(roles(), st.integers(8, 40), st.floats(0.3, 0.7))
def test_lowest_estimates_never_add_up_to_ready(
    role: RoleRequirements, parts: int, sem: float
) -> None:
    floor = profile_of(*(replace(evidence(skill, -1.3, sem=sem), parts=parts) for skill in SKILLS))
    assert readiness(role, floor).verdict is Verdict.DEVELOPING


# Measures and declared facts


def typing(value: str, device: str = "keyboard", error: str = "2") -> MeasureEvidence:
    return MeasureEvidence("net-wpm", device, Decimal(value), Decimal(error), DAY)


def measure_state(minimum: str, *results: MeasureEvidence) -> MeasureState:
    role = RoleRequirements(
        skills=(), measures=(MeasureRequirement("net-wpm", "keyboard", Decimal(minimum)),)
    )
    profile = Profile(measures={(result.measure, result.device): result for result in results})
    return readiness(role, profile).measure_standings[0].state


def test_measure_is_met_from_its_minimum_on() -> None:
    assert measure_state("40", typing("40")) is MeasureState.MET
    assert measure_state("40", typing("39.9")) is MeasureState.SHORT
    assert measure_state("40", typing("40", error="0")) is MeasureState.MET
    assert measure_state("40", typing("39.9", error="0")) is MeasureState.SHORT


def test_probability_of_a_measure_follows_its_standard_error() -> None:
    role = RoleRequirements(
        skills=(), measures=(MeasureRequirement("net-wpm", "keyboard", Decimal(40)),)
    )
    profile = Profile(measures={("net-wpm", "keyboard"): typing("42")})
    standing = readiness(role, profile).measure_standings[0]
    assert standing.probability == pytest.approx(0.8413447461)  # Φ(1)


def test_phone_result_says_nothing_about_a_keyboard_requirement() -> None:
    assert measure_state("40", typing("80", device="phone")) is MeasureState.UNKNOWN
    assert measure_state("40", typing("80", device="phone"), typing("30")) is MeasureState.SHORT


def fact_state(requirement: FactRequirement, *declared: FactEvidence) -> FactState:
    role = RoleRequirements(skills=(), facts=(requirement,))
    profile = Profile(facts={(fact.fact, fact.detail): fact for fact in declared})
    return readiness(role, profile).fact_standings[0].state


@given(st.sampled_from(CEFR_LEVELS), st.sampled_from(CEFR_LEVELS), st.booleans())
def test_cefr_levels_have_an_order(asked: str, declared: str, confirmed: bool) -> None:
    state = fact_state(
        FactRequirement(DeclaredFact.CEFR, asked, "en"),
        FactEvidence(DeclaredFact.CEFR, declared, "en", confirmed),
    )
    if CEFR_LEVELS.index(declared) < CEFR_LEVELS.index(asked):
        assert state is FactState.SHORT
    else:
        assert state is (FactState.CONFIRMED if confirmed else FactState.DECLARED)


def test_years_are_compared_as_numbers() -> None:
    two_years = FactRequirement(DeclaredFact.YEARS_EXPERIENCE, "2")
    ten = FactEvidence(DeclaredFact.YEARS_EXPERIENCE, "10", "voice-agent", confirmed=False)
    assert fact_state(two_years, ten) is FactState.DECLARED
    assert fact_state(two_years, replace(ten, value="1.9")) is FactState.SHORT
    assert fact_state(two_years) is FactState.UNKNOWN


def test_fact_about_something_else_is_unknown() -> None:
    english = FactRequirement(DeclaredFact.CEFR, "B2", "en")
    spanish = FactEvidence(DeclaredFact.CEFR, "C2", "es", confirmed=True)
    assert fact_state(english, spanish) is FactState.UNKNOWN


def test_confirmed_declaration_that_suffices_outranks_a_higher_unconfirmed_one() -> None:
    any_role = FactRequirement(DeclaredFact.YEARS_EXPERIENCE, "2")
    agent = FactEvidence(DeclaredFact.YEARS_EXPERIENCE, "3", "voice-agent", confirmed=True)
    lead = FactEvidence(DeclaredFact.YEARS_EXPERIENCE, "5", "team-lead", confirmed=False)
    assert fact_state(any_role, agent, lead) is FactState.CONFIRMED
    assert fact_state(any_role, replace(agent, value="1"), lead) is FactState.DECLARED


def test_measures_and_facts_are_named_beside_the_verdict_and_never_enter_fit() -> None:
    skills = (needs("empathy", essential=True),)
    role = RoleRequirements(
        skills=skills,
        measures=(MeasureRequirement("net-wpm", "keyboard", Decimal(40)),),
        facts=(FactRequirement(DeclaredFact.CEFR, "B2", "en"),),
    )
    profile = profile_of(evidence("empathy", 2))
    bare, full = readiness(RoleRequirements(skills=skills), profile), readiness(role, profile)
    assert full.verdict is bare.verdict is Verdict.READY
    assert full.fit == bare.fit
    assert bare.exceptions == ()
    assert [standing.requirement for standing in full.exceptions] == [*role.measures, *role.facts]
