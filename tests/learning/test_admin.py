"""Courses in Django's admin: for content admins, as strict as a content file, audited."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from learning.content.kinds import CourseKind
from learning.models import Course
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.learning import CourseFactory

pytestmark = pytest.mark.django_db


def change_url(course):
    return reverse("admin:learning_course_change", args=[course.pk])


def posted(course, **changes):
    fields = (
        *("code", "title", "status", "summary", "from_level", "to_level", "hours", "format"),
        *("practice_task", "practice_minutes"),
    )
    lessons = list(course.lessons.all())
    data = {field: getattr(course, field) for field in fields} | {
        "skill": course.skill_id,
        "outcomes": "\n".join(course.outcomes),
        "prerequisites": [needed.pk for needed in course.prerequisites.all()],
        "lessons-TOTAL_FORMS": len(lessons),
        "lessons-INITIAL_FORMS": len(lessons),
    }
    for number, lesson in enumerate(lessons):
        data |= {
            f"lessons-{number}-id": lesson.pk,
            f"lessons-{number}-course": course.pk,
            f"lessons-{number}-place": lesson.position,
            f"lessons-{number}-title": lesson.title,
            f"lessons-{number}-minutes": lesson.minutes,
            f"lessons-{number}-aim": lesson.aim,
        }
    return data | changes


@pytest.fixture
def content_admin(client):
    user = UserFactory(is_content_admin=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize("who", ["candidate", "recruiter", "platform", "anonymous"])
def test_only_content_admins_edit_courses(client, who):
    user = UserFactory(is_platform_admin=who == "platform")
    if who == "recruiter":
        MembershipFactory(user=user)
    if who != "anonymous":
        client.force_login(user)
    course = CourseFactory()
    assert client.get(change_url(course)).status_code in {302, 403, 404}
    client.post(change_url(course), posted(course, title="Taken over"))
    assert not Course.objects.filter(title="Taken over").exists()


def test_change_is_saved_and_audited_and_stays_loadable(client, content_admin):
    course = CourseFactory(title="Before")
    assert client.get(change_url(course)).status_code == 200
    response = client.post(change_url(course), posted(course, title="After"))
    assert response.status_code == 302, response.context["errors"]
    event = AuditEvent.objects.get(subject_type="learning.course")
    assert event.changes == {"title": ["Before", "After"]}
    assert event.actor_id == content_admin.pk
    assert CourseKind().stored()[course.code].title == "After"


def test_lessons_are_reordered_and_numbered_anew(client, content_admin):
    course = CourseFactory()
    changes = {"lessons-0-place": 9, "lessons-2-place": 1}
    client.post(change_url(course), posted(course, **changes))
    lessons = course.lessons.values_list("position", "title").order_by("position")
    assert list(lessons) == [(1, "Lesson 3"), (2, "Lesson 2"), (3, "Lesson 1")]


def test_prerequisites_that_run_in_a_circle_are_refused(client, content_admin):
    basics = CourseFactory(from_level=1)
    course = CourseFactory(skill=basics.skill, after=[basics])
    response = client.post(
        change_url(basics), posted(basics, prerequisites=[course.pk])
    )
    assert response.status_code == 200
    text = response.content.decode()
    assert "These courses would need each other" in text
    assert not basics.prerequisites.exists()


def test_changed_prerequisites_are_audited(client, content_admin):
    basics = CourseFactory(from_level=1)
    course = CourseFactory(skill=basics.skill)
    client.post(change_url(course), posted(course, prerequisites=[basics.pk]))
    event = AuditEvent.objects.get(changes__has_key="prerequisites")
    assert event.changes == {"prerequisites": [[], [basics.code]]}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hours": "3"}, "lessons and practice take 120 minutes"),
        ({"outcomes": "Only one."}, "outcomes"),
        ({"code": "something-else"}, "The code must be"),
        ({"lessons-0-DELETE": "on"}, "lessons"),
        ({"to_level": 2}, "A course leads to a higher level"),
    ],
)
def test_what_no_content_file_could_hold_is_refused(client, content_admin, changes, message):
    course = CourseFactory()
    before = CourseKind().stored()
    response = client.post(change_url(course), posted(course, **changes))
    assert response.status_code == 200
    assert message in str(response.context["errors"])
    assert CourseKind().stored() == before
