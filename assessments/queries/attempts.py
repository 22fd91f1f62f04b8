"""Reads for the pages of one attempt. All of them find a candidate's own attempt or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from accounts.models import User
from assessments.enums import OPEN_STATES
from assessments.models import Attempt, AttemptItem
from assessments.psychometrics import timing

QUESTIONS_AHEAD = 2
"""How many questions a page holds beyond its own, so that a cut network stops nobody."""


def own_attempt(candidate: User, attempt_id: UUID) -> Attempt:
    """Raises Attempt.DoesNotExist for anybody else's."""
    return Attempt.objects.select_related("assessment__skill", "candidate").get(
        pk=attempt_id, candidate=candidate
    )


def open_attempt(candidate: User) -> Attempt | None:
    """The attempt that the candidate began last and hasn't ended."""
    return (
        Attempt.objects.filter(candidate=candidate, state__in=OPEN_STATES)
        .select_related("assessment")
        .order_by("-started_at")
        .first()
    )


def locked_question(candidate: User, attempt_id: UUID, position: int) -> AttemptItem:
    """One question of the candidate's own attempt, with the attempt locked until the commit.

    Raises AttemptItem.DoesNotExist.
    """
    return (
        AttemptItem.objects.select_for_update(of=("attempt",), no_key=True)
        .select_related("attempt", "item_version__item", "response")
        .get(attempt=attempt_id, attempt__candidate=candidate, position=position)
    )


def questions(attempt: Attempt, positions: Iterable[int]) -> list[AttemptItem]:
    """The questions at these positions, with what was answered; positions beyond the end don't count."""
    return list(
        AttemptItem.objects.filter(attempt=attempt, position__in=list(positions))
        .select_related("item_version__item", "response")
        .order_by("position")
    )


def all_questions(attempt: Attempt) -> list[AttemptItem]:
    return list(
        AttemptItem.objects.filter(attempt=attempt)
        .select_related("item_version__item", "response")
        .order_by("position")
    )


def seconds_left(attempt: Attempt, now: datetime) -> int | None:
    """Whole seconds until the deadline, None when untimed."""
    left: timedelta | None = timing.remaining(
        now,
        attempt.started_at,
        limit=attempt.time_limit,
        extra=attempt.extra_time,
        paused=attempt.paused,
        credited=attempt.credited,
        paused_since=attempt.paused_since,
    )
    return None if left is None else int(left.total_seconds())
