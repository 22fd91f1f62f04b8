"""E-mail is a job of its transaction."""

import json

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection, send_mail
from django.db import connection, transaction

from core.mail import deliver
from core.models import MailboxMessage


def jobs():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM procrastinate_jobs WHERE task_name = 'core.deliver_email'"
        )
        return [json.loads(row[0]) for row in cursor.fetchall()]


@pytest.fixture
def portal_mail(settings):
    """Pytest-django replaces the e-mail backend; here the portal's own is meant."""
    settings.EMAIL_BACKEND = "core.mail.JobEmailBackend"
    settings.DELIVERY_EMAIL_BACKEND = "core.mail.MailboxEmailBackend"


def test_a_message_becomes_a_job(db, portal_mail):
    message = EmailMultiAlternatives("Subject", "Text", "from@a.example", ["to@a.example"])
    message.attach_alternative("<p>HTML</p>", "text/html")
    message.send()

    (job,) = jobs()
    assert job["subject"] == "Subject"
    assert job["html"] == "<p>HTML</p>"
    assert job["recipients"] == ["to@a.example"]
    assert not MailboxMessage.objects.exists()


def test_what_is_rolled_back_is_never_sent(db, portal_mail):
    with transaction.atomic():
        send_mail("Subject", "Text", None, ["to@a.example"])
        transaction.set_rollback(True)

    assert jobs() == []


def test_the_mailbox_keeps_a_message_for_each_recipient(db, portal_mail):
    deliver(
        subject="Subject", text="Text", html="<p>HTML</p>", sender="from@a.example",
        recipients=["a@a.example", "b@a.example"], headers={},
    )

    assert set(MailboxMessage.objects.values_list("recipient", "html")) == {
        ("a@a.example", "<p>HTML</p>"), ("b@a.example", "<p>HTML</p>"),
    }


def test_a_message_without_html_is_kept_as_text(db):
    send_mail(
        "Subject", "Text", None, ["a@a.example"],
        connection=get_connection("core.mail.MailboxEmailBackend"),
    )

    assert (MailboxMessage.objects.get().text, MailboxMessage.objects.get().html) == ("Text", "")
