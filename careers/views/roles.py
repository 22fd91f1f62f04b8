"""Roles for everybody, and the career map of one candidate."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from careers.enums import Family
from careers.models import Occupation
from careers.queries.career_map import career_map, ladder, role_list
from careers.queries.role import role_page


def reader(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@login_not_required
def roles(request: HttpRequest) -> HttpResponse:
    chosen = request.GET.get("family", "")
    family = chosen if chosen in Family.values else ""
    context = {
        "families": role_list(reader(request), family),
        "family": family,
        "choices": Family.choices,
    }
    return render(request, "careers/roles.html", context)


def map_page(request: HttpRequest) -> HttpResponse:
    entries = career_map(request.user)
    measured = any(entry.readiness.coverage > 0 for entry in entries)
    context = {"entries": entries, "ladder": ladder(entries), "measured": measured}
    return render(request, "careers/career_map.html", context)


@login_not_required
def role(request: HttpRequest, code: str) -> HttpResponse:
    try:
        page = role_page(code, reader(request), timezone.now())
    except Occupation.DoesNotExist:
        raise Http404 from None
    return render(request, "careers/role.html", {"page": page, "role": page.occupation})
