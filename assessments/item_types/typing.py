"""A passage is copied against the clock. It yields a speed measure and no scored part."""

from __future__ import annotations

from typing import Any

from .shape import Answer, AnswerInvalid, Fields, KeyInvalid, Task, one_value

CODE = "typing"
NEEDS_OPTIONS = False
DEVICES = ("keyboard", "phone")
LONGEST_MILLISECONDS = 24 * 60 * 60 * 1000


def read_key(raw: Any, task: Task) -> None:
    if raw is not None:
        raise KeyInvalid("a typing item has no key: it is compared with its passage")
    if not str(task.settings.get("passage", "")).strip():
        raise KeyInvalid("a typing item needs a passage")


def maximum(key: None) -> int:
    return 0


def read_answer(fields: Fields, task: Task) -> Answer | None:
    """Text typed so far, milliseconds since the first key (at most a day), and the device."""
    text = one_value(fields, "text")
    if text is None:
        return None
    if len(text) > 2 * len(task.settings["passage"]):
        raise AnswerInvalid("more text than twice the passage")
    if "\x00" in text:
        raise AnswerInvalid("the text holds a character that no keyboard types")
    try:
        milliseconds = int(one_value(fields, "milliseconds") or "0")
    except ValueError:
        raise AnswerInvalid("the time must be whole milliseconds") from None
    if milliseconds < 0:
        raise AnswerInvalid("the time can't be negative")
    device = one_value(fields, "device")
    if device not in DEVICES:
        raise AnswerInvalid("say whether you type on a keyboard or on a phone")
    return {
        "text": text,
        "milliseconds": min(milliseconds, LONGEST_MILLISECONDS),
        "device": device,
    }


def is_complete(answer: Answer, task: Task) -> bool:
    return bool(answer.get("text"))


def score(key: None, answer: Answer) -> int:
    return 0


def chance(key: None, task: Task) -> None:
    return None
