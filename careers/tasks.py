"""Jobs of this app, run by the worker."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from accounts.models import User
from careers.actions.readiness import refresh_readiness
from careers.models import Occupation, RoleReadiness

BATCH = 500


@app.task(name="careers.refresh_role_readiness", pass_context=False)
def refresh_role_readiness(*, occupation_id: int, after: int = 0) -> None:
    """Compute everybody's readiness for one role anew, a batch of candidates (by id) at a time."""
    occupation = Occupation.objects.get(pk=occupation_id)
    candidates = list(
        RoleReadiness.objects.filter(occupation=occupation, candidate__gt=after)
        .order_by("candidate")
        .values_list("candidate", flat=True)[:BATCH]
    )
    for candidate_id in candidates:
        with transaction.atomic():
            candidate = User.objects.select_for_update(no_key=True).get(pk=candidate_id)
            refresh_readiness(candidate=candidate, now=timezone.now(), only=occupation)
    if len(candidates) == BATCH:
        refresh_role_readiness.defer(occupation_id=occupation_id, after=candidates[-1])
