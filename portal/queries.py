"""What the home page shows, gathered from the apps below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Membership, User
from assessments.models import SkillEstimate
from assessments.queries.attempts import open_attempt
from assessments.queries.results import SkillRow, estimate_band
from careers.enums import Verdict
from careers.models import RoleReadiness
from careers.queries.home import next_step

SHOWN_RESULTS = 4
SHOWN_ROLES = 4


def home_page(user: User, now: datetime) -> dict[str, Any]:
    return {
        "memberships": Membership.objects.filter(user=user).select_related("employer"),
        "next_step": next_step(user, now, open_attempt(user)),
        "bands": newest_results(user),
        "roles": closest_roles(user),
    }


def newest_results(candidate: User) -> list[SkillRow]:
    estimates = (
        SkillEstimate.objects.filter(candidate=candidate, is_current=True)
        .select_related("skill")
        .order_by("-evidence_at")[:SHOWN_RESULTS]
    )
    return [
        SkillRow(estimate.skill, estimate, estimate_band(estimate.skill, estimate))
        for estimate in estimates
    ]


def closest_roles(candidate: User) -> list[RoleReadiness]:
    """The roles of the surest fit, those with enough evidence first."""
    found = RoleReadiness.objects.filter(candidate=candidate, coverage__gt=0).select_related(
        "occupation"
    )
    order = [Verdict.READY, Verdict.NEARLY_READY, Verdict.DEVELOPING, Verdict.NOT_ENOUGH_EVIDENCE]
    return sorted(found, key=lambda row: (order.index(Verdict(row.verdict)), -row.lowest))[
        :SHOWN_ROLES
    ]
