"""Which assessment to take next: the one that most reduces the doubt about a role per minute.

The doubt of a requirement is importance · (2 if essential) · the binary entropy, in bits, of
meeting it. Entropy is concave, so on average no assessment adds doubt, and the expected reduction
is the information it gives about 'meets the requirement' (Lindley 1956, Annals of Mathematical
Statistics 27, 986-1005). A skill not measured, or with only a first indication, is believed to be
N(0, 1) as in the population: what counts in no fit settles no doubt either.

Preposterior: believing theta ~ N(m, s²), an assessment that adds Fisher information I leaves a
posterior of variance v = 1 / (1/s² + I), whose mean is now expected to be N(m, s² - v).
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import entr, ndtr

from assessments.psychometrics.scales import CutScores, is_measured
from assessments.psychometrics.types import AbilityEstimate
from careers.matching.fit import Readiness, SkillStanding
from careers.matching.requirements import SkillRequirement

POPULATION: Final = AbilityEstimate(theta=0.0, sem=1.0)
ESSENTIAL_WEIGHT: Final = 2

# Trapezoidal rule: exponentially accurate for smooth, fast-decaying integrands (Trefethen &
# Weideman 2014, SIAM Review 56, 385-458). The step resolves the entropy's peak for I · s² <= 400.
_NODES: Final = np.linspace(-8.0, 8.0, 801)
_WEIGHTS: Final = np.exp(-(_NODES**2) / 2) / np.exp(-(_NODES**2) / 2).sum()


@dataclass(frozen=True, slots=True)
class ExpectedEvidence:
    """What an assessment is expected to add to what is held on one skill.

    `parts` is the number of scored parts and `information` the Fisher information (units of
    theta⁻²). For a retake, both are what it brings minus what it replaces. Raises ValueError for
    negative parts, or for information that is negative or not finite.
    """

    parts: int
    information: float

    def __post_init__(self) -> None:
        if self.parts < 0:
            raise ValueError(f"number of parts can't be negative: {self.parts}")
        if not (math.isfinite(self.information) and self.information >= 0):
            raise ValueError(f"information must be finite and not negative: {self.information}")


@dataclass(frozen=True, slots=True)
class AssessmentOption:
    """An assessment the candidate might take; not `available` while it cools down, for example.

    Raises ValueError unless `minutes` is finite and above 0.
    """

    code: str
    skills: Mapping[str, ExpectedEvidence]
    minutes: float
    available: bool

    def __post_init__(self) -> None:
        if not (math.isfinite(self.minutes) and self.minutes > 0):
            raise ValueError(f"minutes of {self.code} must be finite and above 0: {self.minutes}")


@dataclass(frozen=True, slots=True)
class DoubtReduction:
    """What an assessment is expected to do for one requirement.

    `before` and `after` are doubts in weighted bits. `measured_after` says whether the skill is
    expected to count as measured then; if not, one more assessment will be needed.
    """

    requirement: SkillRequirement
    before: float
    after: float
    measured_after: bool


@dataclass(frozen=True, slots=True)
class AssessmentAdvice:
    """An assessment worth taking, with the requirements it speaks to as its reasons."""

    option: AssessmentOption
    reasons: tuple[DoubtReduction, ...]

    @property
    def reduction(self) -> float:
        """Expected reduction of doubt, in weighted bits."""
        return math.fsum(reason.before - reason.after for reason in self.reasons)

    @property
    def reduction_per_minute(self) -> float:
        return self.reduction / self.option.minutes


def next_assessments(
    readiness: Readiness,
    options: Iterable[AssessmentOption],
    cuts: Mapping[str, CutScores],
) -> tuple[AssessmentAdvice, ...]:
    """Rank the available assessments that reduce doubt, by reduction per minute, the best first.

    `cuts` serves the skills without evidence, default cuts those it doesn't hold. Equal ones are
    ordered by minutes, then by code; an assessment that speaks to no requirement is left out.
    """
    advice = [
        AssessmentAdvice(
            option,
            tuple(
                _doubt_reduction(
                    standing,
                    option.skills[standing.requirement.skill],
                    cuts.get(standing.requirement.skill, CutScores()),
                )
                for standing in readiness.skill_standings
                if standing.requirement.skill in option.skills
            ),
        )
        for option in options
        if option.available
    ]
    return tuple(
        sorted(
            (entry for entry in advice if entry.reduction > 0),
            key=lambda entry: (
                -entry.reduction_per_minute,
                entry.option.minutes,
                entry.option.code,
            ),
        )
    )


def expected_entropy(belief: AbilityEstimate, cut: float, information: float) -> float:
    """Entropy, in bits, of 'theta is at least `cut`' that is expected after an assessment.

    With information 0 it is the entropy now.
    """
    if information == 0:
        return float(_entropy(np.asarray((belief.theta - cut) / belief.sem)))
    sem_after = _sem_after(belief.sem, information)
    spread = belief.sem * sem_after * math.sqrt(information)  # = sqrt(s² - v), without cancellation
    means = belief.theta + spread * _NODES
    return float(_WEIGHTS @ _entropy((means - cut) / sem_after))


def _doubt_reduction(
    standing: SkillStanding, expected: ExpectedEvidence, default_cuts: CutScores
) -> DoubtReduction:
    requirement, evidence = standing.requirement, standing.evidence
    cuts = default_cuts if evidence is None else evidence.cuts
    cut = cuts.thetas[requirement.level - 2]
    weight = requirement.importance * (ESSENTIAL_WEIGHT if requirement.essential else 1)
    held = POPULATION if evidence is None else evidence.estimate
    counted = POPULATION if standing.probability is None else held
    parts = expected.parts + (0 if evidence is None else evidence.parts)
    before = weight * expected_entropy(counted, cut, 0)
    after = weight * expected_entropy(counted, cut, expected.information)
    return DoubtReduction(
        requirement=requirement,
        before=before,
        after=min(before, after),
        measured_after=standing.probability is not None
        or is_measured(parts, _sem_after(held.sem, expected.information)),
    )


def _sem_after(sem: float, information: float) -> float:
    return sem / math.sqrt(1 + information * sem**2)


def _entropy(z: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Binary entropy, in bits, of an event of probability Φ(z)."""
    bits: npt.NDArray[np.float64] = (entr(ndtr(z)) + entr(ndtr(-z))) / math.log(2)
    return bits
