"""How well a profile meets a role's requirements, and how sure that is.

The rules are those of PRODUCT.md, 'How a score comes about', 4 and 5. Fit and coverage are added
up in exact rationals and rounded once, at the end: the order of the requirements can't matter, and
a candidate who stands exactly on a threshold has reached it.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from statistics import NormalDist
from typing import Final

from careers.matching.facts import fact_rank
from careers.matching.profile import FactEvidence, MeasureEvidence, Profile, SkillEvidence
from careers.matching.requirements import (
    FactRequirement,
    MeasureRequirement,
    RoleRequirements,
    SkillRequirement,
)

MET_PROBABILITY: Final = 0.5
"""From this probability on a requirement counts as met."""
STRADDLE_PROBABILITY: Final = NormalDist().cdf(-1.0)
"""About 0.16: the probability of meeting a level whose cut lies one SEM above theta."""


class SkillState(StrEnum):
    """Where a candidate stands on one required skill."""

    MET = "met"
    SHORT = "short"
    FIRST_INDICATION = "first-indication"
    NOT_MEASURED = "not-measured"


class MeasureState(StrEnum):
    """Where a candidate stands on one required measure; unknown unless taken on the same device."""

    MET = "met"
    SHORT = "short"
    UNKNOWN = "unknown"


class FactState(StrEnum):
    """Where a candidate stands on one required fact."""

    CONFIRMED = "met-and-confirmed"
    DECLARED = "met-as-declared"
    SHORT = "short"
    UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What the evidence says about a role, as help to a person who decides."""

    NOT_ENOUGH_EVIDENCE = "not-enough-evidence"
    READY = "ready"
    NEARLY_READY = "nearly-ready"
    DEVELOPING = "developing"


@dataclass(frozen=True, slots=True)
class VerdictThresholds:
    """From where on a verdict is given.

    `coverage` is exact, since shares such as 3/5 have no binary form. Raises ValueError unless
    0 < coverage <= 1 and 0 <= nearly_ready_fit <= ready_fit <= 1, TypeError for coverage as float.
    """

    coverage: Fraction = Fraction(3, 5)
    ready_fit: float = 0.75
    nearly_ready_fit: float = 0.5

    def __post_init__(self) -> None:
        if not isinstance(self.coverage, Fraction):
            raise TypeError(f"coverage must be an exact Fraction: {self.coverage!r}")
        if not 0 < self.coverage <= 1:
            raise ValueError(f"coverage must be above 0 and at most 1: {self.coverage}")
        if not 0 <= self.nearly_ready_fit <= self.ready_fit <= 1:
            raise ValueError(
                "fits must be 0 <= nearly ready <= ready <= 1: "
                f"{self.nearly_ready_fit}, {self.ready_fit}"
            )


DEFAULT_THRESHOLDS: Final = VerdictThresholds()


@dataclass(frozen=True, slots=True)
class SkillStanding:
    """One required skill: the evidence, if any, and the probability of meeting the level.

    `probability` is None unless the skill is measured: a first indication counts nowhere.
    """

    requirement: SkillRequirement
    evidence: SkillEvidence | None
    probability: float | None
    state: SkillState

    @property
    def is_uncertain(self) -> bool:
        """Whether the cut of the level asked lies within theta ± 1 SEM of a measured skill."""
        return (
            self.probability is not None
            and STRADDLE_PROBABILITY < self.probability < 1 - STRADDLE_PROBABILITY
        )


@dataclass(frozen=True, slots=True)
class MeasureStanding:
    """One required measure and the probability that its true value reaches the minimum."""

    requirement: MeasureRequirement
    evidence: MeasureEvidence | None
    probability: float | None
    state: MeasureState

    @property
    def is_met(self) -> bool:
        return self.state is MeasureState.MET


@dataclass(frozen=True, slots=True)
class FactStanding:
    """One required fact and the best that the candidate declared for it."""

    requirement: FactRequirement
    evidence: FactEvidence | None
    state: FactState

    @property
    def is_met(self) -> bool:
        return self.state in {FactState.CONFIRMED, FactState.DECLARED}


@dataclass(frozen=True, slots=True)
class Readiness:
    """A candidate's standing for one role.

    `fit` (0 to 1) is over the measured skills, None when there are none; `coverage` is the
    exact share of importance measured. `lowest` and `highest` are the fits that would result
    if every skill not yet measured were surely missed, or surely met. Standings keep the order of
    the requirements.
    """

    fit: float | None
    coverage: Fraction
    lowest: float
    highest: float
    verdict: Verdict
    skill_standings: tuple[SkillStanding, ...]
    measure_standings: tuple[MeasureStanding, ...]
    fact_standings: tuple[FactStanding, ...]

    @property
    def exceptions(self) -> tuple[MeasureStanding | FactStanding, ...]:
        """Measures and facts short or unknown: named beside the verdict, never part of it."""
        return (
            *(standing for standing in self.measure_standings if not standing.is_met),
            *(standing for standing in self.fact_standings if not standing.is_met),
        )


