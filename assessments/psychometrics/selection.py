"""Drawing a test form from a pool of items by a blueprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

EASY_LEVEL = 2
"""A form begins with an item of this level or lower, if it has one."""


@dataclass(frozen=True, slots=True)
class PoolItem:
    """What drawing needs to know of an item; `level` is 1 to 5."""

    code: str
    item_type: str
    facet: str
    level: int


@dataclass(frozen=True, slots=True)
class BlueprintRow:
    """`count` items with a level from `level_min` to `level_max`, perhaps of one facet or type.

    Raises ValueError for a count below 1 or a level range that is empty.
    """

    count: int
    level_min: int
    level_max: int
    facet: str | None = None
    item_type: str | None = None

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError("a blueprint row asks for at least one item")
        if self.level_min > self.level_max:
            raise ValueError("a blueprint row's lowest level is above its highest")

    def admits(self, item: PoolItem) -> bool:
        return (
            self.level_min <= item.level <= self.level_max
            and self.facet in (None, item.facet)
            and self.item_type in (None, item.item_type)
        )

    def __str__(self) -> str:
        levels = (
            f"level {self.level_min}"
            if self.level_min == self.level_max
            else f"levels {self.level_min} to {self.level_max}"
        )
        parts = [levels, self.facet and f"facet {self.facet}", self.item_type]
        return ", ".join(part for part in parts if part)


class BankTooSmall(Exception):
    """A blueprint row asks for more items than are left for it.

    `row` is the row, `position` its place in the blueprint from 1, `available` the number of
    items that it could have had.
    """

    def __init__(self, row: BlueprintRow, position: int, available: int) -> None:
        super().__init__(
            f"row {position} ({row}) asks for {row.count} items and the bank has {available}"
        )
        self.row = row
        self.position = position
        self.available = available


def draw(
    pool: Iterable[PoolItem],
    blueprint: Sequence[BlueprintRow],
    seen: Collection[str],
    exposure: Mapping[str, int],
    rng: Random,
) -> list[PoolItem]:
    """Draw the items of one test form, in the order in which they are shown.

    Rows are filled in order (put narrow rows before wide ones: a row takes what it likes and
    leaves the rest). Inside a row the next item is one that the candidate hasn't `seen` (codes of
    earlier attempts), as long as there is one; among those, one of the facet that the draw has
    least of; among those, one of the least used. `exposure` counts uses by code and is compared
    by powers of two (0, 1, 2 to 3, 4 to 7 and so on), so that chance keeps its part. `rng` settles
    the rest.

    The order is shuffled, then the first easy item (level ≤ 2), if any, is moved to the front.
    The same arguments and the same state of `rng` draw the same form, whatever the pool's order.

    Raises BankTooSmall for a row that can't be filled, ValueError for a code that occurs twice.
    """
    items = sorted(pool, key=lambda item: item.code)
    repeated = [item.code for item, following in pairwise(items) if item.code == following.code]
    if repeated:
        raise ValueError(f"these codes occur twice: {', '.join(repeated)}")
    remaining = {item.code: item for item in items}
    drawn: list[PoolItem] = []
    facets: Counter[str] = Counter()

    def rank(item: PoolItem) -> tuple[bool, int, int]:
        return item.code in seen, facets[item.facet], exposure.get(item.code, 0).bit_length()

    for position, row in enumerate(blueprint, start=1):
        candidates = [item for item in remaining.values() if row.admits(item)]
        if len(candidates) < row.count:
            raise BankTooSmall(row, position, len(candidates))
        for _ in range(row.count):
            best = min(map(rank, candidates))
            chosen = rng.choice([item for item in candidates if rank(item) == best])
            candidates.remove(chosen)
            del remaining[chosen.code]
            facets[chosen.facet] += 1
            drawn.append(chosen)
    return _in_order_of_showing(drawn, rng)


def _in_order_of_showing(drawn: list[PoolItem], rng: Random) -> list[PoolItem]:
    shuffled = rng.sample(drawn, len(drawn))
    easy = next((item for item in shuffled if item.level <= EASY_LEVEL), None)
    if easy is not None:
        shuffled.remove(easy)
        shuffled.insert(0, easy)
    return shuffled
