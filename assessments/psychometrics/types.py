"""The values that every module here speaks of. All frozen; all checked when they are made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite


@dataclass(frozen=True, slots=True)
class ItemParameters:
    """How the score of one part of an item depends on theta (see `irt`).

    `discrimination` is per unit of theta and per score step, on the logistic scale (D = 1).
    `thresholds` are on the theta scale, one for each score step; the maximum score is their
    number, and they need not ascend. `lower_asymptote` is the chance that somebody of the lowest
    ability answers rightly; only a part with one threshold may have one.

    Raises ValueError for a discrimination that is not positive and finite, for no thresholds or
    one that is not finite, for an asymptote outside 0 ≤ c < 1, and for an asymptote beside
    several thresholds.
    """

    discrimination: float
    thresholds: Sequence[float]
    lower_asymptote: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "discrimination", float(self.discrimination))
        object.__setattr__(self, "thresholds", tuple(map(float, self.thresholds)))
        object.__setattr__(self, "lower_asymptote", float(self.lower_asymptote))
        if not (isfinite(self.discrimination) and self.discrimination > 0):
            raise ValueError(f"discrimination must be positive, not {self.discrimination}")
        if not self.thresholds or not all(map(isfinite, self.thresholds)):
            raise ValueError(
                f"thresholds must be one or more finite numbers, not {self.thresholds}"
            )
        if not 0 <= self.lower_asymptote < 1:
            raise ValueError(f"lower asymptote must lie in [0, 1), not {self.lower_asymptote}")
        if self.lower_asymptote > 0 and len(self.thresholds) > 1:
            raise ValueError("only a part with one threshold may have a lower asymptote")

    @property
    def maximum(self) -> int:
        """The highest score."""
        return len(self.thresholds)


@dataclass(frozen=True, slots=True)
class ScoredResponse:
    """The score of one scored part with the parameters that it counts by.

    Raises ValueError for a score that is not a whole number from 0 to the maximum.
    """

    parameters: ItemParameters
    score: int

    def __post_init__(self) -> None:
        if self.score not in range(self.parameters.maximum + 1):
            raise ValueError(f"score must be 0 to {self.parameters.maximum}, not {self.score}")


@dataclass(frozen=True, slots=True)
class AbilityEstimate:
    """Ability `theta` and its standard error of measurement `sem`, in units of theta.

    The scale is fixed by the prior: mean 0 and standard deviation 1 in the population.
    """

    theta: float
    sem: float
