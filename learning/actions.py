"""Taking a course. Finishing one never touches a score: only measurement does."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core import audit
from learning import rules
from learning.models import Course, Enrolment


class CourseFinished(Exception):
    """A finished course can't be left."""


@transaction.atomic
def enrol(*, candidate: User, course: Course, now: datetime) -> Enrolment:
    """Begin a course; beginning it twice changes nothing."""
    enrolment, created = Enrolment.objects.get_or_create(
        candidate=candidate, course=course, defaults={"enrolled_at": now}
    )
    if created:
        audit.record(
            actor=candidate,
            action="course begun",
            subject=enrolment,
            changes={"course": course.code},
        )
    return enrolment


@transaction.atomic
def complete_course(*, enrolment: Enrolment, now: datetime) -> None:
    """Mark as finished; a second mark changes nothing."""
    _set_completed(enrolment, "course finished", now)


@transaction.atomic
def undo_completion(*, enrolment: Enrolment) -> None:
    _set_completed(enrolment, "course finish undone", None)


def _set_completed(enrolment: Enrolment, action: str, completed_at: datetime | None) -> None:
    stored = _locked(enrolment)
    if (stored.completed_at is None) == (completed_at is None):
        return
    before, stored.completed_at = stored.completed_at, completed_at
    stored.save(update_fields=["completed_at"])
    changes = audit.differences({"completed_at": before}, {"completed_at": completed_at})
    audit.record(actor=stored.candidate, action=action, subject=stored, changes=changes)


@transaction.atomic
def leave_course(*, enrolment: Enrolment) -> None:
    """Raises CourseFinished."""
    stored = _locked(enrolment)
    if not rules.may_leave(stored):
        raise CourseFinished
    audit.record(
        actor=stored.candidate,
        action="course left",
        subject=stored,
        changes={"course": stored.course.code},
    )
    stored.delete()


def _locked(enrolment: Enrolment) -> Enrolment:
    return (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("candidate", "course")
        .get(pk=enrolment.pk)
    )
