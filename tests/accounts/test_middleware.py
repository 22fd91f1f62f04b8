"""Ended sign-ins, and times in the reader's zone."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.middleware import TimeZoneMiddleware
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/attempts/1/questions/3/"


def test_a_page_request_is_led_to_sign_in(client):
    url = reverse("accounts:profile")
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("accept", ["*/*", "text/html", "text/html,application/json;q=0.9", ""])
def test_whoever_takes_html_is_redirected(client, accept):
    assert client.get(reverse("accounts:profile"), headers={"Accept": accept}).status_code == 302


@pytest.mark.parametrize("accept", ["application/json", "application/json, text/html;q=0.5"])
def test_a_script_is_told_to_sign_in_and_where_to_come_back_to(client, accept):
    headers = {"Accept": accept, "Referer": f"http://testserver{PAGE}"}
    response = client.post(reverse("accounts:profile"), {"name": "X"}, headers=headers)
    assert response.status_code == 401
    login = f"{reverse('account_login')}?next=%2Fattempts%2F1%2Fquestions%2F3%2F"
    assert response.json() == {"error": "sign-in-needed", "login_url": login}


@pytest.mark.parametrize("referer", ["https://evil.example/x", "javascript:alert(1)", ""])
def test_a_foreign_referer_never_becomes_the_way_back(client, referer):
    headers = {"Accept": "application/json", "Referer": referer}
    response = client.get(reverse("accounts:profile"), headers=headers)
    assert response.json()["login_url"] == f"{reverse('account_login')}?next=%2F"


def test_public_pages_answer_scripts_as_ever(client):
    assert client.get(reverse("privacy"), headers={"Accept": "application/json"}).status_code == 200


def zone_of(rf, user=None, cookie=""):
    request = rf.get("/")
    if user:
        request._cached_user = user
    if cookie:
        request.COOKIES["time_zone"] = cookie

    middleware = TimeZoneMiddleware(lambda request: None)
    middleware(request)
    middleware.process_view(request, None, (), {})
    try:
        return timezone.get_current_timezone_name()
    finally:
        timezone.deactivate()


def test_the_chosen_zone_wins_over_the_browsers(rf):
    user = UserFactory(time_zone="America/Bogota")
    assert zone_of(rf, user, "Asia/Manila") == "America/Bogota"


def test_the_browsers_zone_counts_without_a_chosen_one(rf):
    assert zone_of(rf, UserFactory(), "Asia/Manila") == "Asia/Manila"


@pytest.mark.parametrize("cookie", ["", "Mars/Olympus", "../../etc/passwd"])
def test_unknown_zones_are_ignored(rf, cookie):
    assert zone_of(rf, None, cookie) == "UTC"


def test_the_zone_of_a_signed_in_person_is_used_in_a_real_request(client):
    user = UserFactory(time_zone="Asia/Manila", verified=True)
    client.force_login(user)
    response = client.get(reverse("accounts:profile"))
    assert response.context["form"]["time_zone"].value() == "Asia/Manila"
    assert timezone.get_current_timezone_name() == "Asia/Manila"
    timezone.deactivate()
