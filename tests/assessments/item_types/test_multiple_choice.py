from fractions import Fraction
from itertools import combinations

import pytest

from assessments.item_types import multiple_choice
from assessments.item_types.shape import AnswerInvalid, KeyInvalid, Task

TASK = Task(("a", "b", "c", "d"))
SIX = Task(tuple("abcdef"))

# Every way to tick four boxes when a and b are right.
TABLE = {
    "a": 1, "b": 1, "c": 0, "d": 0,
    "ab": 2, "ac": 0, "ad": 0, "bc": 0, "bd": 0, "cd": 0,
    "abc": 1, "abd": 1, "acd": 0, "bcd": 0,
    "abcd": 0,
}  # fmt: skip


@pytest.mark.parametrize(("chosen", "score"), TABLE.items())
def test_a_wrong_choice_takes_away_what_a_right_one_gives(chosen, score):
    answer = multiple_choice.read_answer({"choices": list(chosen)}, TASK)

    assert multiple_choice.is_complete(answer, TASK)
    assert multiple_choice.score(["a", "b"], answer) == score


def test_luck_follows_from_the_table():
    assert multiple_choice.chance(["a", "b"], TASK) == (
        Fraction(10, 15),
        Fraction(4, 15),
        Fraction(1, 15),
    )


@pytest.mark.parametrize("size", [2, 3])
def test_choosing_everything_earns_nothing_under_any_key(size):
    everything = {"choices": list(SIX.options)}
    for key in combinations(SIX.options, size):
        assert multiple_choice.score(multiple_choice.read_key(list(key), SIX), everything) == 0


@pytest.mark.parametrize("sent", [["z"], ["a", "z"], ["a", "a"], ["a,b"]])
def test_an_answer_that_no_page_sends_is_refused(sent):
    with pytest.raises(AnswerInvalid):
        multiple_choice.read_answer({"choices": sent}, TASK)


def test_an_answer_is_stored_in_one_order_and_without_blanks():
    assert multiple_choice.read_answer({"choices": ["c", "", "a"]}, TASK) == {"choices": ["a", "c"]}
    assert multiple_choice.read_answer({"choices": [""]}, TASK) is None


@pytest.mark.parametrize(
    "raw",
    [
        "ab",
        None,
        [],
        ["a"],
        ["a", "a"],
        ["a", "z"],
        ["a", ["b"]],
        ["a", "b", "c"],
        {"a": 1},
        [1, 2],
    ],
)
def test_the_key_lists_some_but_not_most_options(raw):
    with pytest.raises(KeyInvalid):
        multiple_choice.read_key(raw, TASK)


def test_at_most_four_options_are_right():
    ten = Task(tuple("abcdefghij"))

    assert multiple_choice.read_key(list("dbca"), ten) == ["a", "b", "c", "d"]
    with pytest.raises(KeyInvalid, match="2 to 4"):
        multiple_choice.read_key(list("abcde"), ten)
