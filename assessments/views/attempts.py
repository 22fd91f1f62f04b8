"""Pages of an attempt. Only its own candidate reaches them; for all others there is none."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from assessments.actions.answers import (
    Receipt,
    Reception,
    move_on,
    record_answer,
    report_item,
    set_flag,
)
from assessments.actions.scoring import finish_attempt
from assessments.forms import AnswerForm, ItemReportForm
from assessments.item_types.shape import AnswerInvalid
from assessments.models import Attempt, AttemptItem
from assessments.presentation import ShownQuestion, shown_question
from assessments.queries import attempts as queries
from assessments.queries.attempts import QUESTIONS_AHEAD
from assessments.queries.results import attempt_result


def _own_attempt(request: HttpRequest, attempt_id: UUID) -> Attempt:
    """The reader's attempt; one whose time is up is ended first."""
    assert isinstance(request.user, User)
    try:
        attempt = queries.own_attempt(request.user, attempt_id)
    except Attempt.DoesNotExist:
        raise Http404 from None
    now = timezone.now()
    return finish_attempt(attempt=attempt, now=now) if attempt.is_overdue(now) else attempt


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "").startswith("application/json")


def _fragment(question: ShownQuestion) -> str:
    return render_to_string("assessments/_question.html", {"question": question})


@never_cache
@require_GET
def attempt_page(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempt = _own_attempt(request, attempt_id)
    if not attempt.is_open:
        return redirect("assessments:result", attempt.pk)
    last = attempt.items.count()
    return redirect("assessments:question", attempt.pk, min(attempt.furthest_position, last))


@never_cache
@require_GET
def question_page(request: HttpRequest, attempt_id: UUID, position: int) -> HttpResponse:
    attempt = _own_attempt(request, attempt_id)
    if not attempt.is_open:
        return redirect("assessments:result", attempt.pk)
    total = attempt.items.count()
    if not 1 <= position <= total:
        raise Http404
    with transaction.atomic():
        move_on(attempt=attempt, to_position=position)
    ahead = queries.questions(attempt, range(position, position + QUESTIONS_AHEAD + 1))
    shown = [shown_question(item) for item in ahead]
    context = {
        "attempt": attempt,
        "question": shown[0],
        "ahead": shown[1:],
        "total": total,
        "seconds_left": queries.seconds_left(attempt, timezone.now()),
        "report_form": ItemReportForm(),
        "answer_id": uuid4(),
    }
    return render(request, "assessments/question.html", context)


@require_POST
def save_answer(
    request: HttpRequest, attempt_id: UUID, position: int, and_next: bool
) -> HttpResponse:
    """Save an answer; with `and_next`, hand out the questions that follow.

    The reply is sent after the commit. Sending the same answer again is harmless.
    """
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _refused(request, _("The answer didn't arrive whole. Please send it again."))
    now = timezone.now()
    with transaction.atomic():
        question = _locked_question(request, attempt_id, position)
        version = question.item_version
        try:
            answer = version.item_type.read_answer(dict(request.POST.lists()), version.task)
        except AnswerInvalid as error:
            return _refused(request, str(error))
        receipt = record_answer(
            attempt_item=question,
            answer=answer,
            answer_id=form.cleaned_data["answer_id"],
            base_revision=form.cleaned_data["revision"],
            now=now,
        )
        if and_next and receipt.reception is Reception.SAVED and question.attempt.is_open:
            move_on(attempt=question.attempt, to_position=position + 1)
    if receipt.response is not None:
        question.response = receipt.response
    if not _wants_json(request):
        return _answered_page(request, question, receipt.reception, and_next)
    held = form.held_positions() if and_next else None
    return _answered_json(question, receipt, now, held)


def _answered_json(
    question: AttemptItem, receipt: Receipt, now: datetime, held: set[int] | None
) -> JsonResponse:
    """What became of the answer; with `held`, the questions that follow and aren't held yet."""
    reply: dict[str, Any] = {
        "state": receipt.reception,
        "revision": receipt.response.revision if receipt.response else 0,
        "seconds_left": queries.seconds_left(question.attempt, now),
    }
    if receipt.reception is Reception.STALE:
        reply["question"] = _fragment(shown_question(question))
        return JsonResponse(reply, status=409)
    if receipt.reception is Reception.CLOSED:
        reply["url"] = reverse("assessments:attempt", args=[question.attempt_id])
        return JsonResponse(reply, status=410)
    if held is not None:
        first = question.position + 1
        missing = set(range(first, first + 1 + QUESTIONS_AHEAD)) - held
        reply["questions"] = {
            item.position: _fragment(shown_question(item))
            for item in (queries.questions(question.attempt, missing) if missing else ())
        }
    return JsonResponse(reply)


def _locked_question(request: HttpRequest, attempt_id: UUID, position: int) -> AttemptItem:
    assert isinstance(request.user, User)
    try:
        return queries.locked_question(request.user, attempt_id, position)
    except (Attempt.DoesNotExist, AttemptItem.DoesNotExist):
        raise Http404 from None


def _refused(request: HttpRequest, message: str) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"state": "invalid", "message": message}, status=400)
    return render(request, "assessments/answer_refused.html", {"message": message}, status=400)


