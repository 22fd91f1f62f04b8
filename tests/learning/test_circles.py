"""Circles of things that wait for each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.circles import find_circle


@pytest.mark.parametrize(
    ("needs", "length"),
    [
        ({}, 0),
        ({"a": ["b"], "b": []}, 0),
        ({"a": ["a"]}, 2),
        ({"a": ["b"], "b": ["a"]}, 3),
        ({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}, 4),
    ],
)
def test_a_circle_is_named_from_start_to_start(needs, length):
    circle = find_circle(needs)
    assert len(circle) == length
    assert all(later in needs[one] for one, later in pairwise(circle))
    assert circle[:1] == circle[-1:]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1])))
def test_needs_that_only_point_up_have_no_circle(pairs):
    needs: dict[int, list[int]] = {}
    for one, other in pairs:
        needs.setdefault(one, []).append(other)
    assert find_circle(needs) == []
