"""The one next step."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.actions.readiness import refresh_readiness
from careers.queries.home import next_step
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, begin, make_bank, make_candidate
from tests.factories.careers import make_role, measure, skills_of
from tests.factories.learning import CourseFactory

pytestmark = pytest.mark.django_db


def measured(role, theta):
    person = UserFactory()
    for skill in skills_of(role):
        measure(person, skill, theta)
    refresh_readiness(candidate=person, now=timezone.now())
    return person


def test_an_open_attempt_goes_first_with_the_minutes_left():
    assessment = AssessmentFactory(name="Listening", time_limit_seconds=1200)
    make_bank(assessment.skill, 10)
    now = timezone.now()
    attempt = begin(make_candidate(), assessment, now=now)
    step = next_step(attempt.candidate, now + timedelta(seconds=30), attempt)
    assert step.title == "Go on with Listening"
    assert step.url == reverse("assessments:attempt", args=[attempt.pk])
    assert step.minutes == 20


def test_an_attempt_whose_time_is_up_is_no_next_step():
    assessment = AssessmentFactory(time_limit_seconds=1200)
    make_bank(assessment.skill, 10)
    now = timezone.now()
    attempt = begin(make_candidate(), assessment, now=now - timedelta(hours=1))
    assert next_step(attempt.candidate, now, attempt).url == reverse("assessments:catalogue")


def test_with_nothing_measured_it_is_the_first_assessment():
    assert next_step(UserFactory(), timezone.now()).title == "Take your first assessment"


def test_missing_evidence_is_measured():
    role = make_role(2)
    measured_skill, other = skills_of(role)
    assessment = AssessmentFactory(skill=other)
    make_bank(other, 10)
    person = UserFactory()
    measure(person, measured_skill, 1.0)
    refresh_readiness(candidate=person, now=timezone.now())
    step = next_step(person, timezone.now())
    assert step.url == reverse("assessments:detail", args=[assessment.code])
    assert step.minutes == assessment.stated_minutes


def test_a_gap_is_studied():
    role = make_role(1)
    course = CourseFactory(skill=skills_of(role)[0], from_level=1, hours=2)
    middle = CourseFactory(skill=skills_of(role)[0], from_level=2, hours=2)
    step = next_step(measured(role, -1.5), timezone.now())
    assert step.url == reverse("learning:course", args=[course.code])
    assert step.minutes == 120
    assert middle.title not in step.title


def test_the_ready_are_told_so():
    role = make_role(3, title="Agent")
    step = next_step(measured(role, 1.5), timezone.now())
    assert step.title == "You are ready for: Agent"
    assert step.url == reverse("careers:role", args=[role.code])
