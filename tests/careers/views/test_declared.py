"""Declared facts: the owner's alone, audited without values, never a score."""

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.actions.readiness import refresh_readiness
from careers.models import HeldCertificate, LanguageSkill, RoleReadiness, WorkExperience
from core.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.factories.careers import (
    HeldCertificateFactory,
    LanguageSkillFactory,
    WorkExperienceFactory,
    ask_fact,
    make_role,
)

pytestmark = pytest.mark.django_db

LIST_QUERIES = 6
ROWS = {
    "experience": WorkExperienceFactory,
    "languages": LanguageSkillFactory,
    "certificates": HeldCertificateFactory,
}
ENTRIES = {
    "experience": {
        "title": "Agent",
        "family": "customer-support",
        "employer_name": "",
        "started_on": "2024-01-31",
        "ended_on": "",
    },
    "languages": {"language": "English", "cefr": "C1", "certificate": "IELTS 2025"},
    "certificates": {"name": "First aid", "issuer": "", "issued_on": ""},
}
MODELS = {
    "experience": WorkExperience,
    "languages": LanguageSkill,
    "certificates": HeldCertificate,
}


@pytest.fixture
def person(client):
    person = UserFactory()
    client.force_login(person)
    return person


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number(client, person, django_assert_num_queries, count):
    for number in range(count):
        WorkExperienceFactory(candidate=person)
        LanguageSkillFactory(candidate=person, language=f"Language {number}")
        HeldCertificateFactory(candidate=person)
    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(reverse("careers:declared"))
    assert b"It never becomes a score" in response.content


@pytest.mark.parametrize("kind", ROWS)
def test_owner_adds_changes_and_removes(client, person, kind):
    add = reverse("careers:declared_add", args=[kind])
    assert client.get(add).status_code == 200
    assert client.post(add, ENTRIES[kind]).status_code == 302
    row = MODELS[kind].objects.get(candidate=person)
    edit = reverse("careers:declared_edit", args=[kind, row.pk])
    name = next(iter(ENTRIES[kind]))
    assert client.get(edit).status_code == 200
    client.post(edit, ENTRIES[kind] | {name: "Something else"})
    row.refresh_from_db()
    assert getattr(row, name) == "Something else"
    remove = reverse("careers:declared_remove", args=[kind, row.pk])
    assert client.get(remove).status_code == 200
    assert MODELS[kind].objects.exists()
    client.post(remove)
    assert not MODELS[kind].objects.exists()


@pytest.mark.parametrize("kind", ROWS)
def test_each_change_is_audited_without_values(client, person, kind):
    client.post(reverse("careers:declared_add", args=[kind]), ENTRIES[kind])
    row = MODELS[kind].objects.get()
    client.post(reverse("careers:declared_remove", args=[kind, row.pk]))
    added, removed = AuditEvent.objects.order_by("pk")
    assert (added.action, removed.action) == ("declared fact added", "declared fact removed")
    assert added.actor_id == person.pk
    filled = sorted(name for name, value in ENTRIES[kind].items() if value)
    assert added.changes == {"fields": filled}
    assert removed.changes == {}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["careers:declared_edit", "careers:declared_remove"])
@pytest.mark.parametrize("kind", ROWS)
def test_a_stranger_finds_nothing(client, person, kind, name, method):
    row = ROWS[kind]()
    assert getattr(client, method)(reverse(name, args=[kind, row.pk])).status_code == 404
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_strangers_row_is_not_listed(client, person):
    LanguageSkillFactory(language="Tagalog")
    assert "Tagalog" not in client.get(reverse("careers:declared")).content.decode()


def test_the_anonymous_sign_in_first(client):
    row = LanguageSkillFactory()
    for url in (
        reverse("careers:declared"),
        reverse("careers:declared_add", args=["languages"]),
        reverse("careers:declared_edit", args=["languages", row.pk]),
        reverse("careers:declared_remove", args=["languages", row.pk]),
    ):
        assert client.post(url).url.startswith(reverse("account_login"))
    assert LanguageSkill.objects.exists()


def test_readiness_follows_each_change_and_the_fit_stays(client, person):
    role = make_role(1)
    ask_fact(role)
    refresh_readiness(candidate=person, now=timezone.now())
    before = RoleReadiness.objects.get()
    assert before.exceptions == [{"fact": "cefr", "minimum": "B2", "state": "unknown"}]
    client.post(reverse("careers:declared_add", args=["languages"]), ENTRIES["languages"])
    after = RoleReadiness.objects.get()
    assert after.exceptions == []
    assert (after.fit, after.lowest, after.highest) == (before.fit, before.lowest, before.highest)
    row = LanguageSkill.objects.get()
    client.post(reverse("careers:declared_remove", args=["languages", row.pk]))
    assert RoleReadiness.objects.get().exceptions == before.exceptions


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        ("experience", {"started_on": "2999-01-01"}, "still to come"),
        ("experience", {"ended_on": "2023-01-01"}, "The end can’t be before the start"),
        ("languages", {"language": " english "}, "declared this language already"),
        ("languages", {"cefr": "D9"}, "Select a valid choice"),
        ("certificates", {"name": ""}, "This field is required"),
    ],
)
def test_a_wrong_entry_is_explained_and_nothing_stored(client, person, kind, changes, message):
    LanguageSkillFactory(candidate=person, language="English")
    response = client.post(
        reverse("careers:declared_add", args=[kind]), ENTRIES[kind] | changes
    )
    assert message in response.content.decode().replace("&#x27;", "’")
    assert MODELS[kind].objects.count() == (kind == "languages")


def test_an_unknown_kind_does_not_exist(client, person):
    assert client.get("/profile/declared/salary/add/").status_code == 404
