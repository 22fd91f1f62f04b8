"""What holds for every item type."""

from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.item_types.registry import ITEM_TYPES
from assessments.item_types.shape import AnswerInvalid, KeyInvalid, Task

FOUR = Task(("a", "b", "c", "d"))
FIVE = Task(("a", "b", "c", "d", "e"))
PASSAGE = Task(settings={"passage": "The quick brown fox jumps over the lazy dog."})

EXAMPLES = {
    "single-choice": [(FOUR, "b"), (FIVE, "e")],
    "multiple-choice": [(FOUR, ["a", "c"]), (FIVE, ["a", "b", "e"])],
    "situational": [(FOUR, ["c", "a", "d", "b"]), (FIVE, ["e", "d", "c", "b", "a"])],
    "rating": [(FOUR, {"a": 1, "b": 2, "c": 3, "d": 4})],
    "ordering": [(FOUR, ["b", "a", "d", "c"]), (FIVE, ["a", "b", "c", "d", "e"])],
    "numeric": [(Task(), {"value": "42.50", "tolerance": "0.05"})],
    "typing": [(PASSAGE, None)],
}
CASES = [(code, task, key) for code, cases in EXAMPLES.items() for task, key in cases]


def every_answer(code, task):
    """All complete answers that the page of a type with options can send."""
    options = task.options
    match code:
        case "single-choice":
            return [{"choice": choice} for choice in options]
        case "multiple-choice":
            sizes = range(1, len(options) + 1)
            return [{"choices": list(c)} for size in sizes for c in combinations(options, size)]
        case "situational":
            return [{"most": most, "least": least} for most, least in permutations(options, 2)]
        case "rating":
            scales = product((1, 2, 3, 4), repeat=len(options))
            return [{"ratings": dict(zip(options, values, strict=True))} for values in scales]
        case "ordering":
            return [{"order": list(order)} for order in permutations(options)]
    return []


def test_every_type_has_an_example_here():
    assert set(EXAMPLES) == set(ITEM_TYPES)
    assert [item_type.CODE for item_type in ITEM_TYPES.values()] == list(ITEM_TYPES)


@pytest.mark.parametrize(("code", "task", "key"), CASES)
def test_a_valid_key_is_read_and_stays_as_it_is_when_read_again(code, task, key):
    item_type = ITEM_TYPES[code]
    read = item_type.read_key(key, task)

    assert item_type.read_key(read, task) == read
    assert bool(task.options) == item_type.NEEDS_OPTIONS


@pytest.mark.parametrize(("code", "task", "key"), CASES)
def test_chance_is_the_distribution_of_scores_over_all_answers(code, task, key):
    item_type = ITEM_TYPES[code]
    chance = item_type.chance(key, task)
    if not task.options:
        assert chance is None
        return
    scores = [item_type.score(key, answer) for answer in every_answer(code, task)]

    assert sum(chance) == 1
    assert len(chance) == item_type.maximum(key) + 1
    assert [share * len(scores) for share in chance] == [
        scores.count(score) for score in range(item_type.maximum(key) + 1)
    ]


@pytest.mark.parametrize(("code", "task", "key"), CASES)
def test_the_maximum_is_reached_and_never_passed(code, task, key):
    item_type = ITEM_TYPES[code]
    scores = [item_type.score(key, answer) for answer in every_answer(code, task)]
    if scores:
        assert min(scores) == 0
        assert max(scores) == item_type.maximum(key)


@pytest.mark.parametrize(("code", "task", "key"), CASES)
def test_an_empty_answer_is_no_answer_incomplete_and_scores_nothing(code, task, key):
    item_type = ITEM_TYPES[code]

    assert item_type.read_answer({}, task) is None
    assert not item_type.is_complete({}, task)
    assert item_type.score(key, {}) == 0


garbage = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=5),
    st.lists(
        st.one_of(st.sampled_from("abcde"), st.integers(), st.lists(st.just("a"), max_size=2)),
        max_size=6,
    ),
    st.dictionaries(
        st.sampled_from(["a", "b", "c", "d", "value", "tolerance"]),
        st.one_of(st.integers(0, 5), st.text(max_size=3), st.none(), st.lists(st.integers())),
        max_size=5,
    ),
)


@pytest.mark.parametrize(("code", "task"), [(code, task) for code, task, _ in CASES])
@given(raw=garbage)
def test_a_key_is_read_or_refused_and_never_breaks(code, task, raw):
    item_type = ITEM_TYPES[code]
    try:
        key = item_type.read_key(raw, task)
    except KeyInvalid as refusal:
        assert str(refusal)  # noqa: PT017 - either way out is right
    else:
        assert 0 <= item_type.score(key, {}) <= item_type.maximum(key)


names = st.sampled_from(
    ["choice", "choices", "most", "least", "order", "value", "text", "milliseconds", "device"]
    + [f"rating-{code}" for code in "abcde"]
)
values = st.one_of(
    st.sampled_from(["", "a", "b", "z", "1", "4", "5", "a,b,c,d", "b,a,d,c", "12,5", "keyboard"]),
    st.text(max_size=8),
)


@pytest.mark.parametrize(("code", "task", "key"), CASES)
@given(fields=st.dictionaries(names, st.lists(values, max_size=3), max_size=6))
def test_an_answer_is_read_or_refused_and_what_is_read_can_be_scored(code, task, key, fields):
    item_type = ITEM_TYPES[code]
    try:
        answer = item_type.read_answer(fields, task)
    except AnswerInvalid:
        return
    if answer is not None:
        assert 0 <= item_type.score(key, answer) <= item_type.maximum(key)
