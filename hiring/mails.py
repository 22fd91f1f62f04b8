"""Messages that this app sends; a job delivers them."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from hiring.models import Application, StageTransition


def send_stage_news(application: Application, transition: StageTransition) -> None:
    """Tell the candidate of a move, with the feedback and never the internal note."""
    context = {
        "user": application.candidate,
        "requisition": application.requisition,
        "stage": transition.to_stage,
        "stage_name": transition.get_to_stage_display(),
        "feedback": transition.feedback,
        "url": settings.SITE_URL + reverse("hiring:application", args=[application.pk]),
    }
    template = "hiring/email/stage_news"
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    message = EmailMultiAlternatives(
        subject,
        render_to_string(f"{template}_message.txt", context),
        to=[application.candidate.email],
    )
    message.attach_alternative(render_to_string(f"{template}_message.html", context), "text/html")
    message.send()
