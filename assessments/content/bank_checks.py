"""Checks on a whole bank that no single item shows: balance of keys, lengths, levels and facets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import sqrt

from .schema import ItemContent


def chance_interval(rate: float, count: int) -> tuple[float, float]:
    """The 95 % interval of the share of `count` draws that succeed with probability `rate`
    (normal approximation)."""
    margin = 1.96 * sqrt(rate * (1 - rate) / count) if count else 1.0
    return rate - margin, rate + margin


def longest_option_is_key(item: ItemContent) -> bool:
    """Whether the best option of a choice or situational item is strictly the longest."""
    lengths = {option.code: len(option.text) for option in item.options}
    best = item.key if item.type == "single-choice" else item.key[0]
    return all(lengths[best] > length for code, length in lengths.items() if code != best)


def imbalances(items: Iterable[ItemContent]) -> list[str]:
    """Sentences on key positions and longest-option rates outside the 95 % interval of chance."""
    with_best = [item for item in items if item.type in {"single-choice", "situational"}]
    found = []
    positions: Counter[int] = Counter()
    expected: Counter[int] = Counter()
    for item in with_best:
        codes = [option.code for option in item.options]
        best = item.key if item.type == "single-choice" else item.key[0]
        positions[codes.index(best)] += 1
        for place in range(len(codes)):
            expected[place] += 1
    for place in range(3):
        low, high = chance_interval(0.25, expected[place])
        share = positions[place] / expected[place] if expected[place] else 0.25
        if not low <= share <= high:
            found.append(
                f"the key stands at position {place + 1} in {share:.0%} of {expected[place]} items"
            )
    low, high = chance_interval(0.25, len(with_best))
    share = sum(map(longest_option_is_key, with_best)) / len(with_best) if with_best else 0.25
    if not low <= share <= high:
        found.append(f"the longest option is the key in {share:.0%} of {len(with_best)} items")
    return found
