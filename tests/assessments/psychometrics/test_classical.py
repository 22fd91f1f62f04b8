from math import isnan, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics.classical import (
    cronbach_alpha,
    item_difficulties,
    item_rest_correlations,
)

# Four candidates, three parts.
SCORES = [[1, 1, 0], [1, 0, 0], [0, 0, 0], [1, 1, 1]]


def test_difficulty_is_the_mean_share_of_the_maximum():
    assert item_difficulties(SCORES, [1, 1, 1]) == pytest.approx([0.75, 0.5, 0.25])
    assert item_difficulties([[3, 0], [1, 2]], [4, 2]) == pytest.approx([0.5, 0.5])


def test_difficulty_counts_only_those_who_had_the_part():
    scores = [[1, nan, nan], [0, 1, nan]]

    assert item_difficulties(scores, [1, 1, 1]) == pytest.approx([0.5, 1.0, nan], nan_ok=True)


@pytest.mark.parametrize("maxima", [[1, 1], [1, 1, 0], 1])
def test_every_part_has_a_positive_maximum(maxima):
    with pytest.raises(ValueError, match="maximum"):
        item_difficulties(SCORES, maxima)


def test_item_rest_correlations_by_hand():
    # Part 1 (1,1,0,1) with rests (1,0,0,2): covariance sum 0.75, squares 0.75 and 2.75.
    # Part 2 (1,0,0,1) with rests (1,1,0,2): 1, 1 and 2.
    # Part 3 (0,0,0,1) with rests (2,1,0,2): as part 1.
    expected = [0.75 / sqrt(0.75 * 2.75), 1 / sqrt(2), 0.75 / sqrt(0.75 * 2.75)]

    assert item_rest_correlations(SCORES) == pytest.approx(expected)


def test_the_part_itself_is_left_out_of_the_rest():
    noise = np.random.default_rng(1).integers(0, 2, size=(20_000, 2))

    assert item_rest_correlations(noise) == pytest.approx([0, 0], abs=0.03)


def test_missing_entries_are_left_out_of_the_rest():
    complete = [[0, 0, 1], [1, 1, 1], [0, 1, 0], [1, 1, 1]]
    with_missing = [[*row, nan] for row in complete]

    assert item_rest_correlations(with_missing)[:3] == pytest.approx(
        item_rest_correlations(complete), nan_ok=True
    )
    assert isnan(item_rest_correlations(with_missing)[3])


def test_no_correlation_without_variation_or_candidates():
    assert np.isnan(item_rest_correlations([[1, 0], [1, 1], [1, 0]])).all()
    assert np.isnan(item_rest_correlations([[1, 0], [0, 1]])).all()
    assert np.isnan(item_rest_correlations([[1], [0], [1]])).all()


def test_alpha_by_hand():
    # Part variances 1/4, 1/3, 1/4, together 5/6; sums 2, 1, 0, 3 with variance 5/3.
    assert cronbach_alpha(SCORES) == pytest.approx(3 / 2 * (1 - 0.5))


def test_alpha_of_equal_and_of_opposite_parts():
    assert cronbach_alpha([[0, 0], [1, 1], [2, 2]]) == pytest.approx(1.0)
    assert cronbach_alpha([[0, 2], [1, 1], [2, 1]]) < 0


def test_alpha_uses_complete_rows_only():
    assert cronbach_alpha([*SCORES, [1, nan, 0]]) == pytest.approx(cronbach_alpha(SCORES))


@pytest.mark.parametrize("scores", [[[1], [0]], [[1, 0]], [[1, 0], [0, 1]], [[nan, 1], [1, nan]]])
def test_alpha_without_enough_data_is_nan(scores):
    assert isnan(cronbach_alpha(scores))


def test_scores_form_a_matrix():
    with pytest.raises(ValueError, match="matrix"):
        cronbach_alpha([1, 0, 1])


@given(st.lists(st.lists(st.sampled_from([0, 1, 2, nan]), min_size=4, max_size=4), max_size=12))
def test_statistics_stay_in_their_ranges(rows):
    scores = np.array(rows, dtype=float).reshape(len(rows), 4)
    difficulties = item_difficulties(scores, [2, 2, 2, 2])
    correlations = item_rest_correlations(scores)

    assert ((difficulties >= 0) & (difficulties <= 1) | np.isnan(difficulties)).all()
    assert ((np.abs(correlations) <= 1 + 1e-9) | np.isnan(correlations)).all()
    assert not cronbach_alpha(scores) > 1 + 1e-9
