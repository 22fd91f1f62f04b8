"""Checks on a whole bank."""

import pytest

from assessments.content.bank_checks import best_option, expected_share, imbalances, longest_option
from assessments.content.schema import ItemContent
from tests.factories.assessments import item_content


def single(key, longest=None):
    content = item_content(key=key).model_dump()
    for option in content["options"]:
        option["text"] = "Same length" + ("!!!!" if option["code"] == longest else "")
    return ItemContent(**content)


def test_the_interval_of_chance_is_that_of_the_normal_approximation():
    assert expected_share([0.25] * 100) == pytest.approx((0.16513, 0.33487), abs=1e-5)
    assert expected_share([0.25, 0.5]) == pytest.approx((-0.27321, 1.02321), abs=1e-5)
    assert expected_share([]) == (0, 1)


def test_the_longest_option_is_known_only_if_strictly_longest():
    assert longest_option(single("b", longest="b")) == 1
    assert longest_option(single("b", longest="d")) == 3
    assert longest_option(single("b")) is None


def test_the_most_effective_option_of_a_situational_item_counts_as_its_key():
    assert best_option(item_content("situational", key=["c", "a", "b", "d"])) == 2


def balanced(count):
    keys = "abcd"
    return [single(keys[n % 4], longest=keys[(n // 4) % 4]) for n in range(count)]


def test_a_balanced_bank_has_no_imbalance():
    assert imbalances(balanced(32)) == []
    assert imbalances([]) == []


def test_a_key_that_stands_too_often_in_one_place_is_reported():
    found = imbalances([single("a") for _ in range(20)])

    assert "the key stands at position 1 in 100% of 20 items" in found
    assert "the key stands at position 2 in 0% of 20 items" in found


def test_a_bank_where_the_longest_option_is_right_is_reported():
    items = [single("abcd"[n % 4], longest="abcd"[n % 4]) for n in range(32)]

    assert imbalances(items) == ["the longest option is the key in 100% of 32 items"]


def test_options_of_equal_length_are_no_hint_either_way():
    items = balanced(32) + [single("abcd"[n % 4]) for n in range(200)]

    assert imbalances(items) == []


def test_types_without_a_best_option_are_left_out():
    assert imbalances([item_content("numeric"), item_content("ordering")] * 20) == []
