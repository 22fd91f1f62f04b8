"""The order of roles."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics.scales import CutScores
from careers.matching.fit import Readiness, Verdict, readiness
from careers.matching.profile import Profile, SkillEvidence
from careers.matching.ranking import VERDICT_ORDER, rank_roles, ranking_key
from careers.matching.requirements import RoleRequirements, SkillRequirement

SKILLS = ("analysis", "composure", "empathy", "listening", "verbal")


def standing(
    verdict: Verdict, lowest: float, highest: float, coverage: Fraction = Fraction(1)
) -> Readiness:
    fit = lowest / float(coverage) if coverage else None
    return Readiness(fit, coverage, lowest, highest, verdict, (), (), ())


def evidence(skill: str, theta: float) -> SkillEvidence:
    return SkillEvidence(
        skill=skill,
        theta=theta,
        sem=0.4,
        parts=12,
        measured=True,
        provisional=False,
        knowledge_only=False,
        cuts=CutScores(),
        measured_on=date(2026, 11, 23),
    )


def test_verdict_comes_before_fit() -> None:
    assert rank_roles(
        {
            "unknown": standing(Verdict.NOT_ENOUGH_EVIDENCE, 0.5, 0.99, Fraction(1, 2)),
            "developing": standing(Verdict.DEVELOPING, 0.4, 0.4),
            "nearly": standing(Verdict.NEARLY_READY, 0.9, 0.9),
            "ready": standing(Verdict.READY, 0.8, 0.8),
        }
    ) == ("ready", "nearly", "developing", "unknown")


def test_high_fit_on_few_skills_stands_behind_a_good_fit_on_all() -> None:
    assert rank_roles(
        {
            "three fifths at 0.95": standing(Verdict.READY, 0.57, 0.97, Fraction(3, 5)),
            "all at 0.85": standing(Verdict.READY, 0.85, 0.85),
        }
    ) == ("all at 0.85", "three fifths at 0.95")


def test_unknown_role_stands_before_one_known_to_be_out_of_reach() -> None:
    assert rank_roles(
        {
            "half measured, all missed": standing(
                Verdict.NOT_ENOUGH_EVIDENCE, 0, 0.5, Fraction(1, 2)
            ),
            "nothing measured": standing(Verdict.NOT_ENOUGH_EVIDENCE, 0, 1, Fraction(0)),
            "half measured, all met": standing(Verdict.NOT_ENOUGH_EVIDENCE, 0.5, 1, Fraction(1, 2)),
        }
    ) == ("half measured, all met", "nothing measured", "half measured, all missed")


@given(st.permutations(range(6)))
def test_equal_roles_keep_their_order(roles: list[int]) -> None:
    equal = standing(Verdict.DEVELOPING, 0.3, 0.3)
    assert rank_roles(dict.fromkeys(roles, equal)) == tuple(roles)


@given(
    st.lists(st.integers(1, 5), min_size=len(SKILLS), max_size=len(SKILLS)),
    st.dictionaries(st.sampled_from(SKILLS), st.floats(-3, 3)),
    st.sampled_from(SKILLS),
    st.floats(-3, 3),
)
def test_measuring_one_more_skill_never_lowers_a_role_within_its_verdict(
    importances: list[int], thetas: dict[str, float], skill: str, theta: float
) -> None:
    role = RoleRequirements(
        skills=tuple(
            SkillRequirement(name, 3, importance, essential=False)
            for name, importance in zip(SKILLS, importances, strict=True)
        )
    )
    thetas.pop(skill, None)
    known = {name: evidence(name, value) for name, value in thetas.items()}
    before = readiness(role, Profile(skills=known))
    after = readiness(role, Profile(skills=known | {skill: evidence(skill, theta)}))
    assert after.lowest >= before.lowest
    if VERDICT_ORDER.index(after.verdict) <= VERDICT_ORDER.index(before.verdict):
        assert ranking_key(after)[:2] <= ranking_key(before)[:2]
