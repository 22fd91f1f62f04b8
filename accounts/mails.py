"""Messages that this app sends beside allauth's."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import StaffInvitation


def send_staff_invitation(invitation: StaffInvitation, token: str) -> None:
    context = {
        "invitation": invitation,
        "url": settings.SITE_URL + reverse("accounts:invitation", args=[token]),
    }
    template = "accounts/email/staff_invitation"
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    message = EmailMultiAlternatives(
        subject, render_to_string(f"{template}_message.txt", context), to=[invitation.email]
    )
    message.attach_alternative(render_to_string(f"{template}_message.html", context), "text/html")
    message.send()
