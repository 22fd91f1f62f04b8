"""Pages about courses. Everybody may look; a candidate takes them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from learning import actions, queries, rules
from learning.forms import CourseFilterForm
from learning.models import Course, Enrolment


def reader(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def own_enrolment(request: HttpRequest, code: str) -> Enrolment:
    try:
        return queries.own_enrolment(request.user, code)
    except Enrolment.DoesNotExist:
        raise Http404 from None


@login_not_required
def catalogue(request: HttpRequest) -> HttpResponse:
    form = CourseFilterForm(request.GET, skills=queries.taught_skills())
    chosen = form.chosen()
    skills = queries.course_catalogue(
        reader(request), skill=chosen["skill"], course_format=chosen["format"]
    )
    count = sum(len(courses) for _skill, courses in skills)
    context = {"form": form, "skills": skills, "count": count}
    return render(request, "learning/catalogue.html", context)


@login_not_required
def course(request: HttpRequest, code: str) -> HttpResponse:
    try:
        page = queries.course_page(code, reader(request))
    except Course.DoesNotExist:
        raise Http404 from None
    if not rules.may_open(page.entry.course, page.entry.enrolment):
        raise Http404
    context = {"page": page, "entry": page.entry, "course": page.entry.course}
    return render(request, "learning/course.html", context)


def mine(request: HttpRequest) -> HttpResponse:
    return render(request, "learning/mine.html", {"courses": queries.own_courses(request.user)})


@require_POST
def enrol(request: HttpRequest, code: str) -> HttpResponse:
    try:
        course = queries.openable_course(request.user, code)
    except Course.DoesNotExist:
        raise Http404 from None
    actions.enrol(candidate=request.user, course=course, now=timezone.now())
    messages.success(request, _("You are enrolled. You find this course under ‘Your courses’."))
    return redirect("learning:course", code)


def complete(request: HttpRequest, code: str) -> HttpResponse:
    """Ask first, saying what finishing a course does and doesn't; then mark it."""
    enrolment = own_enrolment(request, code)
    if request.method == "POST":
        actions.complete_course(enrolment=enrolment, now=timezone.now())
        messages.success(request, _("Marked as finished. Well done."))
        return redirect("learning:course", code)
    page = queries.course_page(code, request.user)
    return render(request, "learning/complete.html", {"page": page, "course": page.entry.course})


@require_POST
def undo(request: HttpRequest, code: str) -> HttpResponse:
    actions.undo_completion(enrolment=own_enrolment(request, code))
    messages.success(request, _("The course is open again."))
    return redirect("learning:course", code)


@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    try:
        actions.leave_course(enrolment=own_enrolment(request, code))
    except actions.CourseFinished:
        messages.warning(
            request, _("You finished this course. Take the mark back first, then leave it.")
        )
        return redirect("learning:course", code)
    messages.success(request, _("You left the course. You can begin it again at any time."))
    return redirect("learning:mine")
