"""Situational judgement: every way to act is rated from 1 (very poor) to 4 (very good).

The distance of a rating from the key is its difference in steps. Summed over n options, a
distance of at most n/4 scores 3, n/2 scores 2, 3n/4 scores 1 and more scores 0, so that one
rating given to all options earns nothing against a key that uses the whole scale evenly.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
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

CODE = "rating"
NEEDS_OPTIONS = True
SCALE = (1, 2, 3, 4)


def read_key(raw: Any, task: Task) -> dict[str, int]:
    if not isinstance(raw, dict) or not all(
        type(value) is int and value in SCALE for value in raw.values()
    ):
        raise KeyInvalid("the key must give every option a rating from 1 to 4")
    require_options(list(raw), task)
    if len(raw) < 4:
        raise KeyInvalid("at least four options are needed")
    constants = ({"ratings": dict.fromkeys(raw, value)} for value in SCALE)
    if any(score(raw, constant) > 0 for constant in constants):
        raise KeyInvalid("the ratings are too much alike: one rating for all would earn a point")
    return dict(raw)


def maximum(key: dict[str, int]) -> int:
    return 3


def read_answer(fields: Fields, task: Task) -> Answer | None:
    ratings = {}
    for code in task.options:
        value = one_value(fields, f"rating-{code}")
        if value is not None:
            if value not in map(str, SCALE):
                raise AnswerInvalid("a rating is a number from 1 to 4")
            ratings[code] = int(value)
    return {"ratings": ratings} if ratings else None


def is_complete(answer: Answer, task: Task) -> bool:
    return set(answer.get("ratings", ())) == set(task.options)


def score(key: dict[str, int], answer: Answer) -> int:
    ratings = answer.get("ratings", {})
    if set(ratings) != set(key):
        return 0
    distance = sum(abs(ratings[code] - rating) for code, rating in key.items())
    return steps_from_distance(4 * distance, [len(key), 2 * len(key), 3 * len(key)])


def chance(key: dict[str, int], task: Task) -> tuple[Fraction, ...]:
    answers = product(SCALE, repeat=len(key))
    scores = (score(key, {"ratings": dict(zip(key, ratings, strict=True))}) for ratings in answers)
    return distribution(scores, maximum(key))
