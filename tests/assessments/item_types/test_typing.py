import pytest

from assessments.item_types import typing
from assessments.item_types.shape import AnswerInvalid, KeyInvalid, Task

TASK = Task(settings={"passage": "The quick brown fox."})
SENT = {"text": ["The quick"], "milliseconds": ["5200"], "device": ["keyboard"]}


def test_an_answer_holds_text_time_and_device():
    answer = typing.read_answer(SENT, TASK)

    assert answer == {"text": "The quick", "milliseconds": 5200, "device": "keyboard"}
    assert typing.is_complete(answer, TASK)


def test_it_yields_a_speed_and_no_score():
    assert typing.maximum(None) == 0
    assert typing.score(None, typing.read_answer(SENT, TASK)) == 0
    assert typing.chance(None, TASK) is None


@pytest.mark.parametrize(
    "change",
    [
        {"milliseconds": ["-1"]},
        {"milliseconds": ["soon"]},
        {"milliseconds": ["1.5"]},
        {"milliseconds": ["1", "2"]},
        {"milliseconds": ["9" * 5000]},
        {"device": ["tablet"]},
        {"device": []},
        {"device": ["phone", "keyboard"]},
        {"text": ["x" * 41]},
        {"text": ["one", "two"]},
    ],
)
def test_an_answer_that_no_page_sends_is_refused(change):
    with pytest.raises(AnswerInvalid):
        typing.read_answer(SENT | change, TASK)


def test_without_text_there_is_no_answer():
    assert typing.read_answer(SENT | {"text": [""]}, TASK) is None


def test_a_page_left_open_for_weeks_counts_as_a_day():
    answer = typing.read_answer(SENT | {"milliseconds": ["9" * 400]}, TASK)

    assert answer["milliseconds"] == 24 * 60 * 60 * 1000


def test_there_is_a_passage_and_no_key():
    assert typing.read_key(None, TASK) is None
    with pytest.raises(KeyInvalid, match="no key"):
        typing.read_key("b", TASK)
    for settings in ({}, {"passage": "  "}):
        with pytest.raises(KeyInvalid, match="passage"):
            typing.read_key(None, Task(settings=settings))
