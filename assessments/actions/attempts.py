"""Starting an attempt."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from random import Random

from django.db import transaction
from django.db.models import F

from accounts.consents import has_consent
from accounts.models import ConsentKind, User
from assessments.actions.scoring import finish_attempt
from assessments.enums import AttemptState, ItemUse, Publication
from assessments.errors import ConsentMissing, CoolingDown, NotOffered
from assessments.models import (
    Accommodation,
    Assessment,
    Attempt,
    AttemptItem,
    BlueprintRow,
    ItemVersion,
    TestForm,
)
from assessments.psychometrics import selection, timing

logger = logging.getLogger(__name__)

MEASURE_TYPES = {"typing"}
"""Item types that yield a measure and no scored part; only a row that names one draws it."""


@transaction.atomic
def start_attempt(
    *, candidate: User, assessment: Assessment, now: datetime, random: Random
) -> Attempt:
    """Draw a form and start the clock; an attempt that is open already is returned instead.

    Raises ConsentMissing, CoolingDown, and NotOffered, also for an assessment without a blueprint
    or with a bank that can't fill it.
    """
    if not has_consent(candidate, ConsentKind.ASSESSMENT):
        raise ConsentMissing
    if assessment.status != Publication.ACTIVE:
        raise NotOffered
    User.objects.select_for_update(no_key=True).only("pk").get(pk=candidate.pk)
    earlier = list(
        Attempt.objects.filter(candidate=candidate, assessment=assessment)
        .exclude(state=AttemptState.VOIDED)
        .order_by("-started_at")[:5]
    )
    for place, attempt in enumerate(earlier):
        if attempt.is_overdue(now):
            earlier[place] = finish_attempt(attempt=attempt, now=now)
        elif attempt.is_open:
            return attempt
    retake_from = cool_down_end(assessment, earlier)
    if retake_from is not None and now < retake_from:
        raise CoolingDown(retake_from)
    form = (
        TestForm.objects.prefetch_related("rows__facet")
        .filter(assessment=assessment, is_current=True)
        .first()
    )
    if form is None or not form.rows.all():
        raise NotOffered
    versions = _pool(assessment)
    try:
        drawn = _draw(form, versions, _seen(candidate, versions), random)
    except selection.BankTooSmall as error:
        logger.error("assessment %s can't be started: %s", assessment.code, error)
        raise NotOffered from error
    attempt = Attempt.objects.create(
        candidate=candidate,
        assessment=assessment,
        test_form=form,
        seed=random.getrandbits(62),
        started_at=now,
        **_time_allowed(candidate, assessment),
    )
    AttemptItem.objects.bulk_create(
        AttemptItem(
            attempt=attempt,
            position=position,
            item_version=version,
            option_order=_option_order(version, random),
        )
        for position, version in enumerate(drawn, start=1)
    )
    ItemVersion.objects.filter(pk__in=[version.pk for version in drawn], frozen_at=None).update(
        frozen_at=now
    )
    return attempt


def cool_down_end(assessment: Assessment, earlier: list[Attempt]) -> datetime | None:
    """From when a retake is possible; None before the first attempt has ended."""
    ended = [attempt.submitted_at for attempt in earlier if attempt.submitted_at]
    return max(ended) + timedelta(days=assessment.cool_down_days) if ended else None


def _time_allowed(candidate: User, assessment: Assessment) -> dict[str, timedelta | None]:
    if assessment.time_limit_seconds is None:
        return {"time_limit": None}
    limit = timedelta(seconds=assessment.time_limit_seconds)
    percent = (
        Accommodation.objects.filter(candidate=candidate)
        .values_list("extra_time_percent", flat=True)
        .first()
    )
    return {"time_limit": limit, "extra_time": timing.extra_time(limit, percent or 0)}


def _pool(assessment: Assessment) -> dict[str, ItemVersion]:
    versions = ItemVersion.objects.filter(
        is_current=True,
        item__skill=assessment.skill_id,
        item__use=ItemUse.SCORED,
        item__status=Publication.ACTIVE,
    ).select_related("item", "facet")
    return {version.item.code: version for version in versions}


def _seen(candidate: User, versions: dict[str, ItemVersion]) -> set[str]:
    items = [version.item_id for version in versions.values()]
    codes = AttemptItem.objects.filter(
        attempt__candidate=candidate, item_version__item__in=items
    ).values_list(F("item_version__item__code"), flat=True)
    return set(codes)


def _draw(
    form: TestForm, versions: dict[str, ItemVersion], seen: set[str], random: Random
) -> list[ItemVersion]:
    pool = [
        selection.PoolItem(code, version.item.item_type, version.facet.code, version.level)
        for code, version in versions.items()
    ]
    exposure = {code: version.item.exposure_count for code, version in versions.items()}
    rows = [_row(row) for row in form.rows.all()]
    drawn: list[selection.PoolItem] = []
    for measures in (False, True):
        drawn += selection.draw(
            [item for item in pool if (item.item_type in MEASURE_TYPES) is measures],
            [row for row in rows if (row.item_type in MEASURE_TYPES) is measures],
            seen,
            exposure,
            random,
        )
    return [versions[item.code] for item in drawn]


def _row(row: BlueprintRow) -> selection.BlueprintRow:
    return selection.BlueprintRow(
        row.count,
        row.level_min,
        row.level_max,
        row.facet.code if row.facet else None,
        row.item_type or None,
    )


def _option_order(version: ItemVersion, random: Random) -> list[str]:
    codes = list(version.task.options)
    return random.sample(codes, len(codes))
