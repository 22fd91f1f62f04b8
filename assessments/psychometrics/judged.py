"""Parameters from expert judgement, until calibration replaces them.

An author judges an item's level and how purely it shows its skill; the item's type knows how
somebody would score who answers at random. Such a person is modelled as two units of theta below
the item's level, so that wrong answers and luck alone never add up to ability: the lowest step of
a graded item is then no achievement, and a lucky right answer has its lower asymptote.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import log

from .types import ItemParameters

LOCATIONS = {1: -1.5, 2: -0.75, 3: 0.0, 4: 1.0, 5: 1.75}
"""Theta at which an item of each level is located."""

RANDOM_ANSWERS_BELOW = 2.0
"""Units of theta between an item's location and somebody who answers it at random."""

RAREST_CHANCE = 0.01
"""A score that random answers reach less often, or never, is treated as reached this often."""

STEP_DISTANCE = 1.0
"""Units of theta between the steps of a graded item at which random answers earn nothing."""


def judged_parameters(
    level: int, discrimination: float, maximum: int, chance: Sequence[Fraction] | None
) -> ItemParameters:
    """Parameters of a scored part with scores 0 to `maximum`.

    `level` is 1 to 5; `discrimination` is judged for a right/wrong item, usually 0.8 to 1.4;
    `chance` is the distribution of the score of random answers, None where they earn nothing.

    Right/wrong (maximum 1): one threshold at the level's location; the chance of being right is
    the lower asymptote.

    Graded (maximum m ≥ 2): each of m steps discriminates by d · 2/(m + 1), so that a graded part
    doesn't count m-fold. The thresholds make the model's score distribution at (location - 2) the
    one of random answers, P: from P_k/P_{k-1} = exp(a (theta - b_k)) follows

        threshold_k = (location - 2) - ln(P_k / P_{k-1}) / a

    A probability below RAREST_CHANCE is raised to it first, for the logarithm's sake. Without
    `chance` the thresholds lie STEP_DISTANCE apart, evenly around the location.

    Raises ValueError for a level outside 1 to 5, a maximum below 1, a `chance` that is not a
    distribution over 0 to `maximum`, and whatever ItemParameters rejects.
    """
    if level not in LOCATIONS:
        raise ValueError(f"level must be 1 to 5, not {level}")
    if maximum < 1:
        raise ValueError("a scored part has a maximum of at least 1")
    if chance is not None:
        _require_distribution(chance, maximum)
    location = LOCATIONS[level]
    if maximum == 1:
        asymptote = 0.0 if chance is None else float(chance[1])
        return ItemParameters(discrimination, (location,), asymptote)
    step_discrimination = discrimination * 2 / (maximum + 1)
    if chance is None:
        middle = (maximum + 1) / 2
        thresholds = [location + STEP_DISTANCE * (step - middle) for step in range(1, maximum + 1)]
        return ItemParameters(step_discrimination, thresholds)
    reached = [max(float(probability), RAREST_CHANCE) for probability in chance]
    return ItemParameters(
        step_discrimination,
        [
            location - RANDOM_ANSWERS_BELOW - log(upper / lower) / step_discrimination
            for lower, upper in pairwise(reached)
        ],
    )


def _require_distribution(chance: Sequence[Fraction], maximum: int) -> None:
    if len(chance) != maximum + 1:
        raise ValueError(f"chance must name the scores 0 to {maximum}, not {len(chance)} of them")
    if min(chance) < 0 or sum(chance) != 1:
        raise ValueError("chance must be probabilities that sum to 1")
