"""The candidate's own skills."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from assessments.queries.results import skill_profile, speed_measures


def skill_profile_page(request: HttpRequest) -> HttpResponse:
    rows = skill_profile(request.user)
    context = {
        "domains": [
            (domain, list(group))
            for domain, group in groupby(rows, key=lambda row: row.skill.domain)
        ],
        "measured_count": sum(row.estimate is not None for row in rows),
        "skill_count": len(rows),
        "speeds": speed_measures(request.user, timezone.now()),
    }
    return render(request, "assessments/skill_profile.html", context)
