"""A candidate's own applications."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hiring import rules
from hiring.actions.applications import share_newer_results, withdraw
from hiring.errors import ActionRefused
from hiring.forms import AgreementForm
from hiring.models import Application
from hiring.queries.applications import applications, own_application
from hiring.views.access import UNREADABLE_CURSOR


def applications_page(request: HttpRequest) -> HttpResponse:
    try:
        page = applications(request.user, request.GET.get("after"))
    except UNREADABLE_CURSOR:
        raise Http404 from None
    return render(request, "hiring/applications.html", {"page": page})


def application_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    try:
        own = own_application(request.user, application_id, timezone.now())
    except Application.DoesNotExist:
        raise Http404 from None
    form = AgreementForm(initial={"agreed_to": own.signature}) if own.newer else None
    may_withdraw = rules.may_withdraw(request.user, own.application)
    context = {"own": own, "application": own.application, "form": form}
    return render(request, "hiring/application.html", context | {"may_withdraw": may_withdraw})


@require_POST
def share(request: HttpRequest, application_id: UUID) -> HttpResponse:
    application = _own(request, application_id)
    form = AgreementForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Nothing was shared: tick the box if you agree."))
        return redirect("hiring:application", application_id)
    try:
        share_newer_results(
            application=application,
            agreed_to=form.cleaned_data["agreed_to"],
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The employer now sees your newer results."))
    return redirect("hiring:application", application_id)


def withdraw_page(request: HttpRequest, application_id: UUID) -> HttpResponse:
    application = _own(request, application_id)
    if not rules.may_withdraw(request.user, application):
        return redirect("hiring:application", application_id)
    if request.method != "POST":
        return render(request, "hiring/withdraw.html", {"application": application})
    try:
        withdraw(application=application, now=timezone.now())
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, _("Your application is withdrawn. The employer no longer sees your results.")
        )
    return redirect("hiring:application", application_id)


def _own(request: HttpRequest, application_id: UUID) -> Application:
    applications = Application.objects.select_related("candidate", "requisition__employer")
    return get_object_or_404(applications, pk=application_id, candidate=request.user)
