from collections import Counter
from itertools import product

import pytest

from assessments.item_types import rating
from assessments.item_types.shape import AnswerInvalid, KeyInvalid, Task

TASK = Task(("a", "b", "c", "d"))
KEY = {"a": 4, "b": 2, "c": 1, "d": 3}
FULL = {f"rating-{code}": [str(value)] for code, value in KEY.items()}


def rated(*values):
    return {"ratings": dict(zip(TASK.options, values, strict=True))}


@pytest.mark.parametrize(
    ("values", "distance", "score"),
    [
        ((4, 2, 1, 3), 0, 3),
        ((3, 2, 1, 3), 1, 3),
        ((3, 1, 1, 3), 2, 2),
        ((3, 1, 2, 3), 3, 1),
        ((3, 1, 2, 2), 4, 0),
        ((1, 3, 4, 2), 8, 0),
    ],
)
def test_a_step_is_lost_for_each_distance_of_one_per_four_options(values, distance, score):
    assert sum(abs(v - k) for v, k in zip(values, KEY.values(), strict=True)) == distance
    assert rating.score(KEY, rated(*values)) == score


def test_every_answer_scores_by_its_distance():
    by_distance = {0: 3, 1: 3, 2: 2, 3: 1}
    for values in product((1, 2, 3, 4), repeat=4):
        distance = sum(abs(v - k) for v, k in zip(values, KEY.values(), strict=True))
        assert rating.score(KEY, rated(*values)) == by_distance.get(distance, 0)


def test_five_options_have_the_tolerances_of_their_number():
    key = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 4}  # 5/4, 10/4 and 15/4: at most 1, 2 and 3 steps
    scores = Counter()
    for values in product((1, 2, 3, 4), repeat=5):
        distance = sum(abs(v - k) for v, k in zip(values, key.values(), strict=True))
        answer = {"ratings": dict(zip(key, values, strict=True))}
        scores[distance, rating.score(key, answer)] += 1

    assert {score for distance, score in scores if distance > 3} == {0}
    assert {pair for pair in scores if pair[0] <= 3} == {(0, 3), (1, 3), (2, 2), (3, 1)}


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_one_rating_for_all_earns_nothing(value):
    assert rating.score(KEY, rated(value, value, value, value)) == 0


def test_an_answer_is_read_option_by_option():
    answer = rating.read_answer(FULL, TASK)

    assert answer == {"ratings": KEY}
    assert rating.is_complete(answer, TASK)


def test_some_ratings_are_kept_incomplete_and_score_nothing():
    answer = rating.read_answer({"rating-a": ["4"], "rating-b": [""]}, TASK)

    assert answer == {"ratings": {"a": 4}}
    assert not rating.is_complete(answer, TASK)
    assert rating.score(KEY, answer) == 0


@pytest.mark.parametrize("sent", [["0"], ["5"], ["2.0"], ["x"], ["1", "2"], ["-1"], ["\u0661"]])
def test_an_answer_that_no_page_sends_is_refused(sent):
    with pytest.raises(AnswerInvalid):
        rating.read_answer(FULL | {"rating-a": sent}, TASK)


def test_a_rating_of_an_unknown_option_is_ignored():
    assert rating.read_answer({"rating-z": ["4"]}, TASK) is None


@pytest.mark.parametrize(
    "raw",
    [
        None,
        ["a", "b", "c", "d"],
        {"a": 4, "b": 2, "c": 1},
        {"a": 4, "b": 2, "c": 1, "z": 3},
        {"a": 5, "b": 2, "c": 1, "d": 3},
        {"a": "4", "b": 2, "c": 1, "d": 3},
        {"a": True, "b": 2, "c": 4, "d": 3},
        {"a": 3, "b": 3, "c": 3, "d": 3},
        {"a": 3, "b": 3, "c": 2, "d": 2},
    ],
)
def test_the_key_rates_every_option_and_not_all_alike(raw):
    with pytest.raises(KeyInvalid):
        rating.read_key(raw, TASK)


def test_three_options_are_too_few():
    with pytest.raises(KeyInvalid, match="four"):
        rating.read_key({"a": 1, "b": 2, "c": 4}, Task(("a", "b", "c")))
