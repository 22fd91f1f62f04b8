"""What a course looks like in a content file. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessments.content.schema import Code, Level, Text
from core.content.documents import ContentModel

SHORTEST_HOURS, LONGEST_HOURS, HOURS_STEP = 1.5, 6.0, 0.5


class LessonContent(ContentModel):
    """One idea, taught in text with exercises."""

    title: Text
    minutes: Annotated[int, Field(ge=20, le=40)]
    aim: Text


class PracticeContent(ContentModel):
    """What the learner does between and after the lessons."""

    minutes: Annotated[int, Field(ge=0, le=300)]
    task: Text


class CourseContent(ContentModel):
    """Teaches one step of one skill: from a level to the next."""

    code: Code
    title: Text
    from_level: Level
    to_level: Level
    hours: Annotated[float, Field(ge=SHORTEST_HOURS, le=LONGEST_HOURS, multiple_of=HOURS_STEP)]
    format: Literal["self-paced", "workshop", "practice-group"]
    prerequisites: list[Code] = []
    summary: Text
    outcomes: Annotated[list[Text], Field(min_length=3, max_length=3)]
    lessons: Annotated[list[LessonContent], Field(min_length=3, max_length=5)]
    practice: PracticeContent

    @model_validator(mode="after")
    def _is_one_step(self) -> Self:
        if self.to_level != self.from_level + 1:
            raise ValueError("a course leads from one level to the next")
        if self.code in self.prerequisites:
            raise ValueError("a course can't be its own prerequisite")
        return self

    @model_validator(mode="after")
    def _hours_are_what_it_takes(self) -> Self:
        minutes = sum(lesson.minutes for lesson in self.lessons) + self.practice.minutes
        if minutes != self.hours * 60:
            raise ValueError(f"lessons and practice take {minutes} minutes, not {self.hours} hours")
        return self


class CoursesFile(ContentModel):
    """`courses/<skill>.yaml`"""

    skill: Code
    courses: Annotated[list[CourseContent], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_name_skill_and_step(self) -> Self:
        for course in self.courses:
            expected = f"{self.skill}-{course.from_level}-to-{course.to_level}"
            if course.code != expected:
                raise ValueError(f"{course.code} must be called {expected}")
        codes = [course.code for course in self.courses]
        if len(set(codes)) != len(codes):
            raise ValueError("two courses teach the same step")
        return self


def prerequisite_problems(courses: Iterable[CourseContent]) -> list[str]:
    """Prerequisites that don't exist, and courses that in the end require themselves."""
    needs = {course.code: course.prerequisites for course in courses}
    problems = [
        f"{code} requires {needed}, which doesn't exist"
        for code, prerequisites in needs.items()
        for needed in prerequisites
        if needed not in needs
    ]
    return problems + [
        f"{code} requires itself" for code in needs if code in _required(code, needs)
    ]


def _required(start: str, needs: dict[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(needs[start])
    while waiting:
        code = waiting.pop()
        if code not in seen:
            seen.add(code)
            waiting += needs.get(code, [])
    return seen
