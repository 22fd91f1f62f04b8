"""What the candidate's browser may know of a question: no key, rationale or parameter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import cached_property

from assessments.item_types.rating import SCALE
from assessments.models import AttemptItem, ItemVersion

SHOWN_SETTINGS = ("unit", "decimals", "passage")


@dataclass(frozen=True)
class ShownOption:
    code: str
    text: str


@dataclass(frozen=True)
class ShownItem:
    """An item version as a page shows it, with its options in the order that was drawn."""

    item_type: str
    stem: str
    exhibit: dict[str, str] | None
    image_url: str | None
    image_text: str
    options: list[ShownOption]
    settings: dict[str, Any]
    answer: dict[str, Any] = field(default_factory=dict)

    @property
    def template(self) -> str:
        return f"assessments/item_types/{self.item_type}.html"

    @property
    def rating_scale(self) -> tuple[int, ...]:
        return SCALE

    @cached_property
    def options_as_ordered(self) -> list[ShownOption]:
        """Options in the order that the candidate gave them, else in the drawn one."""
        place = {code: row for row, code in enumerate(self.answer.get("order", ()))}
        return sorted(self.options, key=lambda option: place.get(option.code, len(place)))


def shown_item(
    version: ItemVersion, option_order: list[str], answer: dict[str, Any] | None = None
) -> ShownItem:
    texts = {option["code"]: option["text"] for option in version.options}
    return ShownItem(
        item_type=version.item.item_type,
        stem=version.stem,
        exhibit=version.exhibit,
        image_url=version.image.url if version.image else None,
        image_text=version.image_text,
        options=[ShownOption(code, texts[code]) for code in option_order],
        settings={
            name: version.settings[name] for name in SHOWN_SETTINGS if name in version.settings
        },
        answer=answer or {},
    )


@dataclass(frozen=True)
class ShownQuestion:
    """One question of an attempt; `revision` is 0 while nothing is stored."""

    position: int
    revision: int
    flagged: bool
    item: ShownItem

    @property
    def is_answered(self) -> bool:
        return bool(self.item.answer)


def shown_question(attempt_item: AttemptItem) -> ShownQuestion:
    response = getattr(attempt_item, "response", None)
    return ShownQuestion(
        position=attempt_item.position,
        revision=response.revision if response else 0,
        flagged=attempt_item.flagged,
        item=shown_item(
            attempt_item.item_version,
            attempt_item.option_order,
            response.answer if response else None,
        ),
    )
