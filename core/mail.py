"""E-mail is sent by a job: what is rolled back is never sent, and no page waits for it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from core.models import MailboxMessage


class JobEmailBackend(BaseEmailBackend):
    """Hands each message to the worker within the current transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from core.tasks import deliver_email

        for message in email_messages:
            deliver_email.defer(
                subject=message.subject,
                text=message.body,
                html=html_part(message),
                sender=message.from_email,
                recipients=list(message.to),
                headers=dict(message.extra_headers),
            )
        return len(email_messages)


class MailboxEmailBackend(BaseEmailBackend):
    """Keeps messages for the development mailbox page."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        messages = [
            MailboxMessage(
                recipient=recipient,
                subject=message.subject,
                text=message.body,
                html=html_part(message),
            )
            for message in email_messages
            for recipient in message.recipients()
        ]
        MailboxMessage.objects.bulk_create(messages)
        return len(email_messages)


def html_part(message: EmailMessage) -> str:
    alternatives = getattr(message, "alternatives", None) or []
    return next((part[0] for part in alternatives if part[1] == "text/html"), "")


def deliver(
    *,
    subject: str,
    text: str,
    html: str,
    sender: str,
    recipients: list[str],
    headers: dict[str, str],
) -> None:
    """Send one message through the configured delivery backend."""
    connection = get_connection(settings.DELIVERY_EMAIL_BACKEND)
    message = EmailMultiAlternatives(
        subject, text, sender, recipients, headers=headers, connection=connection
    )
    if html:
        message.attach_alternative(html, "text/html")
    message.send()
