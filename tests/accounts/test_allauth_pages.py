"""Every page and message of allauth, in the portal's look."""

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.urls import reverse

from tests.accounts.helpers import link_in, mails
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
PUBLIC = [
    *("account_login", "account_signup", "account_inactive", "account_reset_password"),
    *("account_reset_password_done", "account_reset_password_from_key_done"),
    "account_email_verification_sent",
]
PERSONAL = ["account_email", "account_change_password", "account_reauthenticate", "account_logout"]


def assert_in_our_look(response):
    page = response.content.decode()
    assert response.status_code == 200
    assert 'class="site-header"' in page
    assert "css/accounts.css" in page
    assert "style=" not in page
    assert "<script" not in page.replace('<script type="module" src=', "")


@pytest.fixture
def user(client):
    user = UserFactory(password=PASSWORD, verified=True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return user


@pytest.mark.parametrize("name", PUBLIC)
def test_public_pages_open_without_an_account(client, name):
    assert_in_our_look(client.get(reverse(name)))


@pytest.mark.parametrize("name", PERSONAL)
def test_personal_pages_open_when_signed_in(client, user, name):
    assert_in_our_look(client.get(reverse(name)))


@pytest.mark.parametrize("name", PERSONAL[:3])
def test_personal_pages_ask_a_stranger_to_sign_in(client, name):
    url = reverse(name)
    assert client.get(url).url == f"{reverse('account_login')}?next={url}"


def test_a_bad_verification_link_is_explained(client):
    assert_in_our_look(client.get(reverse("account_confirm_email", args=["nonsense"])))


def test_a_bad_reset_link_is_explained(client):
    url = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "bad-key"})
    response = client.get(url)
    assert_in_our_look(response)
    assert "no longer works" in response.content.decode()


def test_a_form_with_errors_stays_in_our_look(client):
    response = client.post(reverse("account_signup"), {"email": "x"})
    assert_in_our_look(response)
    assert "invalid-feedback" in response.content.decode()


def test_a_password_is_reset_by_the_link_in_the_mail(client):
    user = UserFactory(password=PASSWORD, verified=True)
    response = client.post(reverse("account_reset_password"), {"email": user.email})
    assert response.url == reverse("account_reset_password_done")
    [mail] = mails(user.email)
    assert mail["subject"] == "Choose a new password"
    page = client.get(link_in(mail, "password/reset/key"), follow=True)
    assert_in_our_look(page)
    action = page.context["action_url"]
    new = {"password1": "a brand new secret", "password2": "a brand new secret"}
    assert client.post(action, new).status_code == 302
    user.refresh_from_db()
    assert user.check_password("a brand new secret")
    assert mails(user.email)[-1]["subject"] == "Your password was reset"


def test_asking_for_a_reset_doesnt_tell_whether_the_address_is_known(client):
    user = UserFactory(verified=True)
    known = client.post(reverse("account_reset_password"), {"email": user.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@example.com"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert mails("nobody@example.com")[0]["subject"] == "There is no account with this address"


def test_resets_of_one_account_are_limited(client):
    user = UserFactory(verified=True)
    for _attempt in range(5):
        client.post(reverse("account_reset_password"), {"email": user.email})
    again = client.post(reverse("account_reset_password"), {"email": user.email})
    other = client.post(reverse("account_reset_password"), {"email": "other@example.com"})
    assert (again.status_code, other.status_code) == (429, 302)


def test_a_changed_password_is_told_by_mail_and_keeps_the_session(client, user):
    new = {
        "oldpassword": PASSWORD,
        "password1": "a brand new secret",
        "password2": "a brand new secret",
    }
    client.post(reverse("account_change_password"), new)
    assert mails(user.email)[-1]["subject"] == "Your password was changed"
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_a_new_address_replaces_the_old_one_once_verified(client, user):
    old = user.email
    asked = client.post(reverse("account_email"), {"email": "new@example.com", "action_add": ""})
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert mails("new@example.com") == []
    assert_in_our_look(client.post(asked.url, {"password": PASSWORD}, follow=True))
    client.post(link_in(mails("new@example.com")[0], "confirm-email"))
    user.refresh_from_db()
    assert user.email == "new@example.com"
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [
        ("new@example.com", True)
    ]
    assert mails(old)[-1]["subject"] == "Your e-mail address was changed"


def test_without_a_password_one_can_be_set(client):
    user = UserFactory(password=None, verified=True)
    client.force_login(user)
    assert_in_our_look(client.get(reverse("account_change_password"), follow=True))


def test_an_address_that_another_account_owns_is_explained(client):
    UserFactory(email="one@example.com", verified=True)
    claim = UserFactory(email="one@example.com", verified=False)
    key = EmailConfirmationHMAC.create(EmailAddress.objects.get(user=claim)).key
    page = client.get(reverse("account_confirm_email", args=[key]))
    assert_in_our_look(page)
    assert "another account" in page.content.decode()
    client.post(reverse("account_confirm_email", args=[key]))
    assert not EmailAddress.objects.get(user=claim).verified
