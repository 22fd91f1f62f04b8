"""Steps or tasks are put in order.

The distance from the key is the number of pairs in the wrong order (Kendall 1938). None wrong
scores 3; at most a sixth of the pairs scores 2; at most a third scores 1; more scores 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

from .shape import (
    Answer,
    AnswerInvalid,
    Fields,
    KeyInvalid,
    Task,
    distribution,
    one_value,
    require_options,
    steps_from_distance,
)

CODE = "ordering"
NEEDS_OPTIONS = True


def read_key(raw: Any, task: Task) -> list[str]:
    if not isinstance(raw, list) or not 4 <= len(raw) <= 6:
        raise KeyInvalid("the key must put four to six options in order")
    require_options(raw, task)
    return list(raw)


def maximum(key: list[str]) -> int:
    return 3


def read_answer(fields: Fields, task: Task) -> Answer | None:
    joined = one_value(fields, "order")
    if joined is None:
        return None
    order = joined.split(",")
    if sorted(order) != sorted(task.options):
        raise AnswerInvalid("an order names every option exactly once")
    return {"order": order}


def is_complete(answer: Answer, task: Task) -> bool:
    return "order" in answer


def discordant_pairs(key: Sequence[str], order: Sequence[str]) -> int:
    place = {code: position for position, code in enumerate(order)}
    return sum(place[first] > place[second] for first, second in combinations(key, 2))


def score(key: list[str], answer: Answer) -> int:
    order = answer.get("order", ())
    if sorted(order) != sorted(key):
        return 0
    pairs = len(key) * (len(key) - 1) // 2
    return steps_from_distance(6 * discordant_pairs(key, order), [0, pairs, 2 * pairs])


def chance(key: list[str], task: Task) -> tuple[Fraction, ...]:
    orders = permutations(task.options)
    return distribution((score(key, {"order": order}) for order in orders), maximum(key))
