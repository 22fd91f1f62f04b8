import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.psychometrics import AbilityEstimate
from assessments.psychometrics.scales import CutScores, is_measured, scale_score, score_band


@pytest.mark.parametrize(
    ("theta", "score"), [(0.0, 50.0), (1.0, 65.0), (-2.0, 20.0), (4.0, 100.0), (-9.0, 0.0)]
)
def test_scale_score(theta, score):
    assert scale_score(theta) == score


def test_band_is_one_sem_to_each_side_and_stays_on_the_scale():
    assert score_band(0.0, 0.4) == (44.0, 56.0)
    assert score_band(3.2, 0.4) == (92.0, 100.0)
    assert score_band(-3.3, 0.5) == (0.0, 8.0)


@pytest.mark.parametrize(
    ("theta", "level"),
    [(-9, 1), (-1.001, 1), (-1.0, 2), (-0.25, 3), (0.74, 3), (0.75, 4), (1.49, 4), (1.5, 5)],
)
def test_level_with_the_default_cuts(theta, level):
    assert CutScores().level(theta) == level


@pytest.mark.parametrize(
    "cuts", [(0, 1, 2), (0, 1, 2, 3, 4), (0, 1, 1, 2), (2, 1, 3, 4), (0, 1, 2, float("nan"))]
)
def test_cuts_are_four_and_ascend(cuts):
    with pytest.raises(ValueError, match="cut scores"):
        CutScores(cuts)


def test_cuts_may_come_as_a_list():
    assert CutScores([-1, 0, 1, 2]) == CutScores((-1.0, 0.0, 1.0, 2.0))


def test_probability_of_a_level():
    cuts = CutScores()
    estimate = AbilityEstimate(0.75, 0.5)

    assert cuts.probability_at_least(1, estimate) == 1.0
    assert cuts.probability_at_least(4, estimate) == 0.5
    # Φ(2) and Φ(-1.5) from tables
    assert cuts.probability_at_least(3, estimate) == pytest.approx(0.9772499, abs=1e-7)
    assert cuts.probability_at_least(5, estimate) == pytest.approx(0.0668072, abs=1e-7)


def test_probability_without_error_is_certain():
    assert CutScores().probability_at_least(4, AbilityEstimate(0.75, 0.0)) == 1.0
    assert CutScores().probability_at_least(4, AbilityEstimate(0.74, 0.0)) == 0.0


@pytest.mark.parametrize("level", [0, 6, 2.5])
def test_there_are_five_levels(level):
    with pytest.raises(ValueError, match="level"):
        CutScores().probability_at_least(level, AbilityEstimate(0.0, 1.0))


@given(st.floats(-6, 6), st.floats(0.001, 2))
def test_probabilities_fall_from_level_to_level_and_agree_with_the_level(theta, sem):
    cuts = CutScores()
    probabilities = [cuts.probability_at_least(n, AbilityEstimate(theta, sem)) for n in range(1, 6)]

    assert probabilities == sorted(probabilities, reverse=True)
    assert sum(probability >= 0.5 for probability in probabilities) == cuts.level(theta)


@pytest.mark.parametrize(
    ("parts", "sem", "measured"),
    [(8, 0.7, True), (7, 0.3, False), (30, 0.701, False), (20, 0.4, True)],
)
def test_measured_needs_eight_parts_and_a_small_sem(parts, sem, measured):
    assert is_measured(parts, sem) is measured
