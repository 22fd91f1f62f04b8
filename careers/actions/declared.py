"""What a candidate declares: added, changed and removed. It never becomes a score."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from careers.actions.readiness import refresh_readiness
from careers.models import HeldCertificate, LanguageSkill, WorkExperience
from core import audit

DeclaredRow = WorkExperience | LanguageSkill | HeldCertificate


@transaction.atomic
def save_declared(
    *, candidate: User, row: DeclaredRow, changed: Iterable[str], now: datetime
) -> None:
    """Store a new or changed row of the candidate's own.

    `changed` names the fields; the audit event holds these names and no value.
    """
    assert row.candidate_id == candidate.pk
    _lock(candidate)
    action = "declared fact added" if row.pk is None else "declared fact changed"
    row.save()
    audit.record(
        actor=candidate, action=action, subject=row, changes={"fields": sorted(changed)}
    )
    refresh_readiness(candidate=candidate, now=now)


@transaction.atomic
def remove_declared(*, candidate: User, row: DeclaredRow, now: datetime) -> None:
    assert row.candidate_id == candidate.pk
    _lock(candidate)
    audit.record(actor=candidate, action="declared fact removed", subject=row)
    row.delete()
    refresh_readiness(candidate=candidate, now=now)


def _lock(candidate: User) -> None:
    """One change at a time, so that the readiness stored last is that of the rows stored last."""
    User.objects.select_for_update(no_key=True).only("pk").get(pk=candidate.pk)
