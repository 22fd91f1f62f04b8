from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics import ItemParameters, irt

THETAS = np.linspace(-5, 5, 41)
ITEMS = [
    ItemParameters(0.7, (-1.0,)),
    ItemParameters(1.8, (0.5,), 0.25),
    ItemParameters(0.6, (-1.0, 0.2, 1.4)),
    ItemParameters(1.1, (1.0, -1.0)),
]


def finite(bound):
    return st.floats(-bound, bound, allow_nan=False)


@st.composite
def items(draw, bound=1e6):
    thresholds = draw(st.lists(finite(bound), min_size=1, max_size=5))
    asymptote = draw(st.floats(0, 0.99)) if len(thresholds) == 1 else 0.0
    return ItemParameters(draw(st.floats(1e-6, bound)), thresholds, asymptote)


def test_two_parameter_logistic_at_its_threshold_and_beside_it():
    item = ItemParameters(1.5, (0.4,))

    assert irt.category_probabilities(item, 0.4) == pytest.approx([0.5, 0.5])
    assert irt.category_probabilities(item, 1.4)[1] == pytest.approx(1 / (1 + exp(-1.5)))


def test_three_parameter_logistic_starts_from_its_asymptote():
    item = ItemParameters(1.5, (0.4,), 0.2)

    assert irt.category_probabilities(item, 0.4) == pytest.approx([0.4, 0.6])
    assert irt.category_probabilities(item, -1000.0) == pytest.approx([0.8, 0.2])


def test_partial_credit_by_hand():
    # Steps at theta 0 with a = ln 2: odds 2^(0+1), 2^(0-1): weights 1, 2, 1.
    item = ItemParameters(log(2), (-1.0, 1.0))

    assert irt.category_probabilities(item, 0.0) == pytest.approx([0.25, 0.5, 0.25])
    assert irt.expected_score(item, 0.0) == pytest.approx(1.0)
    assert irt.score_variance(item, 0.0) == pytest.approx(0.5)
    assert irt.information(item, 0.0) == pytest.approx(0.5 * log(2) ** 2)


def test_neighbouring_scores_are_equally_likely_at_their_threshold():
    item = ItemParameters(0.8, (-0.5, 1.5, 0.3))
    for step, threshold in enumerate(item.thresholds):
        probabilities = irt.category_probabilities(item, threshold)
        assert probabilities[step] == pytest.approx(probabilities[step + 1])


@pytest.mark.parametrize("item", ITEMS)
def test_results_have_the_shape_of_theta(item):
    for theta in (0.0, THETAS, THETAS[:40].reshape(5, 8)):
        shape = np.shape(theta)
        categories = item.maximum + 1
        assert irt.log_category_probabilities(item, theta).shape == (*shape, categories)
        assert irt.expected_score(item, theta).shape == shape
        assert irt.information(item, theta).shape == shape
        assert irt.score_weight(item, theta).shape == shape


@pytest.mark.parametrize("item", ITEMS)
def test_information_is_the_expected_squared_slope_of_the_log_likelihood(item):
    step = 1e-5
    above = irt.log_category_probabilities(item, THETAS + step)
    below = irt.log_category_probabilities(item, THETAS - step)
    slopes = (above - below) / (2 * step)
    expected = (irt.category_probabilities(item, THETAS) * slopes**2).sum(axis=-1)

    assert irt.information(item, THETAS) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("item", ITEMS)
def test_score_weight_is_slope_of_the_expected_score_over_variance(item):
    step = 1e-5
    rise = irt.expected_score(item, THETAS + step) - irt.expected_score(item, THETAS - step)
    weight = rise / (2 * step) / irt.score_variance(item, THETAS)

    assert irt.score_weight(item, THETAS) == pytest.approx(weight, rel=1e-4)


def test_stacked_items_agree_with_single_ones():
    stacked = irt.stacked_log_probabilities(irt.stack(ITEMS), THETAS)

    assert irt.stack(ITEMS).maxima.tolist() == [1, 1, 3, 2]
    for item, curves in zip(ITEMS, stacked, strict=True):
        own = irt.log_category_probabilities(item, THETAS).T
        assert curves[: item.maximum + 1] == pytest.approx(own, abs=1e-12)
        assert (np.exp(curves[item.maximum + 1 :]) == 0).all()


@given(items(), finite(1e6))
def test_probabilities_sum_to_one_and_their_logs_are_finite(item, theta):
    logs = irt.log_category_probabilities(item, theta)

    assert np.isfinite(logs).all()
    assert np.exp(logs).sum() == pytest.approx(1.0)


@given(items(bound=1e300), finite(1e300))
def test_nothing_overflows_however_extreme(item, theta):
    assert np.isfinite(irt.log_category_probabilities(item, theta)).all()


@given(items(bound=20), finite(20), st.floats(0, 5))
def test_a_higher_theta_never_expects_a_lower_score(item, theta, more):
    assert irt.expected_score(item, theta + more) >= irt.expected_score(item, theta) - 1e-12


@given(items(bound=100), finite(100))
def test_information_is_neither_negative_nor_above_its_bound(item, theta):
    information = irt.information(item, theta)

    assert 0 <= information <= (item.discrimination * item.maximum) ** 2 / 4 * (1 + 1e-9)


@pytest.mark.parametrize("item", ITEMS)
def test_sampled_scores_follow_the_probabilities(item):
    rng = np.random.default_rng(1)
    scores = irt.sample_scores(item, np.full(40_000, 0.3), rng)
    shares = np.bincount(scores, minlength=item.maximum + 1) / 40_000

    assert shares == pytest.approx(irt.category_probabilities(item, 0.3), abs=0.012)


def test_sampling_is_reproducible_and_takes_one_theta():
    first, second = (irt.sample_scores(ITEMS[2], 0.0, np.random.default_rng(7)) for _ in range(2))

    assert first == second
    assert first.shape == ()
