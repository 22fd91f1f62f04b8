"""One option is right. Score 1 for it, 0 for any other."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from .shape import Answer, Fields, KeyInvalid, Task, known_option, one_value

CODE = "single-choice"
NEEDS_OPTIONS = True


def read_key(raw: Any, task: Task) -> str:
    if raw not in task.options:
        raise KeyInvalid("the key must be the code of one option")
    return str(raw)


def maximum(key: str) -> int:
    return 1


def read_answer(fields: Fields, task: Task) -> Answer | None:
    choice = known_option(one_value(fields, "choice"), task)
    return None if choice is None else {"choice": choice}


def is_complete(answer: Answer, task: Task) -> bool:
    return "choice" in answer


def score(key: str, answer: Answer) -> int:
    return int(answer.get("choice") == key)


def chance(key: str, task: Task) -> tuple[Fraction, ...]:
    right = Fraction(1, len(task.options))
    return (1 - right, right)
