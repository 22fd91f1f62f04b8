"""The cost of a step in SQL statements, session and user included, and that lists stay constant."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.models import Battery, BatteryStep
from tests.factories.assessments import (
    AssessmentFactory,
    begin,
    give,
    make_bank,
    make_item,
    take,
)

JSON = {"HTTP_ACCEPT": "application/json"}


def statements(captured):
    """SQL statements without transaction control, which sends no work to the tables."""
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [row["sql"] for row in captured if not row["sql"].startswith(control)]


@pytest.fixture
def count(candidate_client):
    """Calls a page and returns the number of its statements."""

    def call(method, name, *arguments, body=None):
        address = reverse(f"assessments:{name}", args=arguments)
        with CaptureQueriesContext(connection) as captured:
            response = getattr(candidate_client, method)(address, body or {}, **JSON)
        assert response.status_code in {200, 302}
        return len(statements(captured.captured_queries))

    return call


@pytest.fixture
def full_length(candidate):
    """An assessment of the length that the starter content has."""
    assessment = AssessmentFactory(blueprint=[{"count": 16}])
    make_bank(assessment.skill, 24, "situational")
    return assessment


def answer(choice="a", revision=0, held="1,2,3"):
    return {
        "most": choice,
        "least": "d",
        "answer_id": str(uuid4()),
        "revision": revision,
        "held": held,
    }


START, SAVE, NEXT, CHANGE, SUBMIT, QUESTION, RESULT = 14, 5, 7, 5, 20, 5, 10


def test_a_start_costs_so_many_statements(count, full_length):
    assert count("post", "start", full_length.code) == START <= 20


def test_a_save_costs_so_many_statements(count, candidate, full_length):
    attempt = begin(candidate, full_length, now=timezone.now())

    assert count("post", "save", attempt.pk, 1, body=answer()) == SAVE
    assert count("post", "save", attempt.pk, 1, body=answer("b", 1)) == CHANGE


def test_save_and_next_costs_so_many_statements(count, candidate, full_length):
    attempt = begin(candidate, full_length, now=timezone.now())

    for position in (1, 2, 3):
        held = f"{position},{position + 1},{position + 2}"
        body = answer(held=held)
        assert count("post", "save_and_next", attempt.pk, position, body=body) == NEXT <= 8


def test_a_submit_costs_so_many_statements(count, candidate, full_length):
    attempt = begin(candidate, full_length, now=timezone.now())
    for position in range(1, 17):
        give(attempt, position, {"most": "b", "least": "a"}, now=timezone.now())

    assert count("post", "submit", attempt.pk) == SUBMIT <= 25


def test_question_and_result_pages_cost_so_many_statements(count, candidate, full_length):
    attempt = begin(candidate, full_length, now=timezone.now())
    assert count("get", "question", attempt.pk, 1) == QUESTION
    count("post", "submit", attempt.pk)
    assert count("get", "result", attempt.pk) == RESULT


@pytest.mark.parametrize("rows", [1, 3])
def test_the_catalogue_is_constant(
    candidate_client, candidate, rows, django_assert_num_queries
):
    for _ in range(rows):
        assessment = AssessmentFactory()
        make_bank(assessment.skill, 4)
        take(candidate, assessment, now=timezone.now())
        Battery.objects.create(code=assessment.code, name=assessment.name, summary="One.")

    with django_assert_num_queries(6):
        candidate_client.get(reverse("assessments:catalogue"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_battery_is_constant(candidate_client, candidate, rows, django_assert_num_queries):
    battery = Battery.objects.create(code="agent", name="Agent check", summary="In order.")
    for position in range(rows):
        assessment = AssessmentFactory()
        make_bank(assessment.skill, 4)
        take(candidate, assessment, now=timezone.now())
        BatteryStep.objects.create(battery=battery, assessment=assessment, position=position)

    with django_assert_num_queries(9):
        candidate_client.get(reverse("assessments:battery", args=["agent"]))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_skill_profile_is_constant(
    candidate_client, candidate, rows, django_assert_num_queries
):
    for _ in range(rows):
        assessment = AssessmentFactory()
        make_bank(assessment.skill, 4)
        take(candidate, assessment, now=timezone.now())

    with django_assert_num_queries(7):
        candidate_client.get(reverse("assessments:skill_profile"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_skill_page_is_constant(candidate_client, rows, django_assert_num_queries):
    assessment = AssessmentFactory()
    for number in range(rows - 1):
        AssessmentFactory(skill=assessment.skill, code=f"other-{number}")

    with django_assert_num_queries(7):
        candidate_client.get(reverse("assessments:skill", args=[assessment.skill.code]))


@pytest.mark.parametrize("rows", [1, 3])
def test_practice_is_constant(client, db, rows, django_assert_num_queries):
    assessment = AssessmentFactory()
    for _ in range(rows):
        make_item(assessment.skill, use="practice")

    with django_assert_num_queries(1):
        client.get(reverse("assessments:practice", args=[assessment.code]))


@pytest.mark.parametrize("rows", [4, 12])
def test_the_review_is_constant(candidate_client, candidate, rows, django_assert_num_queries):
    assessment = AssessmentFactory(blueprint=[{"count": rows}])
    make_bank(assessment.skill, rows)
    attempt = begin(candidate, assessment, now=timezone.now())

    with django_assert_num_queries(5):
        candidate_client.get(reverse("assessments:review", args=[attempt.pk]))
