"""What every item type offers, and the words its modules share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

Key = Any
Answer = dict[str, Any]
Fields = Mapping[str, Sequence[str]]


class AnswerInvalid(ValueError):
    """An answer that no honest page could have sent; nothing is stored."""


class KeyInvalid(ValueError):
    """A key that doesn't fit its item; the author is told why."""


@dataclass(frozen=True, slots=True)
class Task:
    """What the candidate is shown, as far as an answer's validity depends on it."""

    options: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


class ItemType(Protocol):
    """The shape of an item type's module.

    `read_key` raises KeyInvalid, `read_answer` raises AnswerInvalid. `read_answer` returns None
    for an answer taken back. `score` lies between 0 and `maximum`. `chance` is the distribution
    of the score of somebody who answers at random, from 0 to the maximum; None where answering at
    random earns nothing.
    """

    CODE: str
    NEEDS_OPTIONS: bool

    def read_key(self, raw: Any, task: Task) -> Key: ...
    def maximum(self, key: Key) -> int: ...
    def read_answer(self, fields: Fields, task: Task) -> Answer | None: ...
    def is_complete(self, answer: Answer, task: Task) -> bool: ...
    def score(self, key: Key, answer: Answer) -> int: ...
    def chance(self, key: Key, task: Task) -> tuple[Fraction, ...] | None: ...


def one_value(fields: Fields, name: str) -> str | None:
    """The only value of a field, None when it is missing or empty.

    Raises AnswerInvalid when it was sent more than once.
    """
    values = [value for value in fields.get(name, ()) if value != ""]
    if len(values) > 1:
        raise AnswerInvalid(f"{name} was sent {len(values)} times")
    return values[0] if values else None


def known_option(code: str | None, task: Task) -> str | None:
    if code is not None and code not in task.options:
        raise AnswerInvalid("that option is not one of this question's")
    return code


def require_options(codes: Sequence[object], task: Task) -> None:
    """Raise KeyInvalid unless `codes` are the task's options, each exactly once."""
    if len(codes) != len(task.options) or not all(option in codes for option in task.options):
        raise KeyInvalid("the key must name every option exactly once")


def distribution(scores: Iterable[int], maximum: int) -> tuple[Fraction, ...]:
    """Relative frequency of each score from 0 to `maximum` among equally likely outcomes."""
    counts = Counter(scores)
    total = counts.total()
    return tuple(Fraction(counts[score], total) for score in range(maximum + 1))


def steps_from_distance(distance: int, tolerances: Sequence[int]) -> int:
    """Graded score: one step for each tolerance that `distance` doesn't exceed."""
    return sum(distance <= tolerance for tolerance in tolerances)
