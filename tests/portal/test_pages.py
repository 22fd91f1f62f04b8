"""Home, measurement, style guide, mailbox, and what every page carries."""

from __future__ import annotations

import pytest
from django.core.mail import send_mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from core.mail import deliver
from core.models import MailboxMessage
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_stranger_is_offered_a_taste(client):
    page = client.get(reverse("home")).content.decode()

    assert reverse("assessments:taste") in page
    assert "Sign out" not in page


def test_a_new_candidate_sees_one_next_step(client):
    client.force_login(UserFactory(name="Amara Okafor"))

    page = client.get(reverse("home")).content.decode()

    assert "Hello, Amara Okafor" in page
    assert page.count("Your next step") == 1
    assert "Administration" not in page


def test_hr_staff_find_their_employer_and_no_other(client):
    membership = MembershipFactory(employer__name="Northwind Support")
    MembershipFactory(employer__name="Elsewhere Ltd")
    client.force_login(membership.user)

    page = client.get(reverse("home")).content.decode()

    assert "Northwind Support" in page
    assert "Elsewhere Ltd" not in page


@pytest.mark.parametrize("capability", ["is_content_admin", "is_platform_admin"])
def test_admins_find_the_administration(client, capability):
    client.force_login(UserFactory(**{capability: True}))

    assert "Administration" in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("name", ["home", "measurement", "style-guide", "mailbox"])
def test_pages_carry_a_strict_policy_and_nothing_inline(client, name):
    response = client.get(reverse(name))
    policy = response.headers["Content-Security-Policy"]
    page = response.content.decode()

    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "<style" not in page
    assert " style=" not in page
    assert " onclick=" not in page
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_an_email_is_a_job_that_ends_in_the_mailbox(settings):
    settings.EMAIL_BACKEND = "core.mail.JobEmailBackend"
    send_mail("Hello", "Open https://example.org/x", None, ["reader@example.com"])

    job = ProcrastinateJob.objects.get(task_name="core.deliver_email")
    assert not MailboxMessage.objects.exists()

    deliver(**job.args)
    message = MailboxMessage.objects.get()
    assert (message.recipient, message.subject) == ("reader@example.com", "Hello")


def test_the_mailbox_shows_links_that_can_be_opened(client):
    MailboxMessage.objects.create(
        recipient="a@example.com", subject="Verify", text="Open https://example.org/verify/1/"
    )

    page = client.get(reverse("mailbox")).content.decode()

    assert 'href="https://example.org/verify/1/"' in page


def test_an_unknown_page_says_what_to_do(client):
    response = client.get("/no-such-page/")

    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()
