"""Classical item statistics from a score matrix.

Rows are candidates, columns are scored parts, entries are scores; nan is a part that the
candidate didn't get or didn't reach. Forms are drawn from a bank, so many entries may be missing.
A statistic that the data can't give is nan; nothing raises for want of data.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .irt import FloatArray

FEWEST_CANDIDATES = 3
"""Below this number of candidates no correlation is given."""


def item_difficulties(scores: npt.ArrayLike, maxima: npt.ArrayLike) -> FloatArray:
    """Mean score over maximum for each part, from 0 (nobody) to 1 (everybody).

    Over the candidates who have a score on the part. Raises ValueError unless there is one
    positive maximum for each column.
    """
    matrix = _matrix(scores)
    most = np.asarray(maxima, dtype=np.float64)
    if most.shape != matrix.shape[1:] or not (most > 0).all():
        raise ValueError("one positive maximum is needed for each part")
    return _mean(matrix, axis=0) / most


def item_rest_correlations(scores: npt.ArrayLike) -> FloatArray:
    """Pearson correlation of each part with the rest of the test, the part itself left out
    (corrected item-total correlation: Henrysson 1963).

    The rest is the candidate's mean score over the other parts that they have, which with
    complete data orders candidates just as their sum does. With missing entries it compares
    candidates fairly only if the parts have alike maxima and difficulties.
    """
    matrix = _matrix(scores)
    return np.array(
        [
            _correlation(matrix[:, part], _mean(np.delete(matrix, part, axis=1), axis=1))
            for part in range(matrix.shape[1])
        ]
    )


def cronbach_alpha(scores: npt.ArrayLike) -> float:
    """Internal consistency of the sum score (Cronbach 1951), at most 1, perhaps negative.

        k/(k - 1) · (1 - Σ variance of part / variance of sum)

    Over the candidates without a missing entry. nan for fewer than two parts or candidates, or
    for sums that are all equal.
    """
    matrix = _matrix(scores)
    complete = matrix[~np.isnan(matrix).any(axis=1)]
    parts = complete.shape[1]
    if parts < 2 or len(complete) < 2:
        return float("nan")
    sums = complete.sum(axis=1)
    if np.ptp(sums) == 0:
        return float("nan")
    share_of_parts = complete.var(axis=0, ddof=1).sum() / sums.var(ddof=1)
    return float(parts / (parts - 1) * (1 - share_of_parts))


def _matrix(scores: npt.ArrayLike) -> FloatArray:
    matrix = np.asarray(scores, dtype=np.float64)
    if matrix.ndim != 2:
        raise ValueError("scores must be a matrix: candidates in rows, parts in columns")
    return matrix


def _mean(matrix: FloatArray, axis: int) -> FloatArray:
    """Mean of the entries that are there; nan where there are none."""
    counts = np.count_nonzero(~np.isnan(matrix), axis=axis)
    sums = np.nansum(matrix, axis=axis)
    means = np.full(sums.shape, np.nan)
    np.divide(sums, counts, out=means, where=counts > 0)
    return means


def _correlation(first: FloatArray, second: FloatArray) -> float:
    both = ~(np.isnan(first) | np.isnan(second))
    first, second = first[both], second[both]
    if len(first) < FEWEST_CANDIDATES or np.ptp(first) == 0 or np.ptp(second) == 0:
        return float("nan")
    return float(np.corrcoef(first, second)[0, 1])
