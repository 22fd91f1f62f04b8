"""Pages that belong to no single app."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.models import MailboxMessage


@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/first_visit.html")


@login_not_required
def measurement(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/measurement.html")


@login_not_required
def style_guide(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/style_guide.html")


@login_not_required
def mailbox(request: HttpRequest) -> HttpResponse:
    """The messages that development keeps instead of sending."""
    return render(request, "portal/mailbox.html", {"mails": MailboxMessage.objects.all()[:50]})
