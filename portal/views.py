"""Pages that belong to no single app."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from careers.thresholds import verdict_thresholds
from core.icons import ICON_NAMES
from core.models import MailboxMessage
from portal.examples import StyleGuideForm, example_bands, first_visit_bands
from portal.queries import home_page


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    if not isinstance(request.user, User):
        return render(request, "portal/first_visit.html", {"examples": first_visit_bands()})
    return render(request, "portal/home.html", home_page(request.user, timezone.now()))


@login_not_required
def measurement(request: HttpRequest) -> HttpResponse:
    context = {"example": first_visit_bands()[0], "thresholds": verdict_thresholds()}
    return render(request, "portal/measurement.html", context)


@login_not_required
def style_guide(request: HttpRequest) -> HttpResponse:
    context = {"bands": example_bands(), "icons": ICON_NAMES, "form": StyleGuideForm()}
    return render(request, "portal/style_guide.html", context)


@login_not_required
def mailbox(request: HttpRequest) -> HttpResponse:
    """The messages that development keeps instead of sending."""
    return render(request, "portal/mailbox.html", {"mails": MailboxMessage.objects.all()[:50]})
