"""Signing up: quick, and without a word about who is known here."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from core.models import AuditEvent
from tests.accounts.helpers import at_once, link_in, mails
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
FORM = {"name": "Ana Reyes", "email": "ana@example.com", "password1": PASSWORD, "old_enough": "on"}


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), FORM | changes)


def test_the_form_asks_name_address_password_and_age_once(client):
    form = client.get(reverse("account_signup")).context["form"]
    assert list(form.fields) == ["name", "email", "password1", "old_enough"]


def test_a_new_person_is_signed_in_before_the_address_is_verified(client):
    response = sign_up(client)
    assert (response.status_code, response.url) == (302, reverse("home"))
    user = User.objects.get()
    assert (user.name, user.email) == ("Ana Reyes", "ana@example.com")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert not EmailAddress.objects.get(user=user).verified


def test_the_verification_mail_is_a_job_and_its_link_verifies(client):
    sign_up(client)
    [mail] = mails("ana@example.com")
    assert "verify" in mail["subject"]
    assert "Hello Ana Reyes," in mail["text"]
    assert "<html" in mail["html"]
    link = link_in(mail, "confirm-email")
    assert client.get(link).status_code == 200
    client.post(link)
    assert EmailAddress.objects.get(email="ana@example.com").verified


def test_sign_up_leaves_an_audit_event_without_personal_values(client):
    sign_up(client)
    event = AuditEvent.objects.get(action="account made")
    assert event.actor_id == User.objects.get().pk
    assert event.changes == {}


def test_sign_up_goes_on_where_the_person_came_from(client):
    response = sign_up(client, next=reverse("privacy"))
    assert response.url == reverse("privacy")


def test_too_young_or_nameless_is_asked_again(client):
    response = sign_up(client, name="", old_enough="")
    assert set(response.context["form"].errors) == {"name", "old_enough"}
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "ana@example.com"])
def test_weak_passwords_are_refused(client, password):
    assert "password1" in sign_up(client, password1=password).context["form"].errors


@pytest.mark.parametrize("verified", [True, False])
def test_a_known_address_gets_the_same_answer_as_an_unknown_one(client, verified):
    UserFactory(email="ana@example.com", password="another long secret", verified=verified)
    known = sign_up(client)
    client.logout()
    unknown = sign_up(client, email="new@example.com")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    pages = []
    for address in ("ana@example.com", "new@example.com"):
        client.logout()
        client.post(reverse("account_login"), {"login": address, "password": PASSWORD})
        pages.append(client.get(reverse("account_email")).content.decode().count(address))
    assert pages[0] == pages[1] > 0


def test_the_owner_of_a_known_address_is_told_by_mail(client):
    UserFactory(email="ana@example.com", password="another long secret", verified=True)
    sign_up(client)
    [mail] = mails("ana@example.com")
    assert mail["subject"] == "You have an account already"
    assert "Ana Reyes" not in mail["text"]
    assert "confirm-email" not in mail["text"]


def test_whoever_verifies_first_owns_the_address(client):
    first = UserFactory(email="ana@example.com", password="another long secret", verified=False)
    sign_up(client)
    [mail] = mails("ana@example.com")
    client.post(link_in(mail, "confirm-email"))
    owned = EmailAddress.objects.get(email="ana@example.com", verified=True)
    assert owned.user != first
    assert not EmailAddress.objects.get(user=first).can_set_verified()


def test_signing_up_again_with_the_same_password_signs_in_to_the_account_there_is(client):
    user = UserFactory(email="ana@example.com", password=PASSWORD, verified=True)
    response = sign_up(client, email="Ana@Example.com")
    assert response.url == reverse("home")
    assert client.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 1


def test_a_double_click_makes_one_account(committed):
    clients = [Client(), Client()]
    at_once(*(lambda client=client: sign_up(client) for client in clients))
    user = User.objects.get(email="ana@example.com")
    assert [client.session["_auth_user_id"] for client in clients] == 2 * [str(user.pk)]
