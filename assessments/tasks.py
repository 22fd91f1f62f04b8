"""Jobs of this app, run by the worker."""

from __future__ import annotations

from django.db.models import Count
from django.utils import timezone
from procrastinate.contrib.django import app

from accounts.models import User
from assessments.actions.scoring import estimate_skills, finish_attempt
from assessments.enums import AttemptState
from assessments.models import Attempt, AttemptItem, Item, SkillEstimate

BATCH = 500


@app.periodic(cron="* * * * *")
@app.task(name="assessments.finish_overdue_attempts", pass_context=False)
def finish_overdue_attempts(timestamp: int) -> None:
    """End attempts whose time is up and that nobody has opened since."""
    now = timezone.now()
    started_before = Attempt.objects.filter(
        state=AttemptState.IN_PROGRESS, time_limit__isnull=False
    ).order_by("started_at")[:BATCH]
    for attempt in started_before:
        if attempt.is_overdue(now):
            finish_attempt(attempt=attempt, now=now)


@app.periodic(cron="17 * * * *")
@app.task(name="assessments.renew_expired_estimates", pass_context=False)
def renew_expired_estimates(timestamp: int) -> None:
    """Estimate anew where evidence has passed its validity."""
    now = timezone.now()
    expired = SkillEstimate.objects.filter(is_current=True, valid_until__lte=now).select_related(
        "candidate"
    )[:BATCH]
    for estimate in expired:
        estimate_skills(candidate=estimate.candidate, skills=[estimate.skill_id], now=now)


@app.periodic(cron="31 3 * * *")
@app.task(name="assessments.count_exposure", pass_context=False)
def count_exposure(timestamp: int) -> None:
    """Count how often each item was drawn, so that drawing can spare the often seen."""
    counts = dict(AttemptItem.objects.values_list("item_version__item").annotate(count=Count("pk")))
    items = list(Item.objects.filter(pk__in=counts))
    for item in items:
        item.exposure_count = counts[item.pk]
    Item.objects.bulk_update(items, ["exposure_count"], batch_size=BATCH)


@app.task(name="assessments.renew_estimates_of_skill", pass_context=False)
def renew_estimates_of_skill(*, skill_id: int) -> None:
    """Estimate a skill anew for everybody who has an estimate of it, after a change of its cuts."""
    candidates = User.objects.filter(
        pk__in=SkillEstimate.objects.filter(skill=skill_id, is_current=True).values("candidate")
    )
    for candidate in candidates.iterator(chunk_size=BATCH):
        estimate_skills(candidate=candidate, skills=[skill_id], now=timezone.now())
