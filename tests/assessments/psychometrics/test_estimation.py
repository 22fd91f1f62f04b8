from itertools import pairwise
from math import exp, inf, log, log1p, sqrt
from time import perf_counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from assessments.psychometrics import AbilityEstimate, ItemParameters, ScoredResponse, irt
from assessments.psychometrics.estimation import (
    NOT_REACHED,
    estimate_abilities,
    estimate_ability,
)


def right(discrimination, threshold, asymptote=0.0):
    return ScoredResponse(ItemParameters(discrimination, (threshold,), asymptote), 1)


def wrong(discrimination, threshold, asymptote=0.0):
    return ScoredResponse(ItemParameters(discrimination, (threshold,), asymptote), 0)


def graded(discrimination, thresholds, score):
    return ScoredResponse(ItemParameters(discrimination, thresholds), score)


def log_posterior(responses, theta):
    """The model written out plainly, one number at a time, apart from the code under test."""
    total = -theta * theta / 2
    for response in responses:
        item = response.parameters
        logits = [0.0]
        for threshold in item.thresholds:
            logits.append(logits[-1] + item.discrimination * (theta - threshold))
        highest = max(logits)
        norm = highest + log(sum(exp(logit - highest) for logit in logits))
        asymptote = item.lower_asymptote
        if asymptote and response.score:
            total += log(asymptote + (1 - asymptote) * exp(logits[1] - norm))
        else:
            total += logits[response.score] - norm + log1p(-asymptote)
    return total


def by_quadrature(responses):
    """Posterior mean and standard deviation by adaptive quadrature between many break points."""
    thresholds = [t for response in responses for t in response.parameters.thresholds]
    low, high = min(-10.0, min(thresholds) - 10), max(10.0, max(thresholds) + 10)
    coarse = np.linspace(low, high, 20_001)
    heights = np.array([log_posterior(responses, theta) for theta in coarse])
    top = heights.max()
    kept = coarse[heights > top - 40]
    edges = np.linspace(kept[0] - 0.01, kept[-1] + 0.01, 25)

    def moment(power, centre):
        def integrand(theta):
            return (theta - centre) ** power * exp(log_posterior(responses, theta) - top)

        return sum(quad(integrand, a, b, epsabs=1e-12, epsrel=1e-10)[0] for a, b in pairwise(edges))

    mass = moment(0, 0.0)
    mean = moment(1, 0.0) / mass
    return mean, sqrt(moment(2, mean) / mass)


CASES = {
    "one right answer": [right(1.0, 0.0)],
    "one wrong answer": [wrong(1.3, -0.7)],
    "mixed": [right(0.8, -1.0), wrong(1.2, 0.0), right(1.4, 1.0), wrong(0.9, 1.75)],
    "guessing": [right(1.0, 1.75, 0.25), wrong(1.2, -0.75, 0.25), right(1.1, 0.0, 0.33)],
    "graded": [graded(0.5, (-3.2, -1.0, 0.4), 3), graded(0.6, (1.0, -1.0, 0.3), 1)],
    "forty hard items, all right": [right(2.5, 4.0)] * 40,
    "forty easy items, all wrong": [wrong(2.5, -4.0)] * 40,
    "forty very hard items, all right": [right(2.5, 12.0)] * 40,
    "far beyond the prior": [right(20.0, 9.0), right(20.0, 10.0)],
    "a narrow slot between steep items": [right(40.0, 2.0), wrong(40.0, 2.1)],
    "two modes": [right(6.0, 2.5, 0.2)] * 8 + [wrong(3.0, 1.0, 0.2)] * 3,
    "a narrow mode on the shoulder": [right(25.0, 3.0, 0.05)] * 4 + [wrong(25.0, 3.3, 0.05)] * 2,
}


@pytest.mark.parametrize("responses", CASES.values(), ids=CASES.keys())
def test_agrees_with_adaptive_quadrature(responses):
    theta, sem = by_quadrature(responses)
    estimate = estimate_ability(responses)

    assert estimate.theta == pytest.approx(theta, abs=1e-6)
    assert estimate.sem == pytest.approx(sem, abs=1e-6)


def test_without_responses_the_prior_stands():
    assert estimate_ability([]) == AbilityEstimate(0.0, 1.0)


