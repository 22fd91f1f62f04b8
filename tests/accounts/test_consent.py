"""Consent: asked for, recorded with its version, withdrawn, and kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.consents import current_text, give_consent, has_consent, withdraw_consent
from accounts.models import Consent, ConsentKind, ConsentText
from core.models import AuditEvent
from tests.factories.accounts import ConsentTextFactory, UserFactory, consented

pytestmark = pytest.mark.django_db
KIND = ConsentKind.ASSESSMENT
URL = "/consent/"


@pytest.fixture
def user(client):
    user = UserFactory(verified=True)
    client.force_login(user)
    return user


def test_the_newest_text_is_asked_for(client, user):
    ConsentTextFactory(version=1, body="Old words.")
    ConsentTextFactory(version=2, body="New **words**.")
    page = client.get(URL).content.decode()
    assert "New <strong>words</strong>." in page
    assert "Old words" not in page
    assert "checked" not in page


def test_without_a_text_there_is_nothing_to_agree_to(client, user):
    assert client.get(URL).status_code == 404


def test_agreeing_records_the_version_and_goes_on(client, user):
    text = ConsentTextFactory()
    response = client.post(URL, {"agreed": "on", "next": "/assessments/empathy/"})
    assert response.url == "/assessments/empathy/"
    assert Consent.objects.get(user=user).text == text
    event = AuditEvent.objects.get(action="consent given")
    assert (event.actor_id, event.changes) == (user.pk, {"kind": KIND, "version": text.version})


def test_without_the_tick_nothing_is_recorded(client, user):
    ConsentTextFactory()
    response = client.post(URL, {"next": "/x/"})
    assert "Tick the box" in response.content.decode()
    assert not Consent.objects.exists()


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_next_never_leads_away_from_the_portal(client, user, page):
    ConsentTextFactory()
    assert client.post(URL, {"agreed": "on", "next": page}).url == reverse("privacy")
    assert page not in client.get(URL, {"next": page}).content.decode()


def test_agreeing_twice_changes_nothing(client, user):
    ConsentTextFactory()
    for _click in range(2):
        client.post(URL, {"agreed": "on"})
    assert Consent.objects.count() == 1
    assert AuditEvent.objects.filter(action="consent given").count() == 1


def test_withdrawing_is_confirmed_then_recorded(client, user):
    consented(user)
    url = reverse("accounts:withdraw_consent", args=[KIND])
    assert client.get(url).status_code == 200
    assert has_consent(user, KIND)
    client.post(url)
    assert not has_consent(user, KIND)
    assert AuditEvent.objects.filter(action="consent withdrawn", actor_id=user.pk).count() == 1
    assert client.post(url).status_code == 404


def test_consent_can_be_given_again_and_the_history_stays(client, user):
    consent = consented(user)
    withdraw_consent(user=user, kind=KIND, now=timezone.now())
    consented(user)
    assert has_consent(user, KIND)
    assert Consent.objects.filter(user=user).count() == 2
    consent.refresh_from_db()
    assert consent.withdrawn_at


def test_nobody_withdraws_the_consent_of_another(client, user):
    stranger = UserFactory()
    consented(stranger)
    url = reverse("accounts:withdraw_consent", args=[KIND])
    assert client.post(url).status_code == 404
    assert has_consent(stranger, KIND)


@pytest.mark.parametrize("kind", ["marketing", "x"])
def test_an_unknown_kind_isnt_found(client, user, kind):
    assert client.get(f"/consent/{kind}/withdraw/").status_code == 404


@pytest.mark.parametrize("url", [URL, "/consent/assessment/withdraw/", "/profile/"])
def test_strangers_sign_in_first(client, url):
    ConsentTextFactory()
    assert client.get(url).url.startswith(reverse("account_login"))
    assert client.post(url, {"agreed": "on"}).url.startswith(reverse("account_login"))


def test_postgresql_keeps_a_text_that_was_agreed_to():
    text = consented(UserFactory()).text
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        ConsentText.objects.filter(pk=text.pk).update(body="Other words")


def test_postgresql_keeps_one_consent_in_force():
    consent = consented(UserFactory())
    with pytest.raises(IntegrityError, match="consent_active_once"), transaction.atomic():
        Consent.objects.create(user=consent.user, kind=KIND, text=consent.text)


def test_postgresql_refuses_a_withdrawal_before_the_consent():
    user = UserFactory()
    consented(user)
    past = timezone.now() - timedelta(days=1)
    with pytest.raises(IntegrityError, match="withdrawn_after_given"), transaction.atomic():
        withdraw_consent(user=user, kind=KIND, now=past)


def test_the_newest_text_is_current():
    ConsentTextFactory(version=9)
    newest = ConsentTextFactory(version=10)
    assert current_text(KIND) == newest


def test_the_privacy_page_is_public_and_shows_the_words(client):
    ConsentTextFactory(body="Plain words.")
    page = client.get(reverse("privacy")).content.decode()
    assert reverse("privacy") == "/privacy/"
    assert "Plain words." in page
    assert "Your consents" not in page


def test_the_privacy_page_lists_own_consents_only(client, user):
    consent = give_consent(user=user, text=ConsentTextFactory(version=1, title="Mine"))
    give_consent(user=UserFactory(), text=ConsentTextFactory(version=2, title="Theirs"))
    response = client.get(reverse("privacy"))
    assert response.context["consents"] == [consent]
    assert reverse("accounts:withdraw_consent", args=[KIND]) in response.content.decode()


def test_the_privacy_page_costs_the_same_with_a_history(client, user, django_assert_num_queries):
    for version in (1, 2, 3):
        give_consent(user=user, text=ConsentTextFactory(version=version))
        withdraw_consent(user=user, kind=KIND, now=timezone.now())
        # Session, user, consents, texts, and the employers in the navigation.
        with django_assert_num_queries(5):
            client.get(reverse("privacy"))
