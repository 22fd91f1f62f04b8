"""What is known about one candidate at one moment: the evidence that roles are compared with."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assessments.psychometrics.scales import CutScores
from assessments.psychometrics.types import AbilityEstimate
from careers.matching.facts import DeclaredFact, fact_rank


@dataclass(frozen=True, slots=True)
class SkillEvidence:
    """The estimate of one skill.

    `theta` and `sem` are on the ability scale with prior N(0, 1). `parts` is the number of
    scored parts behind them. Unless `measured`, the estimate is a first indication: shown as
    such, counted nowhere. `provisional` and `knowledge_only` qualify what is shown and change
    no number. Raises ValueError for a theta or SEM that is not finite, a SEM not above 0, or a
    negative number of parts.
    """

    skill: str
    theta: float
    sem: float
    parts: int
    measured: bool
    provisional: bool
    knowledge_only: bool
    cuts: CutScores
    measured_on: date

    def __post_init__(self) -> None:
        if not math.isfinite(self.theta):
            raise ValueError(f"theta of {self.skill} must be finite: {self.theta}")
        if not (math.isfinite(self.sem) and self.sem > 0):
            raise ValueError(f"SEM of {self.skill} must be finite and above 0: {self.sem}")
        if self.parts < 0:
            raise ValueError(f"number of parts of {self.skill} can't be negative: {self.parts}")

    @property
    def estimate(self) -> AbilityEstimate:
        return AbilityEstimate(theta=self.theta, sem=self.sem)

    @property
    def level(self) -> int:
        """The proficiency level, 1 to 5, in which theta lies."""
        return self.cuts.level(self.theta)

    def probability_at_least(self, level: int) -> float:
        """The probability that the candidate's true level is at least this one."""
        return self.cuts.probability_at_least(level, self.estimate)


@dataclass(frozen=True, slots=True)
class MeasureEvidence:
    """A speed or accuracy measure in its own unit, on the one device it was taken on.

    `standard_error` is in the unit of `value`; 0 means that the value is exact. Raises
    ValueError for a value that is not finite or a standard error that is negative or not finite.
    """

    measure: str
    device: str
    value: Decimal
    standard_error: Decimal
    measured_on: date

    def __post_init__(self) -> None:
        if not self.value.is_finite():
            raise ValueError(f"{self.measure} must be finite: {self.value}")
        if not (self.standard_error.is_finite() and self.standard_error >= 0):
            raise ValueError(
                f"standard error of {self.measure} must be finite and not negative: "
                f"{self.standard_error}"
            )


@dataclass(frozen=True, slots=True)
class FactEvidence:
    """A fact as the candidate declared it.

    `detail` says what the fact is about: the language of a CEFR level, the role in which years
    were worked. `confirmed` means that HR has seen the certificate or reference. Raises
    ValueError for a value outside the fact's order (see `fact_rank`).
    """

    fact: DeclaredFact
    value: str
    detail: str
    confirmed: bool

    def __post_init__(self) -> None:
        fact_rank(self.fact, self.value)


@dataclass(frozen=True, slots=True)
class Profile:
    """All evidence about a candidate, by skill code, by (measure, device) and by (fact, detail).

    A skill, measure or fact that is absent is unknown. Raises ValueError when evidence is filed
    under a key that is not its own, because a mix-up here would be invisible on every page.
    """

    skills: Mapping[str, SkillEvidence] = field(default_factory=dict)
    measures: Mapping[tuple[str, str], MeasureEvidence] = field(default_factory=dict)
    facts: Mapping[tuple[DeclaredFact, str], FactEvidence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for skill, estimate in self.skills.items():
            if estimate.skill != skill:
                raise ValueError(f"evidence on {estimate.skill} filed under {skill}")
        for measure, result in self.measures.items():
            if (result.measure, result.device) != measure:
                raise ValueError(f"{result.measure} on {result.device} filed under {measure}")
        for fact, declared in self.facts.items():
            if (declared.fact, declared.detail) != fact:
                raise ValueError(f"{declared.fact} ({declared.detail}) filed under {fact}")
