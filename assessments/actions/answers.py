"""Storing answers: every one is a small delta, kept once however often it arrives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from assessments.item_types.shape import Answer
from assessments.models import Attempt, AttemptItem, ItemReport, ItemResponse


class Reception(StrEnum):
    """What became of an answer that arrived."""

    SAVED = "saved"
    STALE = "stale"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Receipt:
    """`response` is what is stored now: the answer itself when saved, the other one when stale."""

    reception: Reception
    response: ItemResponse | None


@transaction.atomic(savepoint=False)
def record_answer(
    *,
    attempt_item: AttemptItem,
    answer: Answer | None,
    answer_id: UUID,
    base_revision: int,
    now: datetime,
) -> Receipt:
    """Store `answer` for a question whose attempt is locked by this transaction.

    `answer_id` names this very answer: one that is stored already is reported as saved, and so is
    another that says the same.
    `base_revision` is the revision that the page knew, 0 for none: if another page has changed
    the response since, nothing is stored and the receipt is stale. None takes an answer back.
    """
    attempt = attempt_item.attempt
    stored = getattr(attempt_item, "response", None)
    if stored is not None and (stored.answer_id == answer_id or stored.answer == answer):
        return Receipt(Reception.SAVED, stored)
    if not attempt.is_open or attempt.is_overdue(now):
        return Receipt(Reception.CLOSED, stored)
    if base_revision != (stored.revision if stored else 0):
        return Receipt(Reception.STALE, stored)
    if stored is None and answer is None:
        return Receipt(Reception.SAVED, None)
    response = ItemResponse(
        attempt_item=attempt_item,
        answer=answer,
        revision=base_revision + 1,
        answer_id=answer_id,
        saved_at=now,
    )
    response.save(force_insert=stored is None, force_update=stored is not None)
    return Receipt(Reception.SAVED, response)


@transaction.atomic(savepoint=False)
def move_on(*, attempt: Attempt, to_position: int) -> None:
    """Note that the candidate has reached `to_position`; going back changes nothing."""
    if to_position > attempt.furthest_position:
        attempt.furthest_position = to_position
        # Another tab may have gone further since `attempt` was read.
        Attempt.objects.filter(pk=attempt.pk, furthest_position__lt=to_position).update(
            furthest_position=to_position
        )


@transaction.atomic
def set_flag(*, attempt_item: AttemptItem, flagged: bool) -> None:
    attempt_item.flagged = flagged
    attempt_item.save(update_fields=["flagged"])


@transaction.atomic
def report_item(*, attempt_item: AttemptItem, text: str) -> ItemReport:
    """Record that something is wrong with an item; a second report adds to the open one."""
    report, created = ItemReport.objects.select_for_update().get_or_create(
        attempt_item=attempt_item, state="open", defaults={"text": text}
    )
    if not created and text not in report.text:
        report.text = f"{report.text}\n\n{text}"[:2000]
        report.save(update_fields=["text"])
    return report
