"""Several options are right. One point for each right choice, one lost for each wrong one."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain, combinations
from typing import Any

from .shape import Answer, AnswerInvalid, Fields, KeyInvalid, Task, distribution, known_option

CODE = "multiple-choice"
NEEDS_OPTIONS = True
MOST_RIGHT_OPTIONS = 4


def read_key(raw: Any, task: Task) -> list[str]:
    known = isinstance(raw, list) and all(code in task.options for code in raw)
    if not known or len(set(raw)) != len(raw):
        raise KeyInvalid("the key must list codes of options, each once")
    if not 2 <= len(raw) <= MOST_RIGHT_OPTIONS:
        raise KeyInvalid(f"the key must list 2 to {MOST_RIGHT_OPTIONS} options")
    if 2 * len(raw) > len(task.options) + 1:
        raise KeyInvalid("too few wrong options: choosing all would earn a point")
    return sorted(raw)


def maximum(key: list[str]) -> int:
    return len(key)


def read_answer(fields: Fields, task: Task) -> Answer | None:
    choices = [code for code in fields.get("choices", ()) if code != ""]
    for code in choices:
        known_option(code, task)
    if len(set(choices)) != len(choices):
        raise AnswerInvalid("an option was chosen twice")
    return {"choices": sorted(choices)} if choices else None


def is_complete(answer: Answer, task: Task) -> bool:
    return bool(answer.get("choices"))


def score(key: list[str], answer: Answer) -> int:
    chosen, right = set(answer.get("choices", ())), set(key)
    return max(0, len(chosen & right) - len(chosen - right))


def chance(key: list[str], task: Task) -> tuple[Fraction, ...]:
    sizes = range(1, len(task.options) + 1)
    subsets = chain.from_iterable(combinations(task.options, size) for size in sizes)
    return distribution((score(key, {"choices": subset}) for subset in subsets), maximum(key))
