"""The Law School Admission Test data of Bock & Lieberman (1970), sections 6 and 7.

Section 6: two-parameter estimates, expected frequencies, posterior modes and their standard errors
as the R package ltm prints them for its data set LSAT (Rizopoulos 2006). Section 7: estimates and
EAP scores for each sum score as the R package mirt reports them for LSAT7 (Chalmers 2012).
"""

from itertools import product
from math import log

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import norm

from assessments.psychometrics import ItemParameters, ScoredResponse, estimate_ability, irt

SECTION_6 = [
    ItemParameters(discrimination, (difficulty,))
    for discrimination, difficulty in (
        (0.8253715, -3.3597341),
        (0.7229499, -1.3696497),
        (0.8904748, -0.2798983),
        (0.6885502, -1.8659189),
        (0.6574516, -3.1235725),
    )
]
SECTION_6_PATTERNS = [
    # pattern, observed, expected, posterior mode, its standard error
    ("00000", 3, 2.277, -1.895, 0.795),
    ("00001", 6, 5.861, -1.479, 0.796),
    ("00010", 2, 2.596, -1.460, 0.796),
    ("00011", 11, 8.942, -1.041, 0.800),
    ("00100", 1, 0.696, -1.331, 0.797),
    ("00101", 1, 2.614, -0.911, 0.802),
    ("00110", 3, 1.179, -0.891, 0.803),
    ("00111", 4, 5.955, -0.463, 0.812),
    ("01000", 1, 1.840, -1.438, 0.796),
    ("01001", 8, 6.431, -1.019, 0.801),
    ("01011", 16, 13.577, -0.573, 0.809),
    ("01101", 3, 4.370, -0.441, 0.813),
    ("01110", 2, 2.000, -0.420, 0.813),
    ("01111", 15, 13.920, 0.023, 0.828),
    ("10000", 10, 9.480, -1.373, 0.797),
    ("10001", 29, 34.616, -0.953, 0.802),
    ("10010", 14, 15.590, -0.933, 0.802),
    ("10011", 81, 76.562, -0.506, 0.811),
    ("10100", 3, 4.659, -0.803, 0.804),
    ("10101", 28, 24.989, -0.373, 0.815),
    ("10110", 15, 11.463, -0.352, 0.815),
    ("10111", 80, 83.541, 0.093, 0.831),
    ("11000", 16, 11.254, -0.911, 0.802),
    ("11001", 56, 56.105, -0.483, 0.812),
    ("11010", 21, 25.646, -0.463, 0.812),
    ("11011", 173, 173.310, -0.022, 0.827),
    ("11100", 11, 8.445, -0.329, 0.816),
    ("11101", 61, 62.520, 0.117, 0.832),
    ("11110", 28, 29.127, 0.139, 0.833),
    ("11111", 298, 296.693, 0.606, 0.855),
]
SECTION_6_LOG_LIKELIHOOD = -2466.653

SECTION_7 = [
    ItemParameters(slope, (-intercept / slope,))
    for slope, intercept in (
        (0.9876, 1.8559),
        (1.0808, 0.8080),
        (1.7075, 1.8052),
        (0.7650, 0.4860),
        (0.7357, 1.8545),
    )
]
SECTION_7_BY_SUM_SCORE = [
    # EAP, standard error, expected number of 1,000 candidates
    (-1.86979, 0.6927032, 10.08994),
    (-1.431861, 0.6838697, 44.65882),
    (-0.9488463, 0.6942298, 109.773),
    (-0.4131963, 0.7210951, 207.7391),
    (0.1517289, 0.7587720, 319.1854),
    (0.7271877, 0.8009335, 308.5536),
]


def responses(items, pattern):
    return [ScoredResponse(item, int(score)) for item, score in zip(items, pattern, strict=True)]


def likelihood(answers, theta):
    logs = (irt.log_category_probabilities(r.parameters, theta)[r.score] for r in answers)
    return float(np.exp(sum(logs)))


def marginal(answers):
    return quad(lambda theta: likelihood(answers, theta) * norm.pdf(theta), -9, 9)[0]


@pytest.mark.parametrize(("pattern", "expected"), [(row[0], row[2]) for row in SECTION_6_PATTERNS])
def test_expected_pattern_frequencies(pattern, expected):
    assert 1000 * marginal(responses(SECTION_6, pattern)) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(("pattern", "_o", "_e", "mode", "error"), SECTION_6_PATTERNS)
def test_posterior_modes_and_information(pattern, _o, _e, mode, error):
    answers = responses(SECTION_6, pattern)

    def slope(theta):
        items = [(answer.parameters, answer.score) for answer in answers]
        return -theta + sum(
            float(irt.score_weight(item, theta) * (score - irt.expected_score(item, theta)))
            for item, score in items
        )

    found = brentq(slope, -5, 5)
    information = 1 + sum(float(irt.information(item, found)) for item in SECTION_6)

    assert found == pytest.approx(mode, abs=0.001)
    assert information**-0.5 == pytest.approx(error, abs=0.001)


def test_fit_of_the_whole_table():
    observed = {row[0]: row[1] for row in SECTION_6_PATTERNS}
    chances = {
        pattern: marginal(responses(SECTION_6, pattern))
        for pattern in map("".join, product("01", repeat=5))
    }
    log_likelihood = sum(count * log(chances[pattern]) for pattern, count in observed.items())
    g_squared = 2 * sum(
        count * log(count / 1000 / chances[pattern]) for pattern, count in observed.items()
    )

    assert sum(observed.values()) == 1000
    assert sum(chances.values()) == pytest.approx(1.0)
    assert log_likelihood == pytest.approx(SECTION_6_LOG_LIKELIHOOD, abs=0.001)
    assert 21.2 < g_squared < 21.5


@pytest.mark.parametrize("score", range(6))
def test_eap_by_sum_score(score):
    patterns = [p for p in map("".join, product("01", repeat=5)) if p.count("1") == score]
    answers = [responses(SECTION_7, pattern) for pattern in patterns]
    chances = np.array([marginal(answer) for answer in answers])
    estimates = [estimate_ability(answer) for answer in answers]
    thetas = np.array([estimate.theta for estimate in estimates])
    variances = np.array([estimate.sem**2 for estimate in estimates])
    weights = chances / chances.sum()
    eap = float(weights @ thetas)
    error = float(weights @ (variances + (thetas - eap) ** 2)) ** 0.5
    published_eap, published_error, published_count = SECTION_7_BY_SUM_SCORE[score]

    assert eap == pytest.approx(published_eap, abs=1e-4)
    assert error == pytest.approx(published_error, abs=1e-4)
    assert 1000 * chances.sum() == pytest.approx(published_count, abs=0.01)
