"""Signing in, and how often it may fail."""

import pytest
from django.urls import reverse

from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
FAILURES = 8  # settings.ACCOUNT_RATE_LIMITS: 8/10m/key


def sign_in(client, user, password=PASSWORD, address="10.0.0.1"):
    credentials = {"login": user.email, "password": password}
    return client.post(reverse("account_login"), credentials, REMOTE_ADDR=address)


def lock_out(client, user, address="10.0.0.1"):
    for _attempt in range(FAILURES):
        assert sign_in(client, user, "wrong", address).status_code == 200


def test_the_right_password_signs_in_and_goes_on(client):
    user = UserFactory(password=PASSWORD)
    page = reverse("accounts:profile")
    credentials = {"login": user.email.upper(), "password": PASSWORD, "next": page}
    assert client.post(reverse("account_login"), credentials).url == page


def test_too_many_failures_lock_the_account_out_at_that_address_only(client):
    user = UserFactory(password=PASSWORD)
    lock_out(client, user)
    refused = sign_in(client, user)
    assert refused.status_code == 200
    assert "Too many" in str(refused.context["form"].errors)
    assert sign_in(client, user, address="10.9.9.9").status_code == 302


def test_another_person_in_the_same_room_still_gets_in(client):
    lock_out(client, UserFactory(password=PASSWORD))
    assert sign_in(client, UserFactory(password=PASSWORD)).status_code == 302


def test_a_room_of_sixty_signs_in_within_a_minute(client):
    people = UserFactory.create_batch(60, password=None)
    for person in people:
        assert sign_in(client, person, "wrong").status_code == 200


def test_a_right_password_doesnt_count_as_a_failure(client):
    user = UserFactory(password=PASSWORD)
    for _attempt in range(FAILURES + 1):
        assert sign_in(client, user).status_code == 302
        client.logout()


def test_too_many_requests_get_a_page_in_our_look(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    user = UserFactory()
    sign_in(client, user, "wrong")
    response = sign_in(client, user, "wrong")
    assert response.status_code == 429
    assert 'class="site-header"' in response.content.decode()


def test_an_inactive_person_doesnt_get_in(client):
    user = UserFactory(password=PASSWORD, is_active=False)
    assert sign_in(client, user).url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_of_two_claims_to_an_address_each_signs_in_with_its_own_password(client):
    owner = UserFactory(email="one@example.com", password=PASSWORD, verified=True)
    other = UserFactory(email="one@example.com", password="another long secret", verified=False)
    sign_in(client, owner)
    assert client.session["_auth_user_id"] == str(owner.pk)
    client.logout()
    sign_in(client, other, "another long secret")
    assert client.session["_auth_user_id"] == str(other.pk)


def test_signing_out_takes_a_post(client):
    user = UserFactory(password=PASSWORD)
    sign_in(client, user)
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session
