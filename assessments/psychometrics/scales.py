"""From theta to what people read: scale score, error band, proficiency level."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import erfc, isfinite, sqrt

from .types import AbilityEstimate

SCALE_MEAN = 50.0
SCALE_POINTS_PER_THETA = 15.0
SCALE_MINIMUM = 0.0
SCALE_MAXIMUM = 100.0

LEVELS = (1, 2, 3, 4, 5)
DEFAULT_CUTS = (-1.0, -0.25, 0.75, 1.5)

FEWEST_PARTS = 8
LARGEST_SEM = 0.7


def scale_score(theta: float) -> float:
    """50 + 15 · theta, kept within 0 and 100; not rounded."""
    score = SCALE_MEAN + SCALE_POINTS_PER_THETA * theta
    return min(max(score, SCALE_MINIMUM), SCALE_MAXIMUM)


def score_band(theta: float, sem: float) -> tuple[float, float]:
    """Scale scores one SEM below and above theta, each kept within 0 and 100."""
    return scale_score(theta - sem), scale_score(theta + sem)


def is_measured(parts: int, sem: float) -> bool:
    """Whether `parts` scored parts and an SEM (units of theta) are enough to report a level."""
    return parts >= FEWEST_PARTS and sem <= LARGEST_SEM


@dataclass(frozen=True, slots=True)
class CutScores:
    """The thetas at which levels 2, 3, 4 and 5 begin.

    Raises ValueError unless they are four finite numbers in strictly ascending order.
    """

    thetas: Sequence[float] = DEFAULT_CUTS

    def __post_init__(self) -> None:
        object.__setattr__(self, "thetas", tuple(map(float, self.thetas)))
        if len(self.thetas) != len(LEVELS) - 1 or not all(map(isfinite, self.thetas)):
            raise ValueError(f"{len(LEVELS) - 1} finite cut scores are needed, not {self.thetas}")
        if any(lower >= upper for lower, upper in pairwise(self.thetas)):
            raise ValueError(f"cut scores must ascend, not {self.thetas}")

    def level(self, theta: float) -> int:
        """Proficiency level 1 to 5; a theta at a cut has the upper level."""
        return bisect_right(self.thetas, theta) + 1

    def probability_at_least(self, level: int, estimate: AbilityEstimate) -> float:
        """Probability that the candidate's true level is `level` or higher.

        Φ((theta - cut) / SEM), the normal approximation of the posterior; 1 for level 1. With an
        SEM of 0 it is 1 at or above the cut, else 0. Raises ValueError for a level outside 1 to 5.
        """
        if level not in LEVELS:
            raise ValueError(f"level must be 1 to 5, not {level}")
        if level == LEVELS[0]:
            return 1.0
        margin = estimate.theta - self.thetas[level - 2]
        if estimate.sem == 0:
            return float(margin >= 0)
        return erfc(-margin / estimate.sem / sqrt(2)) / 2
