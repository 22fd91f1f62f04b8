"""What a role asks for: skills at a level, measures on a device, declared facts."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from careers.matching.facts import DeclaredFact, fact_rank

LOWEST_LEVEL_ASKED: Final = 2
"""Level 1 is where everybody starts. Asking for it would be met with certainty by any answers at
all, and would lift the fit of a candidate who got everything wrong."""
HIGHEST_LEVEL_ASKED: Final = 5
HIGHEST_IMPORTANCE: Final = 5


@dataclass(frozen=True, slots=True)
class SkillRequirement:
    """A skill at a proficiency level, 2 to 5, with an importance from 1 (helpful) to 5 (decisive).

    Without an `essential` skill nobody is ready, whatever the fit. Raises ValueError for a level
    or importance out of range.
    """

    skill: str
    level: int
    importance: int
    essential: bool

    def __post_init__(self) -> None:
        if not LOWEST_LEVEL_ASKED <= self.level <= HIGHEST_LEVEL_ASKED:
            raise ValueError(f"level asked of {self.skill} must be 2 to 5: {self.level}")
        if not 1 <= self.importance <= HIGHEST_IMPORTANCE:
            raise ValueError(f"importance of {self.skill} must be 1 to 5: {self.importance}")


@dataclass(frozen=True, slots=True)
class MeasureRequirement:
    """A minimum for a measure, in its own unit, on one device.

    Raises ValueError for a minimum that is not finite or not above 0.
    """

    measure: str
    device: str
    minimum: Decimal

    def __post_init__(self) -> None:
        if not (self.minimum.is_finite() and self.minimum > 0):
            raise ValueError(f"minimum of {self.measure} must be above 0: {self.minimum}")


@dataclass(frozen=True, slots=True)
class FactRequirement:
    """A minimum for a declared fact, such as CEFR B2 in English or two years as an agent.

    `detail` is the language or role it must be about; empty accepts any. Raises ValueError for a
    minimum outside the fact's order (see `fact_rank`).
    """

    fact: DeclaredFact
    minimum: str
    detail: str = ""

    def __post_init__(self) -> None:
        fact_rank(self.fact, self.minimum)


@dataclass(frozen=True, slots=True)
class RoleRequirements:
    """Everything a role asks for. Raises ValueError when it asks for one thing twice."""

    skills: tuple[SkillRequirement, ...]
    measures: tuple[MeasureRequirement, ...] = ()
    facts: tuple[FactRequirement, ...] = ()

    def __post_init__(self) -> None:
        asked: set[tuple[str, ...]] = set()
        for name in (
            *(("skill", skill.skill) for skill in self.skills),
            *(("measure", measure.measure, measure.device) for measure in self.measures),
            *(("fact", fact.fact, fact.detail) for fact in self.facts),
        ):
            if name in asked:
                raise ValueError(f"asked for twice: {' '.join(name)}")
            asked.add(name)
