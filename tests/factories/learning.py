"""Courses and enrolments for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import factory

from learning.models import Course, CourseFormat, Enrolment, PlannedLesson
from tests.factories.accounts import UserFactory
from tests.factories.assessments import SkillFactory

BEGUN_AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
FINISHED_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class CourseFactory(factory.django.DjangoModelFactory):
    """A course of one level with three lessons, as strict as a content file asks for."""

    class Meta:
        model = Course
        skip_postgeneration_save = True

    skill = factory.SubFactory(SkillFactory)
    from_level = 2
    to_level = factory.LazyAttribute(lambda course: course.from_level + 1)
    code = factory.LazyAttribute(
        lambda course: f"{course.skill.code}-{course.from_level}-to-{course.to_level}"
    )
    title = factory.Sequence("Course {}".format)
    summary = "You learn one thing."
    hours = 2
    format = CourseFormat.SELF_PACED
    outcomes = factory.LazyFunction(lambda: ["Do one thing.", "Do another.", "Do a third."])
    practice_task = "Do it with a friend."
    practice_minutes = 30

    @factory.post_generation
    def lessons(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        for position in range(1, 4):
            PlannedLesson.objects.create(
                course=self, position=position, title=f"Lesson {position}", minutes=30, aim="Aim."
            )

    @factory.post_generation
    def after(self, create: bool, extracted: list[Course] | None, **kwargs: Any) -> None:
        self.prerequisites.set(extracted or [])


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    class Params:
        finished = factory.Trait(completed_at=FINISHED_AT)

    candidate = factory.SubFactory(UserFactory)
    course = factory.SubFactory(CourseFactory)
    enrolled_at = BEGUN_AT
