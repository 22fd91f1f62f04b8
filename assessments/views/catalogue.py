"""Pages on which a candidate chooses, practises and starts."""

from __future__ import annotations

from itertools import groupby
from random import SystemRandom

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.models import User
from assessments.actions.attempts import start_attempt
from assessments.enums import Publication
from assessments.errors import ActionRefused, ConsentMissing
from assessments.item_types.shape import AnswerInvalid
from assessments.models import Assessment, Battery, Skill
from assessments.practice import practice_feedback
from assessments.presentation import shown_item
from assessments.queries.catalogue import (
    assessment_entry,
    battery_progress,
    catalogue,
    described_skill,
    practice_questions,
)


def reader(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@login_not_required
def catalogue_page(request: HttpRequest) -> HttpResponse:
    entries = catalogue(reader(request), timezone.now())
    domains = groupby(entries, key=lambda entry: entry.assessment.skill.domain)
    domains = [(domain, list(rows)) for domain, rows in domains]
    batteries = Battery.objects.filter(status=Publication.ACTIVE)
    return render(
        request, "assessments/catalogue.html", {"domains": domains, "batteries": batteries}
    )


@login_not_required
def assessment_page(request: HttpRequest, code: str) -> HttpResponse:
    try:
        entry = assessment_entry(code, reader(request), timezone.now())
    except Assessment.DoesNotExist:
        raise Http404 from None
    return render(request, "assessments/assessment.html", {"entry": entry})


@login_not_required
def battery_page(request: HttpRequest, code: str) -> HttpResponse:
    try:
        progress = battery_progress(code, reader(request), timezone.now())
    except Battery.DoesNotExist:
        raise Http404 from None
    return render(request, "assessments/battery.html", {"progress": progress})


@login_not_required
def skill_page(request: HttpRequest, code: str) -> HttpResponse:
    try:
        skill = described_skill(code)
    except Skill.DoesNotExist:
        raise Http404 from None
    return render(request, "assessments/skill.html", {"skill": skill})


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    assessment = get_object_or_404(Assessment.objects.select_related("skill"), code=code)
    try:
        attempt = start_attempt(
            candidate=request.user,
            assessment=assessment,
            now=timezone.now(),
            random=SystemRandom(),
        )
    except ConsentMissing:
        back = reverse("assessments:detail", args=[code])
        return redirect(f"{reverse('accounts:consent')}?{urlencode({'next': back})}")
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("assessments:detail", code)
    return redirect("assessments:attempt", attempt.pk)


@login_not_required
def practice(request: HttpRequest, code: str = "", number: int = 1) -> HttpResponse:
    """One practice question with feedback; without a skill, one of the taste's three."""
    versions = practice_questions(code or None)
    if not 1 <= number <= len(versions):
        raise Http404
    version = versions[number - 1]
    item = shown_item(version, list(version.task.options))
    context = {"code": code, "number": number, "total": len(versions), "version": version}
    if request.method == "POST":
        try:
            answer = version.item_type.read_answer(dict(request.POST.lists()), version.task)
        except AnswerInvalid as error:
            context["error"] = str(error)
        else:
            item = shown_item(version, list(version.task.options), answer)
            if answer is not None and version.item_type.is_complete(answer, version.task):
                context["feedback"] = practice_feedback(version, answer)
            else:
                context["incomplete"] = True
    return render(request, "assessments/practice.html", context | {"item": item})
