"""Who reaches which page: owner, stranger, staff of an employer, admins, nobody."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Employer, Membership, MembershipRole
from assessments.models import ItemResponse
from tests.factories.assessments import (
    AssessmentFactory,
    begin,
    make_bank,
    make_candidate,
    make_item,
)

OWN_PAGES = [
    ("get", "attempt", []),
    ("get", "status", []),
    ("get", "review", []),
    ("get", "result", []),
    ("get", "question", [1]),
    ("post", "submit", []),
    ("post", "save", [1]),
    ("post", "save_and_next", [1]),
    ("post", "flag", [1]),
    ("post", "report", [1]),
]


def stranger():
    return make_candidate("Somebody else")


def recruiter():
    person = make_candidate("Recruiter")
    employer = Employer.objects.create(name="Employer", slug=f"employer-{uuid4().hex[:8]}")
    Membership.objects.create(user=person, employer=employer, role=MembershipRole.MANAGER)
    return person


def content_admin():
    person = make_candidate("Content admin")
    person.is_content_admin = True
    person.save()
    return person


def platform_admin():
    person = make_candidate("Platform admin")
    person.is_platform_admin = True
    person.save()
    return person


def call(client, method, name, arguments):
    body = {"choice": "a", "answer_id": str(uuid4()), "revision": "0", "text": "Wrong."}
    address = reverse(f"assessments:{name}", args=arguments)
    return client.post(address, body) if method == "post" else client.get(address)


@pytest.mark.parametrize(("method", "name", "arguments"), OWN_PAGES)
def test_the_owner_reaches_every_page_of_the_attempt(
    candidate_client, attempt, method, name, arguments
):
    response = call(candidate_client, method, name, [attempt.pk, *arguments])

    assert response.status_code in {200, 302}
    assert "login" not in response.headers.get("Location", "")


@pytest.mark.parametrize("who", [stranger, recruiter, content_admin, platform_admin])
@pytest.mark.parametrize(("method", "name", "arguments"), OWN_PAGES)
def test_for_anybody_else_there_is_no_such_attempt(
    client, attempt, who, method, name, arguments
):
    client.force_login(who())

    response = call(client, method, name, [attempt.pk, *arguments])

    attempt.refresh_from_db()
    assert response.status_code == 404
    assert attempt.is_open
    assert not ItemResponse.objects.exists()


@pytest.mark.parametrize(("method", "name", "arguments"), OWN_PAGES)
def test_without_a_login_every_page_of_an_attempt_asks_for_one(
    client, attempt, method, name, arguments
):
    response = call(client, method, name, [attempt.pk, *arguments])

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))
    assert not ItemResponse.objects.exists()


@pytest.mark.parametrize(("method", "name", "arguments"), OWN_PAGES)
def test_an_attempt_that_never_was_is_not_found(
    candidate_client, db, method, name, arguments
):
    assert call(candidate_client, method, name, [uuid4(), *arguments]).status_code == 404


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("catalogue", []),
        ("detail", ["test"]),
        ("skill", ["test"]),
        ("practice", ["test"]),
        ("practice_question", ["test", 1]),
        ("taste", []),
        ("taste_question", [1]),
    ],
)
def test_what_can_be_looked_at_needs_no_login(client, db, signed_in, name, arguments):
    assessment = AssessmentFactory(skill__code="test")
    make_bank(assessment.skill, 4)
    make_item(assessment.skill, use="practice")
    if signed_in:
        client.force_login(make_candidate())

    assert client.get(reverse(f"assessments:{name}", args=arguments)).status_code == 200


@pytest.mark.parametrize("name", ["start", "skill_profile"])
def test_what_belongs_to_a_person_needs_a_login(client, assessment, name):
    address = reverse(f"assessments:{name}", args=[assessment.code] if name == "start" else [])
    response = client.post(address) if name == "start" else client.get(address)

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_a_skill_profile_shows_nobody_else(client, assessment):
    somebody = make_candidate("Somebody")
    begin(somebody, assessment, now=timezone.now())
    client.force_login(make_candidate("Reader"))

    page = client.get(reverse("assessments:skill_profile")).content.decode()

    assert "Nothing measured yet" in page
    assert "Somebody" not in page