def test_a_perfectly_steep_item_cuts_the_prior_in_half():
    # Mean and variance of the half-normal distribution: sqrt(2/π) and 1 - 2/π.
    estimate = estimate_ability([right(1e6, 0.0)])

    assert estimate.theta == pytest.approx(sqrt(2 / np.pi), abs=0.001)
    assert estimate.sem == pytest.approx(sqrt(1 - 2 / np.pi), abs=0.001)


def test_an_exponential_tilt_only_moves_the_prior():
    # So far above, the logistic curve is exp(a·theta): the posterior is N(Σa, 1).
    estimate = estimate_ability([right(1.5, 1000.0), right(2.0, 1000.0)])

    assert estimate.theta == pytest.approx(3.5, abs=1e-6)
    assert estimate.sem == pytest.approx(1.0, abs=1e-6)


def test_an_item_that_says_nothing_changes_nothing():
    answers = [right(1.2, 0.5), wrong(0.9, -0.2)]
    with_more = estimate_ability([*answers, right(1.0, -500.0), wrong(1.0, 500.0)])

    assert with_more.theta == pytest.approx(estimate_ability(answers).theta, abs=1e-9)


@st.composite
def responses(draw, steepest=3.0, farthest=5.0, asymptotes=True):
    count = draw(st.integers(1, 4))
    if count > 1:
        thresholds = draw(st.lists(st.floats(-farthest, farthest), min_size=count, max_size=count))
    else:
        thresholds = [draw(st.floats(-farthest, farthest))]
    asymptote = draw(st.sampled_from([0.0, 0.25, 0.5])) if asymptotes and count == 1 else 0.0
    item = ItemParameters(draw(st.floats(0.05, steepest)), thresholds, asymptote)
    return ScoredResponse(item, draw(st.integers(0, count)))


@settings(max_examples=25, deadline=None)
@given(st.lists(responses(), min_size=1, max_size=5))
def test_agrees_with_quadrature_on_any_ordinary_responses(answers):
    theta, sem = by_quadrature(answers)
    estimate = estimate_ability(answers)

    assert estimate.theta == pytest.approx(theta, abs=1e-5)
    assert estimate.sem == pytest.approx(sem, abs=1e-5)


@settings(deadline=None)
@given(st.lists(responses(), min_size=1, max_size=10), st.data())
def test_a_higher_score_never_lowers_theta(answers, data):
    # Theta rises with the score because the likelihood ratio of two scores rises with theta; a
    # right answer with an asymptote keeps that property.
    place = data.draw(st.integers(0, len(answers) - 1))
    changed = answers[place]
    assume(changed.score < changed.parameters.maximum)
    better = [*answers]
    better[place] = ScoredResponse(changed.parameters, changed.score + 1)

    assert estimate_ability(better).theta >= estimate_ability(answers).theta - 1e-9


@settings(deadline=None)
@given(st.lists(responses(), min_size=2, max_size=10), st.randoms())
def test_the_order_of_responses_does_not_matter(answers, random):
    shuffled = random.sample(answers, len(answers))
    first, second = estimate_ability(answers), estimate_ability(shuffled)

    assert first.theta == pytest.approx(second.theta, abs=1e-9)
    assert first.sem == pytest.approx(second.sem, abs=1e-9)


@settings(deadline=None)
@given(st.lists(responses(asymptotes=False), min_size=1, max_size=10))
def test_without_asymptotes_every_response_narrows_the_prior(answers):
    # The log likelihood is concave, so the posterior is narrower than N(0, 1)
    # (Brascamp & Lieb 1976), and no narrower than the most information that there can be.
    bound = sum((r.parameters.discrimination * r.parameters.maximum) ** 2 for r in answers) / 4
    sem = estimate_ability(answers).sem

    assert (1 + bound) ** -0.5 - 1e-9 <= sem < 1


@settings(max_examples=60, deadline=None)
@given(st.lists(responses(steepest=1e6, farthest=1e6), min_size=1, max_size=10))
def test_theta_and_sem_are_finite_however_extreme_the_parameters(answers):
    estimate = estimate_ability(answers)

    assert -inf < estimate.theta < inf
    assert 0 <= estimate.sem < inf


