"""Item response theory: how likely each score is at an ability.

The model is the generalised partial credit model (Muraki 1992, Applied Psychological Measurement
16, with D = 1):

    P(score = k | θ)  ∝  exp Σ_{v=1..k} a (θ - b_v),        k = 0 … m

With one threshold it is the two-parameter logistic model. A lower asymptote c turns that into the
three-parameter model (Birnbaum 1968, in Lord & Novick, ch. 17):

    P(1 | θ) = c + (1 - c) / (1 + exp(-a (θ - b)))

Here alone the model's letters are names: a discrimination, b thresholds, c lower asymptote.
Theta may be one number or an array of any shape; results are arrays of theta's shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .types import ItemParameters

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

LARGEST_STEP = 1e300
"""Log odds are kept within ± this, so that sums of them stay finite."""


@dataclass(frozen=True, slots=True)
class ItemArrays:
    """Several items' parameters in one block; thresholds that an item lacks are +inf.

    Shapes: a (items,), b (items, steps), c (items,).
    """

    a: FloatArray
    b: FloatArray
    c: FloatArray

    @property
    def maxima(self) -> IntArray:
        """The highest score of each item."""
        return np.asarray(np.isfinite(self.b).sum(axis=1))


def stack(items: Sequence[ItemParameters]) -> ItemArrays:
    """Put the parameters of one or more items side by side."""
    steps = max(len(item.thresholds) for item in items)
    padding = (np.inf,) * steps
    return ItemArrays(
        a=np.array([item.discrimination for item in items]),
        b=np.array([(*item.thresholds, *padding)[:steps] for item in items]),
        c=np.array([item.lower_asymptote for item in items]),
    )


def stacked_log_probabilities(items: ItemArrays, theta: FloatArray) -> FloatArray:
    """Log probability of every score, of shape (items, scores, thetas).

    `theta` has one dimension and is finite. Scores above an item's maximum get a probability
    of 0, as a log a huge negative number.
    """
    logits = np.zeros((len(items.a), items.b.shape[1] + 1, len(theta)))
    with np.errstate(over="ignore"):
        steps = items.a[:, None, None] * (theta - items.b[:, :, None])
    np.clip(steps, -LARGEST_STEP, LARGEST_STEP, out=steps)
    np.cumsum(steps, axis=1, out=logits[:, 1:])
    logits -= logits.max(axis=1, keepdims=True)
    logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
    guessed = np.flatnonzero(items.c)
    if guessed.size:
        c = items.c[guessed, None]
        logits[guessed, :2] += np.log1p(-c)[:, :, None]
        logits[guessed, 1] = np.logaddexp(np.log(c), logits[guessed, 1])
    return logits


def log_category_probabilities(item: ItemParameters, theta: npt.ArrayLike) -> FloatArray:
    """Log probability of each score from 0 to the maximum, along a new last axis.

    Finite for every finite theta and every valid item.
    """
    at = np.asarray(theta, dtype=np.float64)
    by_score = stacked_log_probabilities(stack([item]), at.ravel())[0]
    return np.reshape(by_score.T, (*at.shape, item.maximum + 1))


def category_probabilities(item: ItemParameters, theta: npt.ArrayLike) -> FloatArray:
    """Probability of each score from 0 to the maximum, along a new last axis; sums to 1."""
    return np.asarray(np.exp(log_category_probabilities(item, theta)))


def expected_score(item: ItemParameters, theta: npt.ArrayLike) -> FloatArray:
    """Mean score at theta, between 0 and the maximum."""
    scores = np.arange(item.maximum + 1.0)
    return np.asarray(category_probabilities(item, theta) @ scores)


def score_variance(item: ItemParameters, theta: npt.ArrayLike) -> FloatArray:
    """Variance of the score at theta."""
    probabilities = category_probabilities(item, theta)
    scores = np.arange(item.maximum + 1.0)
    deviations = scores - (probabilities @ scores)[..., None]
    return np.asarray((probabilities * deviations**2).sum(axis=-1))


def score_weight(item: ItemParameters, theta: npt.ArrayLike) -> FloatArray:
    """Change of the log likelihood's slope by theta for each score point.

    It is the derivative of the expected score divided by the score variance. Without a lower
    asymptote it is a, everywhere; with one it is a (P - c) / (P (1 - c)), which fades to 0 where
    right answers are luck (Birnbaum 1968, in Lord & Novick, ch. 19).
    """
    a = item.discrimination
    if item.lower_asymptote == 0:
        return np.full(np.shape(theta), a)
    logistic = ItemParameters(a, item.thresholds)
    log_known = log_category_probabilities(logistic, theta)[..., 1]
    return np.asarray(a * np.exp(log_known - log_category_probabilities(item, theta)[..., 1]))


def information(item: ItemParameters, theta: npt.ArrayLike) -> FloatArray:
    """Fisher information about theta, in 1/theta²; the information of several items adds up.

    The weight squared times the score variance: a² times the variance (Muraki 1993, Applied
    Psychological Measurement 17), and with a lower asymptote a² (Q/P) ((P - c) / (1 - c))²
    (Lord 1980, ch. 5).
    """
    weight = score_weight(item, theta)
    return np.asarray(weight * (weight * score_variance(item, theta)))


def sample_scores(item: ItemParameters, theta: npt.ArrayLike, rng: np.random.Generator) -> IntArray:
    """One random score for each theta."""
    cumulative = np.cumsum(category_probabilities(item, theta), axis=-1)[..., :-1]
    draws = rng.random(cumulative.shape[:-1])
    return np.asarray((draws[..., None] >= cumulative).sum(axis=-1))
