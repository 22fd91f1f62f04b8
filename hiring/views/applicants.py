"""Applicants: the list, its export, several moves at once, and one applicant's report."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.csv import csv_lines
from hiring import pipeline
from hiring.actions.access import record_export, record_view
from hiring.actions.stages import Moves, move, move_many
from hiring.enums import Stage
from hiring.errors import ActionRefused
from hiring.forms import ApplicantFilterForm, BulkMoveForm, MoveForm, chosen_applications
from hiring.models import Application, Requisition
from hiring.queries.applicant import applicant_report
from hiring.queries.applicants import applicants, chosen_rows, export_header, export_rows
from hiring.queries.requisitions import recomputing
from hiring.views.access import (
    UNREADABLE_CURSOR,
    staff_application,
    staff_employer,
    staff_requisition,
)


def applicants_page(request: HttpRequest, slug: str, requisition_id: UUID) -> HttpResponse:
    requisition = staff_requisition(request, slug, requisition_id)
    form = _filter_form(request, requisition)
    try:
        page = applicants(requisition, form.wanted, request.GET.get("after"))
    except UNREADABLE_CURSOR:
        raise Http404 from None
    context = {
        "employer": requisition.employer,
        "requisition": requisition,
        "page": page,
        "form": form,
        "wanted": form.wanted,
        "chips": form.chips,
        "stages": [stage for stage in Stage if stage not in {Stage.APPLIED, Stage.WITHDRAWN}],
        "recomputing": recomputing(requisition),
    }
    return render(request, "hiring/applicants.html", context)


def export(request: HttpRequest, slug: str, requisition_id: UUID) -> StreamingHttpResponse:
    requisition = staff_requisition(request, slug, requisition_id)
    wanted = _filter_form(request, requisition).wanted
    record_export(requisition=requisition, exporter=request.user, filters=wanted.codes)
    lines = csv_lines(export_header(requisition), export_rows(requisition, wanted))
    name = slugify(requisition.title) or "applicants"
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}.csv"',
            "Cache-Control": "no-store",
        },
    )


def move_many_page(request: HttpRequest, slug: str, requisition_id: UUID) -> HttpResponse:
    """First show who would be moved and what they are told; move only when that is confirmed."""
    requisition = staff_requisition(request, slug, requisition_id)
    data = request.POST if request.method == "POST" else request.GET
    from_stages = chosen_applications(data.getlist("chosen"))
    to_stage = data.get("to_stage", "")
    back = reverse("hiring:applicants", args=[slug, requisition_id])
    if not from_stages or to_stage not in Stage.values:
        messages.warning(request, _("Tick at least one applicant and choose a stage first."))
        return redirect(back)
    rows = chosen_rows(requisition, from_stages)
    form = BulkMoveForm(
        request.POST or None,
        initial={"to_stage": to_stage, "chosen": data.getlist("chosen")},
        stages=[to_stage],
        chosen=data.getlist("chosen"),
    )
    if request.method == "POST" and form.is_valid():
        moves = move_many(
            requisition=requisition,
            from_stages=from_stages,
            to_stage=to_stage,
            moved_by=request.user,
            note=form.cleaned_data["note"],
            feedback=form.cleaned_data["feedback"],
            now=timezone.now(),
        )
        _report_moves(request, moves)
        return redirect(back)
    context = {
        "employer": requisition.employer,
        "requisition": requisition,
        "form": form,
        "to_stage": Stage(to_stage),
        "movable": [row for row in rows if pipeline.may_move(row.stage, to_stage)],
        "unmovable": [row for row in rows if not pipeline.may_move(row.stage, to_stage)],
    }
    return render(request, "hiring/move_many.html", context)


def applicant_page(request: HttpRequest, slug: str, application_id: UUID) -> HttpResponse:
    employer = staff_employer(request, slug)
    try:
        report = applicant_report(employer, application_id)
    except Application.DoesNotExist:
        raise Http404 from None
    record_view(application=report.application, viewer=request.user)
    initial = {"from_stage": report.application.stage}
    form = MoveForm(initial=initial, stages=report.moves) if report.moves else None
    context = {"employer": employer, "report": report, "application": report.application}
    return render(request, "hiring/applicant.html", context | {"form": form})


@require_POST
def move_applicant(request: HttpRequest, slug: str, application_id: UUID) -> HttpResponse:
    application = staff_application(request, slug, application_id)
    form = MoveForm(request.POST, stages=Stage.values)
    if not form.is_valid():
        messages.warning(request, _("Nothing was changed: choose a stage first."))
        return redirect("hiring:applicant", slug, application_id)
    try:
        transition = move(
            application=application, moved_by=request.user, now=timezone.now(), **form.cleaned_data
        )
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        stage = transition.get_to_stage_display()
        messages.success(
            request, _("Moved to ‘%(stage)s’. The candidate is told by e-mail.") % {"stage": stage}
        )
    return redirect("hiring:applicant", slug, application_id)


def _filter_form(request: HttpRequest, requisition: Requisition) -> ApplicantFilterForm:
    asked = requisition.requirements.skill_requirements.all()
    return ApplicantFilterForm(request.GET, [row.skill for row in asked])


def _report_moves(request: HttpRequest, moves: Moves) -> None:
    if moves.made:
        made = len(moves.made)
        messages.success(
            request,
            ngettext(
                "%(count)d applicant is moved and told by e-mail.",
                "%(count)d applicants are moved and told by e-mail.",
                made,
            )
            % {"count": made},
        )
    for application, refusal in moves.refused:
        messages.warning(request, f"{application.candidate_name}: {refusal}")
