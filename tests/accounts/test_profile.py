"""The profile: one's own, and nobody else's."""

import pytest
from django.urls import reverse

from core.models import AuditEvent
from tests.factories.accounts import MembershipFactory, UserFactory, consented

pytestmark = pytest.mark.django_db
URL = "/profile/"


@pytest.fixture
def user(client):
    user = UserFactory(name="Ana Reyes", verified=True)
    client.force_login(user)
    return user


def test_name_and_zone_are_saved_and_audited_without_their_values(client, user):
    response = client.post(URL, {"name": "Ana María", "time_zone": "America/Bogota"})
    assert response.url == URL
    user.refresh_from_db()
    assert (user.name, user.time_zone) == ("Ana María", "America/Bogota")
    event = AuditEvent.objects.get(action="profile changed")
    assert event.changes == {"personal_fields": ["name", "time_zone"]}


def test_saving_without_a_change_leaves_no_event(client, user):
    client.post(URL, {"name": "Ana Reyes", "time_zone": ""})
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "form", [{"name": ""}, {"name": "A", "time_zone": "Mars/Olympus"}, {"name": "x" * 151}]
)
def test_bad_values_are_shown_again(client, user, form):
    response = client.post(URL, form)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_the_browsers_zone_is_the_default(client, user):
    client.cookies["time_zone"] = "Asia/Manila"
    page = client.get(URL).content.decode()
    assert "As on this device (Manila)" in page


def test_a_hostile_cookie_isnt_shown(client, user):
    client.cookies["time_zone"] = "<script>"
    page = client.get(URL).content.decode()
    assert "As on this device<" in page.replace("\n", "")


def test_an_unverified_address_is_mentioned_with_a_way_to_verify_it(client):
    client.force_login(UserFactory(verified=False))
    page = client.get(URL).content.decode()
    assert "Please verify your e-mail address" in page
    assert 'name="action_send"' in page


def test_a_verified_address_isnt_mentioned(client, user):
    assert "Please verify" not in client.get(URL).content.decode()


def test_a_name_is_never_markup(client):
    client.force_login(UserFactory(name="<b>Bobby</b>", verified=True))
    assert "<b>Bobby" not in client.get(URL).content.decode()


def test_the_page_costs_the_same_with_more_of_everything(client, user, django_assert_num_queries):
    consented(user)
    for _row in range(3):
        MembershipFactory(user=user)
        # Session, user, addresses, consents, memberships, and the navigation's employers.
        with django_assert_num_queries(6):
            client.get(URL)


def test_the_experience_page_is_linked(client, user):
    assert reverse("careers:declared") in client.get(URL).content.decode()
