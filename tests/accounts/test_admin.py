"""Django's admin for people: platform admins only, and audited."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.models import ConsentText, Employer, StaffInvitation
from core.models import AuditEvent
from tests.accounts.helpers import mails
from tests.factories.accounts import (
    ConsentTextFactory,
    MembershipFactory,
    UserFactory,
    consented,
)

pytestmark = pytest.mark.django_db
MODELS = ["user", "employer", "consenttext"]


@pytest.fixture
def admin(client):
    admin = UserFactory(is_platform_admin=True, verified=True)
    client.force_login(admin)
    return admin


def address(model, page="changelist", *arguments):
    return reverse(f"admin:accounts_{model}_{page}", args=arguments)


def user_form(user, **changes):
    form = {"name": user.name, "time_zone": "", "is_active": "on"} | changes
    return {name: value for name, value in form.items() if value is not None}


@pytest.mark.parametrize("model", MODELS)
def test_content_admins_see_none_of_it(client, model):
    client.force_login(UserFactory(is_content_admin=True))
    assert client.get(address(model)).status_code == 403
    assert address(model) not in client.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_candidates_and_recruiters_see_none_of_it(client, model):
    for user in (UserFactory(), MembershipFactory(manager=True).user):
        client.force_login(user)
        assert client.get(address(model)).status_code in {302, 403}


@pytest.mark.parametrize("model", MODELS)
def test_anonymous_people_are_led_to_sign_in(client, model):
    assert "login" in client.get(address(model)).url


@pytest.mark.parametrize("model", MODELS)
def test_platform_admins_see_each_list(client, admin, model):
    assert client.get(address(model)).status_code == 200


def test_people_are_found_by_address_and_show_no_password(client, admin):
    user = UserFactory(email="findme@example.com", password="a long password", verified=True)
    assert "findme@example.com" in client.get(address("user"), {"q": "findme"}).content.decode()
    page = client.get(address("user", "change", user.pk)).content.decode()
    assert user.password not in page
    assert 'name="password"' not in page
    assert "findme@example.com" in page


def test_a_capability_is_given_and_audited(client, admin):
    user = UserFactory()
    client.post(address("user", "change", user.pk), user_form(user, is_content_admin="on"))
    user.refresh_from_db()
    assert user.is_content_admin
    event = AuditEvent.objects.get(subject_id=str(user.pk), subject_type="accounts.user")
    assert (event.actor_id, event.changes) == (admin.pk, {"is_content_admin": [False, True]})


def test_personal_values_stay_out_of_audit_and_admin_log(client, admin):
    user = UserFactory(name="Old Name")
    client.post(address("user", "change", user.pk), user_form(user, name="New Name"))
    event = AuditEvent.objects.get(subject_type="accounts.user")
    assert event.changes == {"personal_fields": ["name"]}
    assert not LogEntry.objects.exists()


def test_saving_without_a_change_leaves_no_event(client, admin):
    user = UserFactory()
    client.post(address("user", "change", user.pk), user_form(user))
    assert not AuditEvent.objects.exists()


def test_nobody_takes_their_own_capability_away(client, admin):
    client.post(address("user", "change", admin.pk), user_form(admin, is_active=None))
    admin.refresh_from_db()
    assert admin.is_platform_admin
    assert admin.is_active


def test_people_are_neither_added_nor_deleted_here(client, admin):
    user = UserFactory()
    assert client.get(address("user", "add")).status_code == 403
    assert client.post(address("user", "delete", user.pk), {"post": "yes"}).status_code == 403
    assert "delete_selected" not in client.get(address("user")).content.decode()


INLINE = {
    "memberships-TOTAL_FORMS": "0",
    "memberships-INITIAL_FORMS": "0",
}


def test_a_new_employer_comes_with_an_invitation_to_its_manager(client, admin):
    form = {"name": "Acme", "slug": "acme", "about": "", "manager": "Boss@example.com"}
    assert client.post(address("employer", "add"), form | INLINE).status_code == 302
    employer = Employer.objects.get(slug="acme")
    invitation = StaffInvitation.objects.get(employer=employer)
    assert (invitation.email, invitation.role) == ("boss@example.com", "manager")
    assert len(mails("boss@example.com")) == 1
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert actions == {"added in admin", "staff invited"}


def test_a_new_employer_needs_a_manager(client, admin):
    form = {"name": "Acme", "slug": "acme", "about": "", "manager": ""}
    response = client.post(address("employer", "add"), form | INLINE)
    assert response.status_code == 200
    assert not Employer.objects.exists()


def test_an_employer_is_changed_but_not_deleted(client, admin):
    employer = MembershipFactory(manager=True).employer
    page = address("employer", "change", employer.pk)
    assert client.get(page).status_code == 200
    form = {"name": "New name", "slug": employer.slug, "about": "", "manager": ""}
    client.post(page, form | INLINE)
    event = AuditEvent.objects.get(action="changed in admin")
    assert event.changes == {"name": [employer.name, "New name"]}
    assert client.post(address("employer", "delete", employer.pk)).status_code == 403


def test_the_list_of_people_costs_the_same_for_one_and_three(
    client, admin, django_assert_max_num_queries
):
    for _row in range(3):
        UserFactory(verified=True)
        with django_assert_max_num_queries(6):
            client.get(address("user"))


def test_a_text_is_changed_until_somebody_agrees(client, admin):
    text = ConsentTextFactory()
    page = address("consenttext", "change", text.pk)
    form = {"kind": text.kind, "version": text.version, "title": "New", "body": text.body}
    client.post(page, form)
    assert ConsentText.objects.get().title == "New"
    consented(UserFactory())
    assert 'name="title"' not in client.get(page).content.decode()
    assert client.post(page, form | {"title": "Newer"}).status_code == 403
    assert client.post(address("consenttext", "delete", text.pk)).status_code == 403


def test_other_admin_pages_of_the_people_apps_stay_closed(client, admin):
    page = client.get(reverse("admin:index")).content.decode()
    assert "emailaddress" not in page
