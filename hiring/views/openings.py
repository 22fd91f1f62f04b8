"""Openings, and applying to one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rules import membership_of
from hiring import rules
from hiring.actions.applications import apply
from hiring.errors import ActionRefused, ResultsChanged
from hiring.forms import ApplicationForm, OpeningSearchForm
from hiring.models import Requisition
from hiring.queries.openings import Opening, opening, openings, preconditions
from hiring.views.access import UNREADABLE_CURSOR, reader


@login_not_required
def openings_page(request: HttpRequest) -> HttpResponse:
    form = OpeningSearchForm(request.GET)
    form.is_valid()
    text, family = form.cleaned_data.get("q", ""), form.cleaned_data.get("family", "")
    try:
        page = openings(text, family, request.GET.get("after"))
    except UNREADABLE_CURSOR:
        raise Http404 from None
    context = {"form": form, "page": page, "is_filtered": bool(text or family)}
    return render(request, "hiring/openings.html", context)


@login_not_required
def opening_page(request: HttpRequest, requisition_id: UUID) -> HttpResponse:
    """A draft is shown to its employer's staff, who may look before they open it."""
    found = _opening(request, requisition_id)
    requisition = found.requisition
    if not rules.is_public(requisition) and not membership_of(request.user, requisition.employer):
        raise Http404
    return render(request, "hiring/opening.html", {"opening": found})


def apply_page(request: HttpRequest, requisition_id: UUID) -> HttpResponse:
    found = _opening(request, requisition_id)
    if not rules.is_public(found.requisition):
        raise Http404
    if found.application is not None:
        return redirect("hiring:application", found.application.pk)
    if not rules.takes_applications(found.requisition):
        return redirect("hiring:opening", requisition_id)
    needed = preconditions(request.user)
    form = ApplicationForm(request.POST or None, initial={"agreed_to": found.signature})
    context = {"opening": found, "form": form, "needed": needed}
    if request.method == "POST" and form.is_valid():
        try:
            application = apply(
                candidate=request.user,
                requisition=found.requisition,
                statement=form.cleaned_data["statement"],
                agreed_to=form.cleaned_data["agreed_to"],
                now=timezone.now(),
            )
        except ResultsChanged as refusal:
            messages.warning(request, str(refusal))
            statement = form.cleaned_data["statement"]
            renewed = {"agreed_to": found.signature, "statement": statement}
            context["form"] = ApplicationForm(initial=renewed)
        except ActionRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request, _("Your application is sent. Here you see what becomes of it.")
            )
            return redirect("hiring:application", application.pk)
    return render(request, "hiring/apply.html", context)


def _opening(request: HttpRequest, requisition_id: UUID) -> Opening:
    try:
        return opening(requisition_id, reader(request), timezone.now())
    except Requisition.DoesNotExist:
        raise Http404 from None
