"""Who may do what with a course, as small predicates."""

from __future__ import annotations

from assessments.enums import Publication
from learning.models import Course, Enrolment


def is_on_offer(course: Course) -> bool:
    return course.status == Publication.ACTIVE


def may_open(course: Course, enrolment: Enrolment | None) -> bool:
    """A course that was withdrawn stays open to whoever takes it or took it."""
    return is_on_offer(course) or enrolment is not None


def may_leave(enrolment: Enrolment) -> bool:
    """A finished course stays on record; whoever wants to leave it takes the mark back first."""
    return enrolment.completed_at is None