@pytest.mark.parametrize("scale", [1e-300, 1e100, 1e300])
def test_absurd_parameters_still_give_numbers(scale):
    for answers in (
        [right(scale, scale)],
        [wrong(scale, -scale), right(1.0, 0.0)],
        [right(scale, 0.0, 0.3), wrong(scale, -1.0)],
        [graded(scale, (scale, -scale, 0.0), 2)],
    ):
        estimate = estimate_ability(answers)
        assert -inf < estimate.theta < inf
        assert 0 <= estimate.sem < inf


def test_with_many_items_the_sem_nears_the_inverse_root_of_information():
    items = [ItemParameters(1.5, (location,)) for location in np.linspace(-3, 3, 300)]
    rng = np.random.default_rng(3)
    answers = [ScoredResponse(item, int(irt.sample_scores(item, 0.4, rng))) for item in items]
    estimate = estimate_ability(answers)
    information = 1 + sum(float(irt.information(item, estimate.theta)) for item in items)

    assert estimate.sem == pytest.approx(information**-0.5, rel=0.01)


def test_estimates_are_calibrated():
    # Over candidates from the prior, the true theta lies within 1.96 SEM in 95 % of cases, and
    # the estimates' errors have the size of the SEM.
    rng = np.random.default_rng(4)
    items = [
        *(ItemParameters(1.1, (location,), 0.25) for location in np.linspace(-1.5, 1.75, 10)),
        *(ItemParameters(0.55, (t - 2.5, t - 1, t)) for t in np.linspace(-1.5, 1.75, 8)),
    ]
    truth = rng.normal(size=20_000)
    scores = np.stack([irt.sample_scores(item, truth, rng) for item in items], axis=1)
    theta, sem = estimate_abilities(items, scores)
    z = (truth - theta) / sem

    assert np.mean(np.abs(z) < 1.96) == pytest.approx(0.95, abs=0.01)
    assert np.mean(z**2) == pytest.approx(1.0, abs=0.03)
    assert np.mean(truth - theta) == pytest.approx(0.0, abs=0.015)


def test_many_candidates_at_once_agree_with_one_by_one():
    rng = np.random.default_rng(5)
    items = [
        ItemParameters(1.2, (0.0,), 0.25),
        ItemParameters(0.9, (-1.0,)),
        ItemParameters(10.0, (1.0,)),
        ItemParameters(0.5, (-1.0, 0.5, 1.5)),
        ItemParameters(2.5, (2.5,)),
        ItemParameters(2.5, (3.5,)),
    ]
    maxima = [item.maximum for item in items]
    scores = rng.integers(-1, np.array(maxima) + 1, size=(200, len(items)))
    theta, sem = estimate_abilities(items, scores)
    for row, one_theta, one_sem in zip(scores, theta, sem, strict=True):
        answers = [
            ScoredResponse(item, int(score))
            for item, score in zip(items, row, strict=True)
            if score != NOT_REACHED
        ]
        estimate = estimate_ability(answers)
        assert one_theta == pytest.approx(estimate.theta, abs=1e-6)
        assert one_sem == pytest.approx(estimate.sem, abs=1e-6)


def test_many_candidates_in_several_chunks_and_none():
    items = [ItemParameters(1.0, (0.0,))]
    theta, _ = estimate_abilities(items, np.tile([[0], [1]], (3000, 1)))
    nobody, _ = estimate_abilities(items, np.empty((0, 1)))

    assert theta[::2] == pytest.approx(-theta[1::2])
    assert len(set(theta[::2].round(12))) == 1
    assert nobody.shape == (0,)


@pytest.mark.parametrize("scores", [[[0, 1]], [[2]], [[-2]], [0]])
def test_a_score_matrix_that_does_not_fit_is_refused(scores):
    with pytest.raises(ValueError, match="score"):
        estimate_abilities([ItemParameters(1.0, (0.0,))], scores)


def test_twenty_responses_take_well_below_two_milliseconds():
    answers = [right(1.1, 0.1 * k, 0.25) if k % 2 else wrong(1.1, -0.1 * k) for k in range(20)]
    times = []
    for _ in range(50):
        started = perf_counter()
        estimate_ability(answers)
        times.append(perf_counter() - started)

    assert min(times) < 0.002
