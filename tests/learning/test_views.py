"""Courses: everybody may look, the signed-in take them, and nothing of it touches a score."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.enums import Publication
from assessments.models import SkillEstimate
from careers.actions.readiness import refresh_readiness
from careers.models import RoleReadiness
from core.models import AuditEvent
from learning.models import Enrolment
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, SkillFactory
from tests.factories.careers import make_role, measure
from tests.factories.learning import CourseFactory, EnrolmentFactory

pytestmark = pytest.mark.django_db

CATALOGUE_ANONYMOUS, CATALOGUE_SIGNED_IN = 3, 7
COURSE_ANONYMOUS, COURSE_SIGNED_IN = 5, 9
MINE_QUERIES = 5


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


def page(client, name, *arguments, **query):
    return client.get(reverse(name, args=arguments), query).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_catalogue_costs_the_same_for_any_number(
    client, person, django_assert_num_queries, count
):
    for _ in range(count):
        course = CourseFactory(after=[CourseFactory(from_level=1)])
        EnrolmentFactory(candidate=person, course=course)
    with django_assert_num_queries(CATALOGUE_SIGNED_IN):
        client.get(reverse("learning:catalogue"))
    client.logout()
    with django_assert_num_queries(CATALOGUE_ANONYMOUS):
        client.get(reverse("learning:catalogue"))


@pytest.mark.parametrize("count", [1, 3])
def test_course_costs_the_same_for_any_number(client, person, django_assert_num_queries, count):
    course = CourseFactory(after=[CourseFactory(from_level=1) for _ in range(count)])
    for _ in range(count):
        CourseFactory(after=[course])
    with django_assert_num_queries(COURSE_SIGNED_IN):
        client.get(reverse("learning:course", args=[course.code]))
    client.logout()
    with django_assert_num_queries(COURSE_ANONYMOUS):
        client.get(reverse("learning:course", args=[course.code]))


@pytest.mark.parametrize("count", [1, 3])
def test_own_courses_cost_the_same_for_any_number(
    client, person, django_assert_num_queries, count
):
    for _ in range(count):
        EnrolmentFactory(candidate=person)
        EnrolmentFactory(candidate=person, finished=True)
    with django_assert_num_queries(MINE_QUERIES):
        client.get(reverse("learning:mine"))


def test_filters_narrow_by_skill_and_format_and_stand_as_chips(client):
    listening = SkillFactory(code="listening", name="Active listening")
    CourseFactory(skill=listening, title="Confirm first")
    CourseFactory(skill=listening, from_level=3, title="In a group", format="practice-group")
    CourseFactory(title="Of another skill", format="practice-group")
    text = page(client, "learning:catalogue", skill="listening", format="practice-group")
    shown = [title in text for title in ("Confirm first", "In a group", "Of another skill")]
    assert shown == [False, True, False]
    assert text.count('aria-current="true"') == 2


def test_filter_values_that_do_not_exist_filter_nothing(client):
    CourseFactory(title="Confirm first")
    assert "Confirm first" in page(client, "learning:catalogue", skill="x", format="'--")


def test_no_match_offers_all_courses(client):
    CourseFactory(format="workshop")
    course = CourseFactory(format="self-paced")
    text = page(client, "learning:catalogue", skill=course.skill.code, format="workshop")
    assert "No course like this" in text


def test_anonymous_reader_sees_the_course_and_nobodys_state(client):
    course = EnrolmentFactory(finished=True).course
    text = page(client, "learning:course", course.code)
    assert "Lesson 1" in text
    assert "finished" not in text.split("</header>")[1]
    assert reverse("account_signup") in text


@pytest.mark.parametrize("name", ["mine", "enrol", "complete", "undo", "leave"])
def test_the_anonymous_sign_in_first(client, name):
    course = CourseFactory()
    arguments = [] if name == "mine" else [course.code]
    response = client.post(reverse(f"learning:{name}", args=arguments))
    assert response.url.startswith(reverse("account_login"))
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("name", ["complete", "undo", "leave"])
def test_a_stranger_finds_no_enrolment_to_change(client, person, name):
    enrolment = EnrolmentFactory()
    url = reverse(f"learning:{name}", args=[enrolment.course.code])
    assert client.post(url).status_code == 404
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None


@pytest.mark.parametrize("name", ["enrol", "undo", "leave"])
def test_changes_need_a_post(client, person, name):
    course = EnrolmentFactory(candidate=person).course
    assert client.get(reverse(f"learning:{name}", args=[course.code])).status_code == 405


def test_enrolling_twice_is_once(client, person):
    course = CourseFactory()
    for _ in range(2):
        client.post(reverse("learning:enrol", args=[course.code]))
    assert Enrolment.objects.filter(candidate=person, course=course).count() == 1
    assert AuditEvent.objects.filter(action="course begun").count() == 1


def test_an_unfinished_prerequisite_warns_and_locks_nothing(client, person):
    basics = CourseFactory(from_level=1, title="The basics")
    course = CourseFactory(skill=basics.skill, after=[basics])
    warning = "This course builds on one you haven’t finished"
    assert warning in page(client, "learning:course", course.code)
    client.post(reverse("learning:enrol", args=[course.code]))
    assert Enrolment.objects.filter(candidate=person, course=course).exists()
    EnrolmentFactory(candidate=person, course=basics, finished=True)
    assert warning not in page(client, "learning:course", course.code)


def test_finishing_asks_first_and_says_what_it_does_not_do(client, person):
    assessment = AssessmentFactory()
    enrolment = EnrolmentFactory(
        candidate=person, course=CourseFactory(skill=assessment.skill)
    )
    url = reverse("learning:complete", args=[enrolment.course.code])
    text = client.get(url).content.decode()
    assert "Finishing a course never raises a score by itself; only measurement does." in text
    assert reverse("assessments:detail", args=[assessment.code]) in text
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None


def test_finishing_twice_and_taking_it_back(client, person):
    enrolment = EnrolmentFactory(candidate=person)
    code = enrolment.course.code
    for _ in range(2):
        client.post(reverse("learning:complete", args=[code]))
    enrolment.refresh_from_db()
    assert enrolment.completed_at is not None
    client.post(reverse("learning:undo", args=[code]))
    enrolment.refresh_from_db()
    assert enrolment.completed_at is None
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["course finished", "course finish undone"]


def test_finishing_a_course_changes_no_estimate_and_no_readiness(client, person):
    course = CourseFactory()
    make_role([course.skill])
    measure(person, course.skill, -0.5)
    refresh_readiness(candidate=person, now=timezone.now())
    before = [list(rows.values()) for rows in (SkillEstimate.objects, RoleReadiness.objects)]
    EnrolmentFactory(candidate=person, course=course)
    client.post(reverse("learning:complete", args=[course.code]))
    after = [list(rows.values()) for rows in (SkillEstimate.objects, RoleReadiness.objects)]
    assert after == before


def test_leaving_needs_the_mark_to_be_taken_back(client, person):
    enrolment = EnrolmentFactory(candidate=person, finished=True)
    leave = reverse("learning:leave", args=[enrolment.course.code])
    assert "Take the mark back first" in client.post(leave, follow=True).content.decode()
    client.post(reverse("learning:undo", args=[enrolment.course.code]))
    client.post(leave)
    assert not Enrolment.objects.exists()


@pytest.mark.parametrize("status", [Publication.DRAFT, Publication.RETIRED])
def test_a_course_not_on_offer_is_open_to_whoever_takes_it(client, person, status):
    course = CourseFactory(status=status)
    url = reverse("learning:course", args=[course.code])
    assert client.get(url).status_code == 404
    assert client.post(reverse("learning:enrol", args=[course.code])).status_code == 404
    EnrolmentFactory(candidate=person, course=course)
    assert client.get(url).status_code == 200


def test_own_courses_are_the_readers_own(client, person):
    EnrolmentFactory(course__title="Somebody else’s")
    EnrolmentFactory(candidate=person, course__title="Mine to take")
    EnrolmentFactory(candidate=person, course__title="Mine and done", finished=True)
    text = page(client, "learning:mine")
    shown = [title in text for title in ("Somebody else’s", "Mine to take", "Mine and done")]
    assert shown == [False, True, True]


def test_without_courses_the_page_says_where_to_begin(client, person):
    assert reverse("careers:career_map") in page(client, "learning:mine")


def test_somebody_elses_enrolment_is_not_the_readers(client, person):
    course = EnrolmentFactory(finished=True).course
    for text in (page(client, "learning:course", course.code), page(client, "learning:catalogue")):
        assert "finished" not in text.split("</header>")[1]
