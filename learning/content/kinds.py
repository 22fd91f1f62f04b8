"""How courses are read from files, stored and written back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from graphlib import TopologicalSorter
from itertools import groupby
from pathlib import Path

from django.db import transaction

from assessments.content.kinds import existing_skill
from assessments.content.schema import Code
from core.content.documents import ContentInvalid, read_document, write_document
from core.content.loading import Record, ReferenceInvalid, plain_data
from learning.content.schema import (
    CourseContent,
    CoursesFile,
    LessonContent,
    PracticeContent,
    prerequisite_problems,
)
from learning.models import Course, PlannedLesson

SAME_IN_FILE_AND_MODEL = (
    *("code", "title", "from_level", "to_level", "format", "summary", "outcomes"),
)


class CourseRecord(CourseContent):
    skill: Code


class CourseKind:
    """Courses; prerequisites are linked once all of a file's courses exist."""

    name = "course"

    def read(self, folder: Path) -> list[Record]:
        records = []
        for path in sorted((folder / "courses").glob("*.yaml")):
            document = read_document(path, f"courses/{path.name}")
            file = document.parse(CoursesFile)
            records += [
                Record(
                    course.code,
                    CourseRecord(
                        **course.model_dump(exclude={"prerequisites"}),
                        prerequisites=sorted(course.prerequisites),
                        skill=file.skill,
                    ),
                    document,
                    ("courses", row),
                )
                for row, course in enumerate(file.courses)
            ]
        problems = prerequisite_problems([record.content for record in records])
        if problems:
            raise ContentInvalid([records[0].document.problem((), text) for text in problems])
        return _prerequisites_first(records)

    def stored(self) -> Mapping[str, CourseRecord]:
        courses = Course.objects.select_related("skill").prefetch_related(
            "lessons", "prerequisites"
        )
        return {
            course.code: CourseRecord(
                **{field: getattr(course, field) for field in SAME_IN_FILE_AND_MODEL},
                hours=float(course.hours),
                prerequisites=sorted(needed.code for needed in course.prerequisites.all()),
                lessons=[
                    LessonContent(title=lesson.title, minutes=lesson.minutes, aim=lesson.aim)
                    for lesson in course.lessons.all()
                ],
                practice=PracticeContent(
                    minutes=course.practice_minutes, task=course.practice_task
                ),
                skill=course.skill.code,
            )
            for course in courses
        }

    @transaction.atomic
    def save(self, content: CourseRecord) -> None:
        fields = {field: getattr(content, field) for field in SAME_IN_FILE_AND_MODEL}
        fields |= {
            "skill": existing_skill(content.skill),
            "hours": Decimal(str(content.hours)),
            "practice_minutes": content.practice.minutes,
            "practice_task": content.practice.task,
        }
        course, _ = Course.objects.update_or_create(code=content.code, defaults=fields)
        needed = Course.objects.filter(code__in=content.prerequisites)
        if len(needed) != len(content.prerequisites):
            raise ReferenceInvalid("prerequisites", "a course it builds on doesn't exist")
        course.prerequisites.set(needed)
        course.lessons.all().delete()
        PlannedLesson.objects.bulk_create(
            PlannedLesson(course=course, position=position, **lesson.model_dump())
            for position, lesson in enumerate(content.lessons, start=1)
        )

    def write(self, folder: Path, contents: Iterable[CourseRecord]) -> None:
        by_skill = sorted(contents, key=lambda course: (course.skill, course.from_level))
        for skill, courses in groupby(by_skill, key=lambda course: course.skill):
            rows = [
                plain_data(CourseContent(**course.model_dump(exclude={"skill"})))
                for course in courses
            ]
            write_document(folder / "courses" / f"{skill}.yaml", {"skill": skill, "courses": rows})


def _prerequisites_first(records: list[Record]) -> list[Record]:
    by_code = {record.code: record for record in records}
    order = TopologicalSorter({code: row.content.prerequisites for code, row in by_code.items()})
    return [by_code[code] for code in order.static_order()]


KINDS = (CourseKind(),)
