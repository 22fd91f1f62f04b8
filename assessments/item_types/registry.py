"""The item types that an item may have, by code."""

from __future__ import annotations

from . import (
    multiple_choice,
    numeric,
    ordering,
    rating,
    single_choice,
    situational,
    typing,
)
from .shape import ItemType

ITEM_TYPES: dict[str, ItemType] = {
    module.CODE: module
    for module in (
        single_choice,
        multiple_choice,
        situational,
        rating,
        ordering,
        numeric,
        typing,
    )
}
