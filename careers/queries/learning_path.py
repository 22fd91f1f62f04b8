"""The courses that lead a candidate to a role, in order and with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from assessments.enums import Publication
from careers import sentences
from careers.matching.gaps import Gap
from careers.matching.path_planning import CourseOption, LearningPath, plan_path
from careers.matching.profile import SkillEvidence
from learning.models import Course, Enrolment


@dataclass(frozen=True, slots=True)
class PlannedCourse:
    course: Course
    reason: str
    is_enrolled: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Courses in the order in which to take them; `unclosable` says which gaps none closes."""

    courses: list[PlannedCourse]
    unclosable: list[str]

    @property
    def hours(self) -> float:
        return sum(float(planned.course.hours) for planned in self.courses)


def course_plan(
    candidate: User,
    gaps: Sequence[Gap],
    evidence: Mapping[str, SkillEvidence],
    names: Mapping[str, str],
) -> Plan:
    """The shortest way over the gaps: three queries. `names` are the skills' names by code.

    A course of a skill that is measured at the level it leads to opens what builds on it, as a
    finished one does: nobody is sent back to what they can do already.
    """
    enrolments = dict(
        Enrolment.objects.filter(candidate=candidate).values_list("course_id", "completed_at")
    )
    finished = {course for course, completed_at in enrolments.items() if completed_at}
    courses = {
        course.code: course
        for course in Course.objects.filter(Q(status=Publication.ACTIVE) | Q(pk__in=finished))
        .select_related("skill")
        .prefetch_related("prerequisites")
    }
    done = {course.code for course in courses.values() if course.pk in finished}
    levels = {code: found.level for code, found in evidence.items() if found.measured}
    mastered = {
        course.code
        for course in courses.values()
        if course.to_level <= levels.get(course.skill.code, 0)
    }
    path = plan_path(
        [_option(course) for course in courses.values()],
        levels,
        {gap.requirement.skill: gap.to_level for gap in gaps},
        done | mastered,
    )
    return Plan(
        courses=[
            PlannedCourse(
                courses[planned.course.code],
                _reason(planned.course, path, courses, names),
                courses[planned.course.code].pk in enrolments,
            )
            for planned in path.courses
        ],
        unclosable=[
            sentences.unclosable_words(
                names[gap.skill],
                gap.to_level,
                course_finished=any(
                    courses[code].skill.code == gap.skill
                    and courses[code].to_level >= gap.to_level
                    for code in done
                ),
            )
            for gap in path.unclosable
        ],
    )


def _option(course: Course) -> CourseOption:
    return CourseOption(
        code=course.code,
        skill=course.skill.code,
        from_level=course.from_level,
        to_level=course.to_level,
        hours=float(course.hours),
        prerequisites=frozenset(needed.code for needed in course.prerequisites.all()),
    )


def _reason(
    option: CourseOption,
    path: LearningPath,
    courses: Mapping[str, Course],
    names: Mapping[str, str],
) -> str:
    """The gap that a course closes; for one of another skill, the courses that build on it."""
    planned = next(row for row in path.courses if row.course == option)
    closes = planned.closes
    if option.skill != closes.skill:
        return sentences.opens_words(courses[code].title for code in planned.opens)
    return sentences.closes_words(names[closes.skill], closes.from_level, closes.to_level)
