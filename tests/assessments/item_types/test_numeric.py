from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types import numeric
from assessments.item_types.shape import AnswerInvalid, KeyInvalid, Task

TASK = Task()
KEY = numeric.read_key({"value": "42.50", "tolerance": "0.05"}, TASK)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("42.5", "42.5"),
        ("  7 ", "7"),
        ("1,240.50", "1240.50"),
        ("1 240.50", "1240.50"),
        ("1'240", "1240"),
        ("1\u00a0240\u202f000", "1240000"),
        ("12,5", "12.5"),
        ("1,240", "1240"),
        ("0,125", "0.125"),
        ("1240,500", "1240.500"),
        ("-3", "-3"),
        ("\u22123", "-3"),
        ("+4", "4"),
        (".5", "0.5"),
        ("5.", "5"),
    ],
)
def test_numbers_are_read_as_people_type_them(typed, number):
    assert numeric.read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed",
    ["abc", "12 apples", "1.240,50", "1,24,0", "--3", "1e5", "nan", "Infinity", "0x1f", "1_000",
     "1 2", ".", "-", "\u0661\u0662", "1,240 5", "$5"],
)  # fmt: skip
def test_what_is_not_one_number_is_refused(typed):
    with pytest.raises(AnswerInvalid):
        numeric.read_answer({"value": [typed]}, TASK)


def test_an_answer_is_stored_as_a_plain_number():
    answer = numeric.read_answer({"value": ["1,240.50"]}, TASK)

    assert answer == {"value": "1240.50"}
    assert numeric.is_complete(answer, TASK)


def test_blank_is_no_answer_and_two_or_endless_ones_are_refused():
    assert numeric.read_answer({"value": ["  "]}, TASK) is None
    with pytest.raises(AnswerInvalid, match="times"):
        numeric.read_answer({"value": ["1", "2"]}, TASK)
    with pytest.raises(AnswerInvalid, match="too long"):
        numeric.read_answer({"value": ["1" * 25]}, TASK)


@pytest.mark.parametrize(
    ("typed", "score"),
    [("42.5", 1), ("42.45", 1), ("42.55", 1), ("42.44", 0), ("42.551", 0), ("-42.5", 0)],
)
def test_the_tolerance_belongs_to_the_right_answers(typed, score):
    assert numeric.score(KEY, numeric.read_answer({"value": [typed]}, TASK)) == score


def test_decimal_fractions_are_exact():
    key = numeric.read_key({"value": "0.3", "tolerance": "0.1"}, TASK)

    assert numeric.score(key, {"value": "0.2"}) == 1
    assert numeric.score(key, {"value": "0.4"}) == 1


def test_the_tolerance_defaults_to_none():
    key = numeric.read_key({"value": 12.5}, TASK)

    assert key == {"value": "12.5", "tolerance": "0"}
    assert numeric.score(key, {"value": "12.50"}) == 1
    assert numeric.score(key, {"value": "12.51"}) == 0


@pytest.mark.parametrize(
    "raw",
    [None, 5, "5", [], {}, {"tolerance": 1}, {"value": "five"}, {"value": "nan"}, {"value": None},
     {"value": "inf"}, {"value": 1, "tolerance": -1}, {"value": 1, "tolerance": "nan"},
     {"value": 1, "tolerance": None}],
)  # fmt: skip
def test_a_key_that_is_no_number_is_refused(raw):
    with pytest.raises(KeyInvalid):
        numeric.read_key(raw, TASK)


def test_luck_earns_nothing():
    assert numeric.chance(KEY, TASK) is None


@given(st.decimals(-(10**9), 10**9, places=2))
def test_a_plain_number_is_read_as_itself(number):
    assert numeric.read_number(f"{number:f}") == number


@given(st.decimals(1000, 10**9, places=2))
def test_a_grouped_number_is_read_as_itself(number):
    assert numeric.read_number(f"{number:,f}") == number
