"""Checks on a whole bank that no single item shows: whether the place or the length of an option
gives the key away."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from .schema import ItemContent

NORMAL_95 = 1.96


def expected_share(chances: list[float]) -> tuple[float, float]:
    """The 95 % interval of the share of draws that succeed, each with a chance of its own
    (normal approximation of the Poisson binomial distribution)."""
    if not chances:
        return 0.0, 1.0
    count = len(chances)
    margin = NORMAL_95 * sqrt(sum(chance * (1 - chance) for chance in chances)) / count
    mean = sum(chances) / count
    return mean - margin, mean + margin


def best_option(item: ItemContent) -> int:
    """The place of the right or most effective option of a choice or situational item."""
    codes = [option.code for option in item.options]
    return codes.index(item.key if item.type == "single-choice" else item.key[0])


def longest_option(item: ItemContent) -> int | None:
    """The place of the longest option; None where two are equally long."""
    lengths = [len(option.text) for option in item.options]
    return lengths.index(max(lengths)) if lengths.count(max(lengths)) == 1 else None


def imbalances(items: Iterable[ItemContent]) -> list[str]:
    """Sentences about key places and longest options outside the 95 % interval of chance."""
    with_best = [item for item in items if item.type in {"single-choice", "situational"}]
    found = []
    for place in range(max((len(item.options) for item in with_best), default=0)):
        rows = [item for item in with_best if len(item.options) > place]
        hits = sum(best_option(item) == place for item in rows)
        if _is_unlikely(hits, rows):
            found.append(_sentence(f"the key stands at position {place + 1}", hits, rows))
    rows = [item for item in with_best if longest_option(item) is not None]
    hits = sum(best_option(item) == longest_option(item) for item in rows)
    if _is_unlikely(hits, rows):
        found.append(_sentence("the longest option is the key", hits, rows))
    return found


def _is_unlikely(hits: int, rows: list[ItemContent]) -> bool:
    low, high = expected_share([1 / len(item.options) for item in rows])
    return bool(rows) and not low <= hits / len(rows) <= high


def _sentence(what: str, hits: int, rows: list[ItemContent]) -> str:
    return f"{what} in {hits / len(rows):.0%} of {len(rows)} items"
