from fractions import Fraction

import pytest

from assessments.item_types import situational
from assessments.item_types.shape import AnswerInvalid, KeyInvalid, Task

TASK = Task(("a", "b", "c", "d"))
KEY = ["b", "d", "a", "c"]  # best, second best, third, worst

# Every pair of (most effective, least effective).
TABLE = {
    ("b", "c"): 3, ("b", "a"): 2, ("b", "d"): 2,
    ("d", "c"): 1, ("d", "a"): 0, ("d", "b"): 0,
    ("a", "b"): 0, ("a", "c"): 0, ("a", "d"): 0,
    ("c", "a"): 0, ("c", "b"): 0, ("c", "d"): 0,
}  # fmt: skip


@pytest.mark.parametrize(("pair", "score"), TABLE.items())
def test_the_scoring_table(pair, score):
    answer = situational.read_answer({"most": [pair[0]], "least": [pair[1]]}, TASK)

    assert situational.is_complete(answer, TASK)
    assert situational.score(KEY, answer) == score


def test_luck_follows_from_the_table():
    assert situational.chance(KEY, TASK) == (
        Fraction(8, 12),
        Fraction(1, 12),
        Fraction(2, 12),
        Fraction(1, 12),
    )


@pytest.mark.parametrize("fields", [{"most": ["b"]}, {"least": ["c"]}])
def test_half_an_answer_is_kept_incomplete_and_scores_nothing(fields):
    answer = situational.read_answer(fields, TASK)

    assert answer == {name: sent[0] for name, sent in fields.items()}
    assert not situational.is_complete(answer, TASK)
    assert situational.score(KEY, answer) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"most": ["a"], "least": ["a"]},
        {"most": ["z"]},
        {"most": ["a"], "least": ["z"]},
        {"most": ["a", "b"], "least": ["c"]},
    ],
)
def test_an_answer_that_no_page_sends_is_refused(fields):
    with pytest.raises(AnswerInvalid):
        situational.read_answer(fields, TASK)


@pytest.mark.parametrize(
    "raw",
    ["bdac", None, ["b", "d", "a"], ["b", "d", "a", "a"], ["b", "d", "a", "z"], [["b"], 1, 2, 3]],
)
def test_the_key_ranks_every_option(raw):
    with pytest.raises(KeyInvalid):
        situational.read_key(raw, TASK)


def test_three_options_are_too_few():
    with pytest.raises(KeyInvalid, match="four"):
        situational.read_key(["a", "b", "c"], Task(("a", "b", "c")))