def skill_standing(requirement: SkillRequirement, profile: Profile) -> SkillStanding:
    """Compare one required skill with the profile."""
    evidence = profile.skills.get(requirement.skill)
    if evidence is None:
        return SkillStanding(requirement, None, None, SkillState.NOT_MEASURED)
    if not evidence.measured:
        return SkillStanding(requirement, evidence, None, SkillState.FIRST_INDICATION)
    probability = evidence.probability_at_least(requirement.level)
    state = SkillState.MET if probability >= MET_PROBABILITY else SkillState.SHORT
    return SkillStanding(requirement, evidence, probability, state)


def measure_standing(requirement: MeasureRequirement, profile: Profile) -> MeasureStanding:
    """Compare one required measure with the profile, with a normal error of measurement."""
    evidence = profile.measures.get((requirement.measure, requirement.device))
    if evidence is None:
        return MeasureStanding(requirement, None, None, MeasureState.UNKNOWN)
    probability = _probability_above(evidence.value - requirement.minimum, evidence.standard_error)
    state = MeasureState.MET if probability >= MET_PROBABILITY else MeasureState.SHORT
    return MeasureStanding(requirement, evidence, probability, state)


def _probability_above(margin: Decimal, standard_error: Decimal) -> float:
    """P(true margin >= 0) for an observed margin; a minimum exactly reached gives at least 0.5."""
    if standard_error == 0:
        return 1.0 if margin >= 0 else 0.0
    return 0.5 * math.erfc(-float(margin / standard_error) / math.sqrt(2))


def fact_standing(requirement: FactRequirement, profile: Profile) -> FactStanding:
    """Compare one required fact with the profile; the most favourable declaration counts."""
    declared = [
        evidence
        for evidence in profile.facts.values()
        if evidence.fact == requirement.fact and requirement.detail in {"", evidence.detail}
    ]
    if not declared:
        return FactStanding(requirement, None, FactState.UNKNOWN)
    minimum = fact_rank(requirement.fact, requirement.minimum)

    def favour(evidence: FactEvidence) -> tuple[bool, bool, Decimal, str]:
        rank = fact_rank(evidence.fact, evidence.value)
        return rank >= minimum, evidence.confirmed, rank, evidence.detail

    best = max(declared, key=favour)
    if fact_rank(best.fact, best.value) < minimum:
        return FactStanding(requirement, best, FactState.SHORT)
    state = FactState.CONFIRMED if best.confirmed else FactState.DECLARED
    return FactStanding(requirement, best, state)


def readiness(
    requirements: RoleRequirements,
    profile: Profile,
    thresholds: VerdictThresholds = DEFAULT_THRESHOLDS,
) -> Readiness:
    """Return how ready a candidate with this profile is for a role with these requirements.

    A role that asks for no skill has coverage 0, because nothing measured speaks for anybody: the
    verdict is 'not enough evidence'.
    """
    standings = tuple(skill_standing(skill, profile) for skill in requirements.skills)
    total = sum(standing.requirement.importance for standing in standings)
    measured = sum(
        standing.requirement.importance
        for standing in standings
        if standing.probability is not None
    )
    secured = sum(
        (
            standing.requirement.importance * Fraction(standing.probability)
            for standing in standings
            if standing.probability is not None
        ),
        start=Fraction(0),
    )
    fit = float(secured / measured) if measured else None
    coverage = Fraction(measured, total) if total else Fraction(0)
    return Readiness(
        fit=fit,
        coverage=coverage,
        lowest=float(secured / total) if total else 0.0,
        highest=float((secured + total - measured) / total) if total else 1.0,
        verdict=verdict(standings, fit, coverage, thresholds),
        skill_standings=standings,
        measure_standings=tuple(measure_standing(m, profile) for m in requirements.measures),
        fact_standings=tuple(fact_standing(f, profile) for f in requirements.facts),
    )


def verdict(
    standings: Iterable[SkillStanding],
    fit: float | None,
    coverage: Fraction,
    thresholds: VerdictThresholds,
) -> Verdict:
    """Return the first verdict that applies, in the order given by the product."""
    essential = [s.probability for s in standings if s.requirement.essential]
    essential_measured = [probability for probability in essential if probability is not None]
    if fit is None or len(essential_measured) < len(essential) or coverage < thresholds.coverage:
        return Verdict.NOT_ENOUGH_EVIDENCE
    if min(essential_measured, default=1.0) >= MET_PROBABILITY and fit >= thresholds.ready_fit:
        return Verdict.READY
    if fit >= thresholds.nearly_ready_fit:
        return Verdict.NEARLY_READY
    return Verdict.DEVELOPING
