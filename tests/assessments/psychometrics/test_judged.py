from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics import ItemParameters, ScoredResponse, estimate_ability, irt
from assessments.psychometrics.estimation import estimate_abilities
from assessments.psychometrics.judged import LOCATIONS, judged_parameters
from assessments.psychometrics.scales import CutScores

ONE_OF_FOUR = (Fraction(3, 4), Fraction(1, 4))
SITUATIONAL = (Fraction(8, 12), Fraction(1, 12), Fraction(2, 12), Fraction(1, 12))


def distributions(maximum):
    counts = st.lists(st.integers(1, 20), min_size=maximum + 1, max_size=maximum + 1)
    return counts.map(lambda n: tuple(Fraction(k, sum(n)) for k in n))


@pytest.mark.parametrize(
    ("level", "location"), [(1, -1.5), (2, -0.75), (3, 0.0), (4, 1.0), (5, 1.75)]
)
def test_a_right_or_wrong_item_lies_at_its_level_with_its_chance_as_asymptote(level, location):
    assert judged_parameters(level, 1.2, 1, ONE_OF_FOUR) == ItemParameters(1.2, (location,), 0.25)


def test_a_right_or_wrong_item_without_chance_has_no_asymptote():
    assert judged_parameters(3, 0.9, 1, None) == ItemParameters(0.9, (0.0,), 0.0)


def test_a_graded_item_counts_about_as_much_as_two_right_or_wrong_items():
    assert judged_parameters(3, 1.2, 3, SITUATIONAL).discrimination == pytest.approx(0.6)
    assert judged_parameters(3, 1.2, 2, None).discrimination == pytest.approx(0.8)


@given(st.integers(2, 4).flatmap(distributions), st.integers(1, 5), st.floats(0.8, 1.4))
def test_two_units_below_its_level_the_model_answers_at_random(chance, level, discrimination):
    item = judged_parameters(level, discrimination, len(chance) - 1, chance)
    modelled = irt.category_probabilities(item, LOCATIONS[level] - 2)

    assert modelled == pytest.approx([float(probability) for probability in chance])


def test_a_score_that_luck_never_reaches_is_treated_as_rare():
    chance = (Fraction(1, 2), Fraction(1, 2), Fraction(0))
    item = judged_parameters(3, 1.0, 2, chance)

    assert irt.category_probabilities(item, -2.0) == pytest.approx(
        np.array([0.5, 0.5, 0.01]) / 1.01
    )


def test_a_graded_item_without_chance_has_its_steps_evenly_around_its_level():
    assert judged_parameters(4, 1.0, 3, None) == ItemParameters(0.5, (0.0, 1.0, 2.0))


@pytest.mark.parametrize(
    ("level", "maximum", "chance"),
    [
        (0, 1, None),
        (6, 1, None),
        (3, 0, None),
        (3, 2, ONE_OF_FOUR),
        (3, 1, (Fraction(1, 2), Fraction(1, 4))),
        (3, 1, (Fraction(3, 2), Fraction(-1, 2))),
        (3, 1, (Fraction(0), Fraction(1))),
    ],
)
def test_what_makes_no_sense_is_refused(level, maximum, chance):
    with pytest.raises(ValueError, match=r"level|maximum|chance|asymptote"):
        judged_parameters(level, 1.0, maximum, chance)


def test_wrong_answers_alone_end_in_the_lowest_level():
    items = [judged_parameters(level, 1.0, 3, SITUATIONAL) for level in (1, 2, 3, 4, 5)] * 2
    estimate = estimate_ability([ScoredResponse(item, 0) for item in items])

    assert CutScores().level(estimate.theta) == 1


@pytest.mark.parametrize(("maximum", "chance"), [(1, ONE_OF_FOUR), (3, SITUATIONAL)])
def test_answering_at_random_hardly_ever_reaches_level_three(maximum, chance):
    rng = np.random.default_rng(6)
    items = [judged_parameters(level, 1.0, maximum, chance) for level in (2, 3, 3, 4)] * 4
    scores = rng.choice(maximum + 1, size=(5000, 16), p=[float(p) for p in chance])
    theta, _ = estimate_abilities(items, scores)

    assert theta.mean() < -0.9
    assert np.mean(theta >= -0.25) < 0.03
