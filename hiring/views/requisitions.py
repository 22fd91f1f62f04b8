"""An employer's openings."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hiring.actions import requisitions as actions
from hiring.enums import RequisitionState
from hiring.errors import ActionRefused, RequirementsChanged
from hiring.forms import RequisitionForm
from hiring.queries.requisitions import askable, requisition_detail, requisitions
from hiring.requirement_forms import RequirementsForm
from hiring.views.access import UNREADABLE_CURSOR, staff_employer, staff_requisition


def requisitions_page(request: HttpRequest, slug: str) -> HttpResponse:
    employer = staff_employer(request, slug)
    state = request.GET.get("state", "")
    try:
        page = requisitions(employer, state, request.GET.get("after"))
    except UNREADABLE_CURSOR:
        raise Http404 from None
    context = {"employer": employer, "page": page, "state": state, "states": RequisitionState}
    return render(request, "hiring/requisitions.html", context)


def new_page(request: HttpRequest, slug: str) -> HttpResponse:
    employer = staff_employer(request, slug)
    form = RequisitionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        requisition = actions.draft_requisition(
            employer=employer, drafted_by=request.user, **form.cleaned_data
        )
        messages.success(request, _("The draft is saved. Look at what it asks for, then open it."))
        return redirect("hiring:requirements", slug, requisition.pk)
    context = {"employer": employer, "form": form}
    return render(request, "hiring/requisition_form.html", context)


def requisition_page(request: HttpRequest, slug: str, requisition_id: UUID) -> HttpResponse:
    requisition = staff_requisition(request, slug, requisition_id)
    detail = requisition_detail(requisition)
    public_path = redirect("hiring:opening", requisition.pk).url
    context = {
        "employer": requisition.employer,
        "requisition": requisition,
        "detail": detail,
        "public_url": request.build_absolute_uri(public_path),
    }
    return render(request, "hiring/requisition.html", context)


def edit_page(request: HttpRequest, slug: str, requisition_id: UUID) -> HttpResponse:
    requisition = staff_requisition(request, slug, requisition_id)
    form = RequisitionForm(request.POST or None, instance=requisition)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_requisition(
                requisition=requisition, changed_by=request.user, **form.cleaned_data
            )
        except ActionRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("The opening is saved."))
        return redirect("hiring:requisition", slug, requisition_id)
    context = {"employer": requisition.employer, "requisition": requisition, "form": form}
    return render(request, "hiring/requisition_form.html", context)


def requirements_page(request: HttpRequest, slug: str, requisition_id: UUID) -> HttpResponse:
    requisition = staff_requisition(request, slug, requisition_id)
    form = RequirementsForm(request.POST or None, askable(requisition))
    context = {"employer": requisition.employer, "requisition": requisition, "form": form}
    if request.method != "POST":
        return render(request, "hiring/requirements.html", context)
    base = request.POST.get("base", "")
    try:
        if base != str(requisition.requirements_id):
            raise RequirementsChanged
        if not form.is_valid():
            return render(request, "hiring/requirements.html", context)
        actions.change_requirements(
            requisition=requisition,
            changed_by=request.user,
            asked=form.asked,
            base_id=int(base),
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("hiring:requirements", slug, requisition_id)
    messages.success(request, _("The requirements are saved."))
    return redirect("hiring:requisition", slug, requisition_id)


@require_POST
def open_requisition(request: HttpRequest, slug: str, requisition_id: UUID) -> HttpResponse:
    requisition = staff_requisition(request, slug, requisition_id)
    try:
        actions.open_requisition(
            requisition=requisition, opened_by=request.user, now=timezone.now()
        )
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The opening is public. Share its link, below."))
    return redirect("hiring:requisition", slug, requisition_id)


@require_POST
def close_requisition(request: HttpRequest, slug: str, requisition_id: UUID) -> HttpResponse:
    requisition = staff_requisition(request, slug, requisition_id)
    try:
        actions.close_requisition(
            requisition=requisition, closed_by=request.user, now=timezone.now()
        )
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(
            request, _("The opening takes no more applications. Those you have can still be moved.")
        )
    return redirect("hiring:requisition", slug, requisition_id)
