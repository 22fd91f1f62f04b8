"""A number is worked out, for example an amount on a bill. Score 1 within the tolerance, else 0."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from .shape import Answer, AnswerInvalid, Fields, KeyInvalid, Task, one_value

CODE = "numeric"
NEEDS_OPTIONS = False
LONGEST_ANSWER = 24
GROUPED = re.compile(r"^[+-]?[1-9]\d{0,2}([ ,'\u00a0\u202f]\d{3})+(\.\d+)?$")
DECIMAL_COMMA = re.compile(r"^[+-]?\d+,\d+$")


def read_number(text: str) -> Decimal:
    """Read a number as people type it: '1,240.50', '1 240.50' and '12,5' (a decimal comma).

    A comma followed by exactly three digits after one to three digits separates thousands, unless
    a zero leads: '0,125' is an eighth.
    Raises AnswerInvalid for anything that is not one finite number.
    """
    text = text.strip().replace("\u2212", "-")
    if GROUPED.match(text):
        text = re.sub(r"[ ,'\u00a0\u202f]", "", text)
    elif DECIMAL_COMMA.match(text):
        text = text.replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", text, re.ASCII):
        raise AnswerInvalid("write one number, for example 42.50")
    return Decimal(text)


def read_key(raw: Any, task: Task) -> dict[str, str]:
    """`{value, tolerance}` as decimal strings; the tolerance may be 0 and defaults to it."""
    try:
        value = Decimal(str(raw["value"]))
        tolerance = Decimal(str(raw.get("tolerance", "0")))
    except (TypeError, KeyError, AttributeError, InvalidOperation):
        raise KeyInvalid("the key must hold a value and may hold a tolerance") from None
    if not value.is_finite() or not tolerance.is_finite() or tolerance < 0:
        raise KeyInvalid("value and tolerance must be finite, the tolerance not negative")
    return {"value": str(value), "tolerance": str(tolerance)}


def maximum(key: dict[str, str]) -> int:
    return 1


def read_answer(fields: Fields, task: Task) -> Answer | None:
    text = one_value(fields, "value")
    if text is None or not text.strip():
        return None
    if len(text) > LONGEST_ANSWER:
        raise AnswerInvalid("that number is too long")
    return {"value": str(read_number(text))}


def is_complete(answer: Answer, task: Task) -> bool:
    return "value" in answer


def score(key: dict[str, str], answer: Answer) -> int:
    if "value" not in answer:
        return 0
    difference = abs(Decimal(answer["value"]) - Decimal(key["value"]))
    return int(difference <= Decimal(key["tolerance"]))


def chance(key: dict[str, str], task: Task) -> None:
    return None
