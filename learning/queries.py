"""Reads for the pages about courses."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import User
from assessments.enums import Publication
from assessments.models import Assessment, Skill
from learning.models import Course, Enrolment


@dataclass(frozen=True, slots=True)
class CourseEntry:
    """A course with where the reader stands; `missing` are prerequisites not finished."""

    course: Course
    enrolment: Enrolment | None = None
    missing: tuple[Course, ...] = ()

    @property
    def is_enrolled(self) -> bool:
        return self.enrolment is not None

    @property
    def is_finished(self) -> bool:
        return self.enrolment is not None and self.enrolment.completed_at is not None


def own_enrolments(candidate: User | None) -> dict[int, Enrolment]:
    """The reader's enrolments by course id."""
    if candidate is None:
        return {}
    return {row.course_id: row for row in Enrolment.objects.filter(candidate=candidate)}


def _entry(course: Course, enrolments: dict[int, Enrolment]) -> CourseEntry:
    missing = tuple(
        needed
        for needed in course.prerequisites.all()
        if needed.pk not in enrolments or enrolments[needed.pk].completed_at is None
    )
    return CourseEntry(course, enrolments.get(course.pk), missing)


def active_courses() -> QuerySet[Course]:
    return Course.objects.filter(status=Publication.ACTIVE)


def course_catalogue(
    candidate: User | None, *, skill: str = "", course_format: str = ""
) -> list[tuple[Skill, list[CourseEntry]]]:
    """Courses on offer by skill: two queries, three for a signed-in reader."""
    courses = active_courses().select_related("skill").prefetch_related("prerequisites")
    if skill:
        courses = courses.filter(skill__code=skill)
    if course_format:
        courses = courses.filter(format=course_format)
    enrolments = own_enrolments(candidate)
    entries = [_entry(course, enrolments) for course in courses]
    return [
        (taught, list(rows)) for taught, rows in groupby(entries, key=lambda row: row.course.skill)
    ]


def taught_skills() -> list[tuple[str, str]]:
    """Code and name of the skills that a course on offer teaches."""
    return list(
        Skill.objects.filter(courses__status=Publication.ACTIVE)
        .distinct()
        .order_by("position", "code")
        .values_list("code", "name")
    )


@dataclass(frozen=True, slots=True)
class CoursePage:
    entry: CourseEntry
    prerequisites: list[CourseEntry]
    opens: list[Course]
    assessment: Assessment | None

    @property
    def lesson_minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.entry.course.lessons.all())


def course_page(code: str, candidate: User | None) -> CoursePage:
    """Raises Course.DoesNotExist; whether the reader may open it is for `rules` to say."""
    course = (
        Course.objects.select_related("skill")
        .prefetch_related(
            "lessons",
            "prerequisites",
            Prefetch("opens", active_courses()),
            Prefetch(
                "skill__assessments", Assessment.objects.filter(status=Publication.ACTIVE)
            ),
        )
        .get(code=code)
    )
    enrolments = own_enrolments(candidate)
    return CoursePage(
        entry=_entry(course, enrolments),
        prerequisites=[
            CourseEntry(needed, enrolments.get(needed.pk)) for needed in course.prerequisites.all()
        ],
        opens=list(course.opens.all()),
        assessment=next(iter(course.skill.assessments.all()), None),
    )


def own_enrolment(candidate: User, code: str) -> Enrolment:
    """Raises Enrolment.DoesNotExist for a course that the candidate doesn't take."""
    return Enrolment.objects.select_related("course__skill").get(
        candidate=candidate, course__code=code
    )


def openable_course(candidate: User, code: str) -> Course:
    """A course on offer or the candidate's own. Raises Course.DoesNotExist."""
    return Course.objects.filter(
        Q(status=Publication.ACTIVE) | Q(enrolments__candidate=candidate)
    ).distinct().get(code=code)


@dataclass(frozen=True, slots=True)
class OwnCourses:
    current: list[CourseEntry]
    finished: list[CourseEntry]


def own_courses(candidate: User) -> OwnCourses:
    """The courses that the candidate takes and took: two queries."""
    rows = list(
        Enrolment.objects.filter(candidate=candidate)
        .select_related("course__skill")
        .prefetch_related("course__prerequisites")
        .order_by("-enrolled_at", "-pk")
    )
    enrolments = {row.course_id: row for row in rows}
    entries = [_entry(row.course, enrolments) for row in rows]
    return OwnCourses(
        current=[entry for entry in entries if not entry.is_finished],
        finished=[entry for entry in entries if entry.is_finished],
    )