def _answered_page(
    request: HttpRequest, question: AttemptItem, reception: Reception, and_next: bool
) -> HttpResponse:
    """Where a browser without script goes after an answer."""
    attempt = question.attempt
    if reception is Reception.CLOSED:
        return redirect("assessments:attempt", attempt.pk)
    if reception is Reception.STALE:
        messages.warning(
            request,
            _("This question was answered on another page meanwhile. That answer is shown now."),
        )
        return redirect("assessments:question", attempt.pk, question.position)
    if not and_next:
        return redirect("assessments:question", attempt.pk, question.position)
    if question.position >= attempt.items.count():
        return redirect("assessments:review", attempt.pk)
    return redirect("assessments:question", attempt.pk, question.position + 1)


@require_POST
def flag(request: HttpRequest, attempt_id: UUID, position: int) -> HttpResponse:
    with transaction.atomic():
        question = _locked_question(request, attempt_id, position)
        set_flag(attempt_item=question, flagged=request.POST.get("flagged") == "1")
    if _wants_json(request):
        return JsonResponse({"flagged": question.flagged})
    return redirect("assessments:question", attempt_id, position)


@require_POST
def report(request: HttpRequest, attempt_id: UUID, position: int) -> HttpResponse:
    form = ItemReportForm(request.POST)
    with transaction.atomic():
        question = _locked_question(request, attempt_id, position)
        if form.is_valid():
            report_item(attempt_item=question, text=form.cleaned_data["text"])
    if form.is_valid():
        text = _("Thank you. A person will look at this question. Your answer is kept.")
        messages.success(request, text)
    else:
        messages.warning(request, _("Please write a few words about what is wrong."))
    return redirect("assessments:question", attempt_id, position)


@never_cache
@require_GET
def status(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    """What a page needs to go on after a new sign-in: a fresh token and what is stored."""
    attempt = _own_attempt(request, attempt_id)
    return JsonResponse(
        {
            "open": attempt.is_open,
            "token": get_token(request),
            "seconds_left": queries.seconds_left(attempt, timezone.now()),
            "revisions": {
                item.position: item.response.revision
                for item in queries.all_questions(attempt)
                if hasattr(item, "response")
            },
        }
    )


@never_cache
@require_GET
def review_page(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempt = _own_attempt(request, attempt_id)
    if not attempt.is_open:
        return redirect("assessments:result", attempt.pk)
    rows = [shown_question(item) for item in queries.all_questions(attempt)]
    context = {
        "attempt": attempt,
        "rows": rows,
        "total": len(rows),
        "open_count": sum(not row.is_answered for row in rows),
        "seconds_left": queries.seconds_left(attempt, timezone.now()),
    }
    return render(request, "assessments/review.html", context)


@require_POST
def submit(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempt = _own_attempt(request, attempt_id)
    attempt = finish_attempt(attempt=attempt, now=timezone.now())
    return redirect("assessments:result", attempt.pk)


@never_cache
@require_GET
def result_page(request: HttpRequest, attempt_id: UUID) -> HttpResponse:
    attempt = _own_attempt(request, attempt_id)
    if attempt.is_open:
        return redirect("assessments:attempt", attempt.pk)
    return render(request, "assessments/result.html", {"result": attempt_result(attempt)})
