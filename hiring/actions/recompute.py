"""Readiness of applications after their requisition's requirements changed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from hiring.actions.applications import READINESS_FIELDS, locked_requisition, set_readiness
from hiring.enums import Stage
from hiring.models import Application, Requisition, SharedFact, SharedMeasure, SharedSkill
from hiring.queries.sharing import shared, with_shared

BATCH = 500


def outdated(requisition: Requisition) -> QuerySet[Application]:
    """Applications whose readiness names an older requirement set; newer sets have larger ids."""
    return Application.objects.filter(
        requisition=requisition, requirement_set__lt=requisition.requirements_id
    )


@transaction.atomic
def recompute_batch(*, requisition: Requisition, now: datetime, size: int = BATCH) -> int:
    """Recompute up to `size` applications from what they share; returns how many there were.

    What is no longer asked for is no longer shared. A skill newly asked for stays unmeasured
    until the candidate agrees to share it.
    """
    requisition = locked_requisition(requisition)
    asked = requisition.requirements
    applications = list(
        outdated(requisition).select_for_update(no_key=True, of=("self",)).order_by("pk")[:size]
    )
    _remove_no_longer_asked(applications, requisition)
    withdrawn = [row.pk for row in applications if row.is_withdrawn]
    Application.objects.filter(pk__in=withdrawn).update(requirement_set=asked)
    current = [row for row in applications if not row.is_withdrawn]
    with_rows = Application.objects.filter(pk__in=[row.pk for row in current])
    with_rows = with_rows.prefetch_related(*with_shared())
    updated = []
    for application in with_rows:
        set_readiness(application, asked, shared(application), now)
        updated.append(application)
    Application.objects.bulk_update(updated, READINESS_FIELDS)
    return len(applications)


def _remove_no_longer_asked(applications: list[Application], requisition: Requisition) -> None:
    asked = requisition.requirements
    skills = [row.skill_id for row in asked.skill_requirements.all()]
    facts = [row.fact for row in asked.fact_requirements.all()]
    keys = [row.pk for row in applications if row.stage != Stage.WITHDRAWN]
    SharedSkill.objects.filter(application__in=keys).exclude(skill__in=skills).delete()
    SharedFact.objects.filter(application__in=keys).exclude(fact__in=facts).delete()
    measures = {(row.measure, row.device) for row in asked.measure_requirements.all()}
    stale = [
        row.pk
        for row in SharedMeasure.objects.filter(application__in=keys)
        if (row.measure, row.device) not in measures
    ]
    SharedMeasure.objects.filter(pk__in=stale).delete()
