"""Keeping stored readiness true to the evidence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from accounts.models import User
from assessments.enums import Publication
from assessments.signals import skill_estimate_changed
from careers.matching.fit import (
    FactStanding,
    MeasureStanding,
    Readiness,
    SkillState,
    VerdictThresholds,
    readiness,
)
from careers.models import Occupation, ReadinessFields, RoleReadiness
from careers.queries.profile import candidate_profile
from careers.queries.requirements import role_requirements, with_requirements
from careers.thresholds import verdict_thresholds


def stored_fields(found: Readiness, now: datetime) -> dict[str, Any]:
    """The columns of `ReadinessFields` for a readiness."""
    essentials = [row for row in found.skill_standings if row.requirement.essential]
    return {
        "fit": found.fit,
        "coverage": float(found.coverage),
        "lowest": found.lowest,
        "highest": found.highest,
        "verdict": str(found.verdict),
        "essentials": len(essentials),
        "essentials_met": sum(row.state is SkillState.MET for row in essentials),
        "exceptions": [exception_codes(row) for row in found.exceptions],
        "computed_at": now,
    }


def exception_codes(standing: MeasureStanding | FactStanding) -> dict[str, str]:
    """What is short or unknown, by the codes of its requirement; pages put it into words."""
    if isinstance(standing, MeasureStanding):
        asked = standing.requirement
        codes = {"measure": asked.measure, "device": asked.device, "minimum": str(asked.minimum)}
    else:
        codes = {"fact": str(standing.requirement.fact), "minimum": standing.requirement.minimum}
    return {**codes, "state": str(standing.state)}


@transaction.atomic(savepoint=False)
def refresh_readiness(
    *,
    candidate: User,
    now: datetime,
    thresholds: VerdictThresholds | None = None,
    only: Occupation | None = None,
) -> None:
    """Compute the candidate's readiness for every active role, or for one, and store it."""
    profile = candidate_profile(candidate, now)
    thresholds = thresholds or verdict_thresholds()
    occupations = (
        Occupation.objects.filter(status=Publication.ACTIVE)
        .select_related("requirements")
        .prefetch_related(*with_requirements())
    )
    if only is not None:
        occupations = occupations.filter(pk=only.pk)
    fields = [field.name for field in ReadinessFields._meta.local_fields]
    RoleReadiness.objects.bulk_create(
        [
            RoleReadiness(
                candidate=candidate,
                occupation=occupation,
                requirement_set=occupation.requirements,
                **stored_fields(
                    readiness(role_requirements(occupation.requirements), profile, thresholds), now
                ),
            )
            for occupation in occupations
        ],
        update_conflicts=True,
        unique_fields=["candidate", "occupation"],
        update_fields=[*fields, "requirement_set"],
    )


@receiver(skill_estimate_changed, dispatch_uid="careers.refresh_readiness")
def _refresh_after_estimate(candidate: User, now: datetime, **kwargs: Any) -> None:
    refresh_readiness(candidate=candidate, now=now)
