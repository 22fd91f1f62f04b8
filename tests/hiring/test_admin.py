"""Openings in Django's admin."""

from django.urls import reverse

from tests.factories.accounts import MembershipFactory, UserFactory


def pages(requisition):
    return [
        reverse("admin:hiring_requisition_changelist"),
        reverse("admin:hiring_requisition_change", args=[requisition.pk]),
    ]


def test_platform_admins_read_openings_and_see_no_candidate(client, application):
    client.force_login(UserFactory(is_platform_admin=True))

    for page in pages(application.requisition):
        response = client.get(page)
        assert response.status_code == 200
        assert application.candidate_name not in response.content.decode()
        assert str(application.pk) not in response.content.decode()


def test_they_change_nothing(client, requisition):
    client.force_login(UserFactory(is_platform_admin=True))
    for name, arguments in (("add", []), ("delete", [requisition.pk])):
        address = reverse(f"admin:hiring_requisition_{name}", args=arguments)
        assert client.get(address).status_code == 403

    client.post(pages(requisition)[1], {"title": "Mine", "state": "closed"})

    requisition.refresh_from_db()
    assert (requisition.title, requisition.state) == ("Agent, night shift", "open")


def test_nobody_else_gets_in(client, requisition, candidate):
    for person in (candidate, MembershipFactory().user, UserFactory(is_content_admin=True)):
        client.force_login(person)
        for page in pages(requisition):
            assert client.get(page).status_code in {302, 403, 404}
    client.logout()
    for page in pages(requisition):
        assert client.get(page).status_code == 302
