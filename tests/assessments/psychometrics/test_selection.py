from collections import Counter
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessments.psychometrics.selection import BankTooSmall, BlueprintRow, PoolItem, draw

FACETS = ("facts", "inference", "tone")
POOL = [
    PoolItem(f"item-{number:02}", ("single-choice", "ordering")[number % 2], facet, level)
    for number, (facet, level) in enumerate(
        (facet, level) for level in range(1, 6) for facet in FACETS
    )
]
ANY = BlueprintRow(6, 1, 5)

codes = st.sampled_from([item.code for item in POOL])
rows = st.builds(
    lambda count, levels, facet: BlueprintRow(count, min(levels), max(levels), facet),
    st.integers(1, 3),
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    st.sampled_from([None, *FACETS]),
)


def drawn_codes(*arguments, seed=0):
    return [item.code for item in draw(*arguments, Random(seed))]


def rows_can_hold(items, blueprint):
    """Whether the items can be given to the rows, each full (Kuhn's matching)."""
    places = [row for row in blueprint for _ in range(row.count)]
    holder = {}

    def seat(item, tried):
        for place, row in enumerate(places):
            if place not in tried and row.admits(item):
                tried.add(place)
                if place not in holder or seat(holder[place], tried):
                    holder[place] = item
                    return True
        return False

    return len(items) == len(places) and all(seat(item, set()) for item in items)


@given(
    st.lists(rows, min_size=1, max_size=4),
    st.sets(codes),
    st.dictionaries(codes, st.integers(0, 50)),
    st.integers(),
)
def test_a_form_fills_its_blueprint_with_different_items(blueprint, seen, exposure, seed):
    try:
        form = draw(POOL, blueprint, seen, exposure, Random(seed))
    except BankTooSmall:
        assume(False)
    assert len({item.code for item in form}) == len(form)
    assert rows_can_hold(form, blueprint)


@given(st.integers(1, 15), st.integers(1, 16), st.integers())
def test_a_row_fails_exactly_when_its_items_do_not_suffice(count, more, seed):
    blueprint = [BlueprintRow(count, 1, 5), BlueprintRow(more, 1, 5)]
    if count + more <= len(POOL):
        assert len(draw(POOL, blueprint, set(), {}, Random(seed))) == count + more
    else:
        with pytest.raises(BankTooSmall) as raised:
            draw(POOL, blueprint, set(), {}, Random(seed))
        assert raised.value.row is blueprint[1]
        assert raised.value.available == len(POOL) - count


@given(st.sets(codes), st.integers())
def test_seen_items_are_drawn_only_when_unseen_ones_run_out(seen, seed):
    form = drawn_codes(POOL, [ANY], seen, {}, seed=seed)
    unseen = len(POOL) - len(seen)

    assert sum(code in seen for code in form) == max(0, ANY.count - unseen)


@given(st.integers(1, 15), st.integers())
def test_facets_are_represented_evenly(count, seed):
    form = draw(POOL, [BlueprintRow(count, 1, 5)], set(), {}, Random(seed))
    counts = Counter(item.facet for item in form)

    assert max(counts.values()) - min(counts[facet] for facet in FACETS) <= 1


@given(st.integers(), st.randoms())
def test_the_seed_settles_the_form_whatever_the_order_of_the_pool(seed, random):
    shuffled = random.sample(POOL, len(POOL))

    assert drawn_codes(POOL, [ANY], set(), {}, seed=seed) == drawn_codes(
        shuffled, [ANY], set(), {}, seed=seed
    )


@given(st.lists(rows, min_size=1, max_size=3), st.integers())
def test_a_form_begins_with_an_easy_item_if_it_has_one(blueprint, seed):
    try:
        form = draw(POOL, blueprint, set(), {}, Random(seed))
    except BankTooSmall:
        return
    if any(item.level <= 2 for item in form):
        assert form[0].level <= 2


def test_the_least_used_items_of_a_facet_come_first():
    same = [PoolItem(f"item-{use}", "ordering", "facts", 3) for use in (0, 1, 5, 40)]
    exposure = {"item-1": 1, "item-5": 5, "item-40": 40}
    for seed in range(20):
        form = drawn_codes(same, [BlueprintRow(2, 3, 3)], set(), exposure, seed=seed)
        assert set(form) == {"item-0", "item-1"}


def test_nearly_equal_use_leaves_room_for_chance():
    same = [PoolItem(f"item-{use}", "ordering", "facts", 3) for use in (16, 20, 31)]
    exposure = {item.code: int(item.code[5:]) for item in same}
    forms = {
        drawn_codes(same, [BlueprintRow(1, 3, 3)], set(), exposure, seed=s)[0] for s in range(50)
    }

    assert forms == {item.code for item in same}


def test_over_many_forms_all_items_are_used_alike():
    exposure: Counter[str] = Counter()
    for seed in range(300):
        exposure.update(drawn_codes(POOL, [ANY], set(), exposure, seed=seed))

    assert max(exposure.values()) / min(exposure.values()) < 1.5


def test_rows_may_ask_for_a_type_and_a_facet():
    row = BlueprintRow(2, 1, 5, facet="tone", item_type="ordering")
    form = draw(POOL, [row], set(), {}, Random(1))

    assert {(item.facet, item.item_type) for item in form} == {("tone", "ordering")}


def test_a_row_that_cannot_be_filled_is_named():
    blueprint = [BlueprintRow(1, 1, 5), BlueprintRow(4, 3, 3, facet="tone", item_type="ordering")]
    with pytest.raises(BankTooSmall) as raised:
        draw(POOL, blueprint, set(), {}, Random(0))

    assert raised.value.position == 2
    assert "row 2 (level 3, facet tone, ordering) asks for 4 items" in str(raised.value)


def test_an_earlier_row_takes_items_away_from_a_later_one():
    blueprint = [BlueprintRow(3, 1, 1), BlueprintRow(1, 1, 1)]
    with pytest.raises(BankTooSmall, match="row 2") as raised:
        draw(POOL, blueprint, set(), {}, Random(0))

    assert raised.value.available == 0


@pytest.mark.parametrize("arguments", [(0, 1, 5), (1, 4, 3)])
def test_a_row_that_asks_for_nothing_is_refused(arguments):
    with pytest.raises(ValueError, match="blueprint row"):
        BlueprintRow(*arguments)


def test_a_code_that_occurs_twice_is_refused():
    with pytest.raises(ValueError, match="item-00"):
        draw([POOL[0], POOL[0]], [BlueprintRow(1, 1, 5)], set(), {}, Random(0))


def test_an_empty_blueprint_draws_nothing():
    assert draw(POOL, [], set(), {}, Random(0)) == []
