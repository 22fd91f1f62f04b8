"""The next best assessment, against simulation and adaptive quadrature."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from assessments.psychometrics.scales import CutScores
from assessments.psychometrics.types import AbilityEstimate
from careers.matching.fit import Readiness, readiness
from careers.matching.next_assessment import (
    AssessmentOption,
    ExpectedEvidence,
    expected_entropy,
    next_assessments,
)
from careers.matching.profile import Profile, SkillEvidence
from careers.matching.requirements import RoleRequirements, SkillRequirement


def bits(probability: float) -> float:
    if probability in (0, 1):
        return 0.0
    other = 1 - probability
    return -probability * math.log2(probability) - other * math.log2(other)


def evidence(skill: str, theta: float, sem: float, *, measured: bool = True) -> SkillEvidence:
    return SkillEvidence(
        skill=skill,
        theta=theta,
        sem=sem,
        parts=10 if measured else 4,
        measured=measured,
        provisional=False,
        knowledge_only=False,
        cuts=CutScores(),
        measured_on=date(2026, 11, 23),
    )


def standing_of(
    *known: SkillEvidence, importance: int = 1, essential: tuple[str, ...] = ()
) -> Readiness:
    role = RoleRequirements(
        skills=tuple(
            SkillRequirement(skill, 3, importance, essential=skill in essential)
            for skill in ("empathy", "verbal", "written")
        )
    )
    return readiness(role, Profile(skills={estimate.skill: estimate for estimate in known}))


def option(code: str, minutes: float = 10, *, available: bool = True, **information: float):
    return AssessmentOption(
        code,
        {skill: ExpectedEvidence(10, amount) for skill, amount in information.items()},
        minutes,
        available,
    )


def codes(result: Readiness, *options: AssessmentOption) -> list[str]:
    return [advice.option.code for advice in next_assessments(result, options, cuts={})]


BELIEFS = [
    (0.0, 1.0, -0.25, 3.0),
    (0.0, 1.0, 1.5, 1.0),
    (-0.6, 0.5, -0.25, 4.0),
    (1.2, 0.3, 0.75, 9),
]


@pytest.mark.parametrize(("theta", "sem", "cut", "information"), BELIEFS)
def test_expected_entropy_agrees_with_simulated_candidates(
    theta: float, sem: float, cut: float, information: float
) -> None:
    rng = np.random.default_rng(20261123)
    true_theta = rng.normal(theta, sem, 400_000)
    observed = rng.normal(true_theta, 1 / math.sqrt(information))
    variance = 1 / (1 / sem**2 + information)
    posterior_mean = variance * (theta / sem**2 + information * observed)
    p = norm.cdf((posterior_mean - cut) / math.sqrt(variance))
    entropy = -(p * np.log2(p) + (1 - p) * np.log2(1 - p))
    surprise = -np.log2(np.where(true_theta >= cut, p, 1 - p))  # uses the simulated truth itself
    expected = expected_entropy(AbilityEstimate(theta, sem), cut, information)
    for simulated in (entropy[np.isfinite(entropy)], surprise):
        error = simulated.std() / math.sqrt(len(simulated))
        assert expected == pytest.approx(simulated.mean(), abs=4 * error)


@pytest.mark.parametrize("information", [1e-6, 0.01, 1.0, 20.0, 400.0])
@pytest.mark.parametrize(("theta", "cut"), [(0.0, 0.0), (0.0, 1.5), (1.0, -1.0), (-2.0, 1.5)])
def test_expected_entropy_agrees_with_adaptive_quadrature(
    theta: float, cut: float, information: float
) -> None:
    after = 1 / math.sqrt(1 + information)
    spread = math.sqrt(1 - after**2)
    reference, _ = quad(
        lambda z: norm.pdf(z) * bits(norm.cdf((theta + spread * z - cut) / after)),
        -10,
        10,
        points=[min(max((cut - theta) / spread, -9.9), 9.9)],
        epsabs=1e-12,
        limit=500,
    )
    assert expected_entropy(AbilityEstimate(theta, 1), cut, information) == pytest.approx(
        reference, abs=1e-9
    )


@given(st.floats(-3, 3), st.floats(0.1, 1), st.floats(-2, 2), st.floats(0, 50), st.floats(0, 50))
def test_more_information_never_leaves_more_doubt(
    theta: float, sem: float, cut: float, one: float, other: float
) -> None:
    less, more = sorted((one, other))
    belief = AbilityEstimate(theta, sem)
    assert expected_entropy(belief, cut, more) <= expected_entropy(belief, cut, less) + 1e-12


def test_doubt_now_is_the_entropy_of_meeting_the_requirement() -> None:
    result = standing_of(evidence("empathy", 0.1, 0.5), essential=("empathy",), importance=3)
    (advice,) = next_assessments(result, [option("a", empathy=2, verbal=2)], cuts={})
    empathy, verbal = advice.reasons
    assert empathy.before == pytest.approx(3 * 2 * bits(norm.cdf((0.1 + 0.25) / 0.5)))
    assert verbal.before == pytest.approx(3 * bits(norm.cdf(0.25)))


def test_first_indication_settles_no_doubt() -> None:
    indication = standing_of(evidence("empathy", -2, 0.75, measured=False))
    (with_indication,) = next_assessments(indication, [option("a", empathy=2)], cuts={})
    (without,) = next_assessments(standing_of(), [option("a", empathy=2)], cuts={})
    assert with_indication.reduction == without.reduction


def test_short_assessment_wins_per_minute() -> None:
    assert codes(standing_of(), option("long", 60, empathy=4), option("short", 10, empathy=3)) == [
        "short",
        "long",
    ]


def test_essential_and_doubtful_skills_come_first() -> None:
    result = standing_of(evidence("written", 2.5, 0.3), essential=("verbal",))
    asked = [option(skill, **{skill: 3.0}) for skill in ("empathy", "written", "verbal")]
    assert codes(result, *asked) == ["verbal", "empathy", "written"]


def test_unavailable_and_unrelated_assessments_are_left_out() -> None:
    assert not codes(
        standing_of(),
        option("cooling-down", available=False, empathy=3),
        option("unrelated", analysis=3),
        option("nothing-new", empathy=0),
    )


def test_equal_assessments_are_ordered_by_code() -> None:
    assert codes(standing_of(), option("b", empathy=3), option("a", empathy=3)) == ["a", "b"]


def test_cuts_of_the_skill_are_used_when_there_is_no_evidence() -> None:
    cuts = {"empathy": CutScores((-1.0, 0.0, 0.75, 1.5))}
    (advice,) = next_assessments(standing_of(), [option("a", empathy=3)], cuts)
    assert advice.reasons[0].before == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("parts", "information", "measured"), [(4, 3.0, True), (3, 3.0, False), (4, 0.1, False)]
)
def test_reason_says_whether_the_skill_will_be_measured(
    parts: int, information: float, measured: bool
) -> None:
    result = standing_of(evidence("empathy", 0, 0.8, measured=False))
    assessment = AssessmentOption(
        "a", {"empathy": ExpectedEvidence(parts, information)}, minutes=5, available=True
    )
    (advice,) = next_assessments(result, [assessment], cuts={})
    assert advice.reasons[0].measured_after is measured


def test_impossible_values_are_refused() -> None:
    for parts, information in ((-1, 1.0), (1, -1.0), (1, math.inf)):
        with pytest.raises(ValueError, match=r"parts|information"):
            ExpectedEvidence(parts, information)
    with pytest.raises(ValueError, match="minutes"):
        option("a", minutes=0)
