import pytest

from assessments.psychometrics import ItemParameters, ScoredResponse


def test_any_sequence_of_thresholds_becomes_a_tuple_of_floats():
    item = ItemParameters(1, [0, 2])

    assert item.thresholds == (0.0, 2.0)
    assert item.maximum == 2
    assert hash(item) == hash(ItemParameters(1.0, (0.0, 2.0)))


def test_thresholds_need_not_ascend():
    assert ItemParameters(1.0, (1.0, -1.0)).thresholds == (1.0, -1.0)


@pytest.mark.parametrize("discrimination", [0.0, -1.0, float("inf"), float("nan")])
def test_a_discrimination_is_positive_and_finite(discrimination):
    with pytest.raises(ValueError, match="discrimination"):
        ItemParameters(discrimination, (0.0,))


@pytest.mark.parametrize("thresholds", [(), (float("nan"),), (0.0, float("inf"))])
def test_thresholds_are_finite_and_at_least_one(thresholds):
    with pytest.raises(ValueError, match="thresholds"):
        ItemParameters(1.0, thresholds)


@pytest.mark.parametrize("asymptote", [-0.01, 1.0, float("nan")])
def test_a_lower_asymptote_lies_from_0_to_below_1(asymptote):
    with pytest.raises(ValueError, match="asymptote"):
        ItemParameters(1.0, (0.0,), asymptote)


def test_a_graded_part_has_no_lower_asymptote():
    with pytest.raises(ValueError, match="one threshold"):
        ItemParameters(1.0, (0.0, 1.0), 0.2)


@pytest.mark.parametrize("score", [-1, 3, 0.5, float("nan")])
def test_a_score_is_a_whole_number_up_to_the_maximum(score):
    with pytest.raises(ValueError, match="score"):
        ScoredResponse(ItemParameters(1.0, (0.0, 1.0)), score)
