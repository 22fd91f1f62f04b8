"""Recommended courses."""

import pytest
from django.utils import timezone

from assessments.enums import Publication
from careers.queries.role import role_page
from tests.factories.accounts import UserFactory
from tests.factories.assessments import SkillFactory
from tests.factories.careers import make_role, measure
from tests.factories.learning import CourseFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def skill():
    return SkillFactory(name="Active listening")


def plan(person, skill, level=4):
    role = make_role([skill], level=level)
    return role_page(role.code, person, timezone.now()).standing.plan


def test_courses_come_in_order_with_the_gap_each_closes(person, skill):
    lower = CourseFactory(skill=skill, from_level=2, hours=2)
    CourseFactory(skill=skill, from_level=3, hours="3.5", after=[lower])
    measure(person, skill, -0.5)
    found = plan(person, skill)
    assert [row.course.from_level for row in found.courses] == [2, 3]
    assert {row.reason for row in found.courses} == {
        "Towards Active listening from level 2 to level 4"
    }
    assert found.hours == 5.5


def test_nothing_is_planned_for_what_is_not_measured(person, skill):
    CourseFactory(skill=skill, from_level=2)
    found = plan(person, skill, level=3)
    assert (found.courses, found.unclosable) == ([], [])


def test_a_finished_course_is_not_recommended_again(person, skill):
    course = CourseFactory(skill=skill, from_level=2)
    EnrolmentFactory(candidate=person, course=course, finished=True)
    measure(person, skill, -0.5)
    found = plan(person, skill, level=3)
    assert found.courses == []
    assert found.unclosable == [
        "Active listening, level 3: you finished the course for it. Only a new measurement shows "
        "whether the gap is closed."
    ]


def test_a_gap_that_no_course_closes_is_said_plainly(person, skill):
    CourseFactory(skill=skill, from_level=2, status=Publication.DRAFT)
    measure(person, skill, -0.5)
    found = plan(person, skill, level=3)
    assert found.courses == []
    assert found.unclosable[0].startswith("Active listening, level 3: no course here leads there")


def test_a_prerequisite_of_another_skill_gives_the_course_that_needs_it_as_its_reason(
    person, skill
):
    basics = CourseFactory(from_level=1)
    CourseFactory(skill=skill, from_level=2, title="Confirm", after=[basics])
    measure(person, skill, -0.5)
    found = plan(person, skill, level=3)
    assert found.courses[0].course == basics
    assert found.courses[0].reason == "It comes first because Confirm builds on it"


def test_nobody_is_sent_back_to_what_is_measured_already(person, skill):
    basics = CourseFactory(from_level=1)
    CourseFactory(skill=skill, from_level=2, after=[basics])
    measure(person, skill, -0.5)
    measure(person, basics.skill, 0.5)
    assert [row.course.skill for row in plan(person, skill, level=3).courses] == [skill]
