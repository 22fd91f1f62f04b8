"""Roles and the career map, for everybody who may look."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.enums import Publication
from careers.actions.readiness import refresh_readiness
from careers.matching.fit import readiness
from careers.matching.ranking import rank_roles
from careers.models import Occupation
from careers.queries.career_map import career_map
from careers.queries.profile import candidate_profile
from careers.queries.requirements import role_requirements
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.assessments import AssessmentFactory, make_bank
from tests.factories.careers import (
    ask_fact,
    ask_typing,
    lead_to,
    make_role,
    measure,
    skills_of,
)
from tests.factories.learning import CourseFactory

pytestmark = pytest.mark.django_db

ROLES_ANONYMOUS, ROLES_SIGNED_IN = 1, 5
MAP_QUERIES = 7
ROLE_ANONYMOUS, ROLE_SIGNED_IN = 5, 19


def prepare(person, role, *thetas):
    for skill, theta in zip(skills_of(role), thetas, strict=False):
        measure(person, skill, theta)
    refresh_readiness(candidate=person, now=timezone.now())


@pytest.fixture
def person(client):
    person = UserFactory(name="Ana Reyes")
    client.force_login(person)
    return person


@pytest.mark.parametrize("count", [1, 3])
def test_roles_cost_the_same_for_any_number(client, django_assert_num_queries, count):
    for _ in range(count):
        make_role(1)
    with django_assert_num_queries(ROLES_ANONYMOUS):
        assert client.get(reverse("careers:roles")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_roles_of_the_signed_in_cost_the_same(client, person, django_assert_num_queries, count):
    for _ in range(count):
        prepare(person, make_role(1), 1.0)
    with django_assert_num_queries(ROLES_SIGNED_IN):
        assert b"100 % of what counts" in client.get(reverse("careers:roles")).content


@pytest.mark.parametrize("count", [1, 3])
def test_career_map_costs_the_same_for_any_number(
    client, person, django_assert_num_queries, count
):
    for _ in range(count):
        prepare(person, make_role(2), 1.0)
    with django_assert_num_queries(MAP_QUERIES):
        response = client.get(reverse("careers:career_map"))
    assert response.content.decode().count('class="card map__role"') == count


@pytest.mark.parametrize("count", [1, 3])
def test_role_page_costs_the_same_for_any_number(
    client, person, django_assert_num_queries, count
):
    role = make_role(count)
    for skill in skills_of(role):
        AssessmentFactory(skill=skill)
        make_bank(skill, 5)
        lead_to(role, make_role(1))
        CourseFactory(skill=skill, from_level=2, after=[CourseFactory(skill=skill, from_level=1)])
    prepare(person, role, *[-2.0] * count)
    with django_assert_num_queries(ROLE_SIGNED_IN):
        assert client.get(reverse("careers:role", args=[role.code])).status_code == 200
    client.logout()
    with django_assert_num_queries(ROLE_ANONYMOUS):
        assert client.get(reverse("careers:role", args=[role.code])).status_code == 200


def test_map_stands_in_the_order_of_the_matching(person):
    roles = [make_role(3, level=level, title=f"Role {level}") for level in (5, 2, 4, 3)]
    prepare(person, roles[0], 2.2, 1.9, 1.8)
    prepare(person, roles[1], -0.5, -1.6, -1.2)
    prepare(person, roles[2], 0.9, 1.1)
    prepare(person, roles[3], 0.1, -0.4, 0.2)
    profile = candidate_profile(person, timezone.now())
    by_title = Occupation.objects.order_by("title")
    computed = {
        role: readiness(role_requirements(role.requirements), profile) for role in by_title
    }
    assert [entry.occupation for entry in career_map(person)] == list(rank_roles(computed))


def test_map_tells_coverage_exceptions_and_reason(client, person):
    role = make_role(3)
    ask_typing(role)
    first, _second, third = skills_of(role)
    measure(person, first, 1.0)
    measure(person, third, 1.0)
    AssessmentFactory(skill=_second, stated_minutes=20)
    refresh_readiness(candidate=person, now=timezone.now())
    text = client.get(reverse("careers:career_map")).content.decode()
    assert "Measured 2 of 3 essentials." in text
    assert f"You met 2 of 3 essentials. Next: {_second.name} (20 minutes)." in text
    assert "Also open: typing speed on a keyboard." in text


def test_map_without_evidence_sends_to_the_first_assessment(client, person):
    make_role(1)
    refresh_readiness(candidate=person, now=timezone.now())
    text = client.get(reverse("careers:career_map")).content.decode()
    assert "Nothing measured yet" in text
    assert reverse("assessments:catalogue") in text


def test_map_asks_the_anonymous_to_sign_in(client):
    response = client.get(reverse("careers:career_map"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_map_is_the_readers_own_whoever_else_is_measured(client, person):
    role = make_role(1, title="Seen by one")
    other = UserFactory()
    prepare(other, role, 1.0)
    assert "Seen by one" not in client.get(reverse("careers:career_map")).content.decode()


@pytest.mark.parametrize("capability", ["recruiter", "content", "platform"])
def test_other_roles_see_their_own_standing_and_nobody_elses(client, capability):
    role = make_role(1)
    prepare(UserFactory(), role, 1.0)
    reader = UserFactory(
        is_content_admin=capability == "content", is_platform_admin=capability == "platform"
    )
    if capability == "recruiter":
        MembershipFactory(user=reader)
    client.force_login(reader)
    text = client.get(reverse("careers:role", args=[role.code])).content.decode()
    assert "Nothing measured for this role yet" in text
    assert "You are at level" not in text


def test_anonymous_reader_sees_what_is_asked_and_nobodys_data(client):
    role = make_role(3)
    ask_fact(role)
    prepare(UserFactory(), role, 1.0, 1.0, 1.0)
    for url in (reverse("careers:role", args=[role.code]), reverse("careers:roles")):
        text = client.get(url).content.decode()
        for word in ("You are at level", "You met", "tag--ready", "class=\"fit", "band__bar\" x"):
            assert word not in text.split("</header>")[1]
    assert "This role asks for level 3." in client.get(
        reverse("careers:role", args=[role.code])
    ).content.decode()


def test_role_page_tells_each_state_with_its_evidence(client, person):
    role = make_role(4)
    ask_typing(role)
    met, short, first, _unmeasured = skills_of(role)
    measure(person, met, 1.0)
    measure(person, short, -2.0)
    measure(person, first, 1.0, measured=False, sem=0.9, part_count=5)
    refresh_readiness(candidate=person, now=timezone.now())
    text = client.get(reverse("careers:role", args=[role.code])).content.decode()
    states = ("met", "still to reach", "first indication", "not yet measured")
    assert all(f"{state}</span>" in text for state in states)
    assert "13 responses, March 3, 2026" in text
    assert "You met 1 of 3 essentials." in text
    assert "Not yet measured on a keyboard." in text


def test_family_filters_and_an_unknown_one_shows_all(client):
    make_role(1, title="Clerk", family="finance")
    make_role(1, title="Agent")
    only = client.get(reverse("careers:roles"), {"family": "finance"}).content.decode()
    assert ("Clerk" in only, "Agent" in only) == (True, False)
    every = client.get(reverse("careers:roles"), {"family": "'--"}).content.decode()
    assert ("Clerk" in every, "Agent" in every) == (True, True)


@pytest.mark.parametrize("status", [Publication.DRAFT, Publication.RETIRED])
def test_role_that_is_not_on_offer_does_not_exist(client, status):
    role = make_role(1, status=status)
    assert client.get(reverse("careers:role", args=[role.code])).status_code == 404
    assert role.title not in client.get(reverse("careers:roles")).content.decode()


