from itertools import permutations

import pytest
from scipy.stats import kendalltau

from assessments.item_types import ordering
from assessments.item_types.shape import AnswerInvalid, KeyInvalid, Task

KEYS = {4: list("bdac"), 5: list("ebdac"), 6: list("febdac")}


def task(size):
    return Task(tuple(sorted(KEYS[size])))


@pytest.mark.parametrize("size", [4, 5, 6])
def test_wrong_pairs_are_those_of_kendall(size):
    key = KEYS[size]
    pairs = size * (size - 1) / 2
    for order in list(permutations(key))[::7]:
        tau = kendalltau(range(size), [order.index(code) for code in key]).statistic
        assert ordering.discordant_pairs(key, order) == pytest.approx(pairs * (1 - tau) / 2)


@pytest.mark.parametrize(
    ("size", "by_pairs"),
    [
        (4, {0: 3, 1: 2, 2: 1}),  # of 6 pairs
        (5, {0: 3, 1: 2, 2: 1, 3: 1}),  # of 10
        (6, {0: 3, 1: 2, 2: 2, 3: 1, 4: 1, 5: 1}),  # of 15
    ],
)
def test_every_order_scores_by_its_wrong_pairs(size, by_pairs):
    key = KEYS[size]
    for order in permutations(key):
        score = ordering.score(key, {"order": list(order)})
        assert score == by_pairs.get(ordering.discordant_pairs(key, order), 0)


def test_luck_with_four_options():
    # Mahonian numbers: 1, 3 and 5 of the 24 orders have 0, 1 and 2 wrong pairs.
    assert [24 * share for share in ordering.chance(KEYS[4], task(4))] == [15, 5, 3, 1]


def test_luck_does_not_depend_on_the_key():
    chances = {ordering.chance(list(key), task(4)) for key in permutations("abcd")}

    assert len(chances) == 1


def test_an_answer_is_a_list_of_all_options():
    answer = ordering.read_answer({"order": ["b,d,a,c"]}, task(4))

    assert answer == {"order": ["b", "d", "a", "c"]}
    assert ordering.is_complete(answer, task(4))


@pytest.mark.parametrize(
    "sent",
    [
        ["a,b,c"],
        ["a,b,c,c"],
        ["a,b,c,z"],
        ["a,b,c,d,"],
        ["abcd"],
        ["a,b,c,d", "d,c,b,a"],
        [" a,b,c,d"],
    ],
)
def test_an_answer_that_no_page_sends_is_refused(sent):
    with pytest.raises(AnswerInvalid):
        ordering.read_answer({"order": sent}, task(4))


@pytest.mark.parametrize(
    "raw", ["bdac", None, ["b", "d", "a"], ["b", "d", "a", "a"], ["b", "d", "a", "z"], [["b"]] * 4]
)
def test_the_key_orders_every_option(raw):
    with pytest.raises(KeyInvalid):
        ordering.read_key(raw, task(4))


@pytest.mark.parametrize("options", ["abc", "abcdefg"])
def test_four_to_six_options_are_put_in_order(options):
    with pytest.raises(KeyInvalid, match="four to six"):
        ordering.read_key(list(options), Task(tuple(options)))
