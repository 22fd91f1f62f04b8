from fractions import Fraction

import pytest

from assessments.item_types import single_choice
from assessments.item_types.shape import AnswerInvalid, KeyInvalid, Task

TASK = Task(("a", "b", "c", "d"))


@pytest.mark.parametrize(("choice", "score"), [("a", 0), ("b", 1), ("c", 0), ("d", 0)])
def test_only_the_key_scores(choice, score):
    answer = single_choice.read_answer({"choice": [choice]}, TASK)

    assert answer == {"choice": choice}
    assert single_choice.is_complete(answer, TASK)
    assert single_choice.score("b", answer) == score


def test_luck_is_one_in_the_number_of_options():
    assert single_choice.chance("b", TASK) == (Fraction(3, 4), Fraction(1, 4))


@pytest.mark.parametrize("sent", [["z"], ["a", "b"], ["a", "a"], ["A"], ["a,b"]])
def test_an_answer_that_no_page_sends_is_refused(sent):
    with pytest.raises(AnswerInvalid):
        single_choice.read_answer({"choice": sent}, TASK)


@pytest.mark.parametrize("sent", [[], [""]])
def test_an_answer_taken_back_is_none(sent):
    assert single_choice.read_answer({"choice": sent}, TASK) is None


@pytest.mark.parametrize("raw", ["z", None, ["a"], "", 0])
def test_the_key_is_an_option(raw):
    with pytest.raises(KeyInvalid):
        single_choice.read_key(raw, TASK)
