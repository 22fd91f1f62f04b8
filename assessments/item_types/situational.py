"""Situational judgement: the most and the least effective of several ways to act.

The key ranks all options from best to worst. The score is 3 for most and least as keyed; 2 for
most as keyed and least not the best; 1 for the second best as most and least as keyed; else 0.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Any

from .shape import (
    Answer,
    AnswerInvalid,
    Fields,
    KeyInvalid,
    Task,
    distribution,
    known_option,
    one_value,
    require_options,
)

CODE = "situational"
NEEDS_OPTIONS = True


def read_key(raw: Any, task: Task) -> list[str]:
    if not isinstance(raw, list) or len(raw) < 4:
        raise KeyInvalid("the key must rank at least four options from best to worst")
    require_options(raw, task)
    return list(raw)


def maximum(key: list[str]) -> int:
    return 3


def read_answer(fields: Fields, task: Task) -> Answer | None:
    most = known_option(one_value(fields, "most"), task)
    least = known_option(one_value(fields, "least"), task)
    if most is not None and most == least:
        raise AnswerInvalid("the same option can't be both most and least effective")
    answer = {name: code for name, code in (("most", most), ("least", least)) if code is not None}
    return answer or None


def is_complete(answer: Answer, task: Task) -> bool:
    return "most" in answer and "least" in answer


def score(key: list[str], answer: Answer) -> int:
    best, second, worst = key[0], key[1], key[-1]
    match answer.get("most"), answer.get("least"):
        case (_, None) | (None, _):
            return 0
        case (most, least) if most == best:
            return 3 if least == worst else 2
        case (most, least) if most == second and least == worst:
            return 1
        case _:
            return 0


def chance(key: list[str], task: Task) -> tuple[Fraction, ...]:
    pairs = permutations(task.options, 2)
    return distribution((score(key, {"most": m, "least": w}) for m, w in pairs), maximum(key))
