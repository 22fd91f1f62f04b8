"""Keyset pages: the cost of a page doesn't grow with its distance from the start."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
COUNT_CAP = 10_000


class CursorInvalid(ValueError):
    """A page address that this portal didn't make."""


@dataclass(frozen=True, slots=True)
class KeysetPage(Generic[Row]):
    rows: list[Row]
    next_cursor: str | None


def keyset_page(
    rows: QuerySet[Row], *, keys: tuple[str, ...], size: int, cursor: str | None
) -> KeysetPage[Row]:
    """The page of `rows` after `cursor`, ordered by `keys` ('-' for descending), the last unique.

    No key may be null. Raises CursorInvalid.
    """
    if cursor:
        values = _decode(cursor, len(keys))
        try:
            rows = rows.filter(_after(keys, values))
        except (ValidationError, TypeError, ValueError):
            raise CursorInvalid("a value of the wrong kind") from None
    found = list(rows.order_by(*keys)[: size + 1])
    shown = found[:size]
    following = None
    if len(found) > size:
        following = _encode([getattr(shown[-1], key.lstrip("-")) for key in keys])
    return KeysetPage(shown, following)


def _after(keys: tuple[str, ...], values: list[Any]) -> Q:
    condition, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        comparison = "lt" if key.startswith("-") else "gt"
        condition |= equal & Q(**{f"{name}__{comparison}": value})
        equal &= Q(**{name: value})
    return condition


def _encode(values: list[Any]) -> str:
    text = json.dumps([value if isinstance(value, int | float) else str(value) for value in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, count: int) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError, binascii.Error):
        raise CursorInvalid("unreadable cursor") from None
    if not isinstance(values, list) or len(values) != count:
        raise CursorInvalid("unreadable cursor")
    known = all(isinstance(value, str | int | float) for value in values)
    if not known or any("\x00" in str(value) for value in values):
        raise CursorInvalid("unreadable cursor")
    return values


def capped_count(rows: QuerySet[Any], cap: int = COUNT_CAP) -> tuple[int, bool]:
    """The number of rows, and whether there are more than it says."""
    count = rows.order_by()[: cap + 1].count()
    return min(count, cap), count > cap
