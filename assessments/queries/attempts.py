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

    The question is read by a statement of its own: one that had to wait for the lock would still
    see the response as it was before the wait, and overwrite what another tab has stored.
    Raises Attempt.DoesNotExist or AttemptItem.DoesNotExist.
    """
    attempt = Attempt.objects.select_for_update(no_key=True).get(pk=attempt_id, candidate=candidate)
    question = AttemptItem.objects.select_related("item_version__item", "response").get(
        attempt=attempt, position=position
    )
    question.attempt = attempt
    return question


def questions(attempt: Attempt, positions: Iterable[int]) -> list[AttemptItem]:
    """The questions at these positions with their answers; positions past the end are ignored."""
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
