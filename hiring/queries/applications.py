"""A candidate's own applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from careers.queries.standings import RequirementRows, SkillRow, requirement_rows
from core.pagination import KeysetPage, keyset_page
from hiring.models import Application, StageTransition
from hiring.queries.openings import requisitions_with_requirements, without_estimate
from hiring.queries.sharing import (
    Shared,
    application_readiness,
    shareable,
    shared,
    signature_of,
    with_shared,
)
from hiring.rules import may_share

APPLICATIONS_A_PAGE = 30


def applications(candidate: User, cursor: str | None) -> KeysetPage[Application]:
    """One query. Raises CursorInvalid."""
    rows = Application.objects.filter(candidate=candidate).select_related("requisition__employer")
    return keyset_page(rows, keys=("-applied_at", "id"), size=APPLICATIONS_A_PAGE, cursor=cursor)


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """An application as its candidate sees it: no internal notes, nothing that wasn't shared.

    `newer` is what could be shared now where that differs from what is shared.
    """

    application: Application
    timeline: list[StageTransition]
    rows: RequirementRows
    shared: Shared
    newer: Shared | None = None
    newer_rows: RequirementRows | None = None

    @property
    def unmeasured(self) -> list[SkillRow]:
        return without_estimate(self.rows)

    @property
    def newer_unmeasured(self) -> list[SkillRow]:
        return without_estimate(self.newer_rows) if self.newer_rows else []

    @property
    def signature(self) -> str:
        assert self.newer is not None
        return signature_of(self.application.requisition, self.newer)


def own_application(candidate: User, application_id: UUID, now: datetime) -> OwnApplication:
    """Raises Application.DoesNotExist for anybody else's."""
    application = Application.objects.prefetch_related(*with_shared()).get(
        pk=application_id, candidate=candidate
    )
    requisition = requisitions_with_requirements().get(pk=application.requisition_id)
    application.requisition = requisition
    timeline = list(
        StageTransition.objects.filter(application=application)
        .defer("note", "snapshot")
        .order_by("moved_at", "pk")
    )
    asked, given = requisition.requirements, shared(application)
    rows = requirement_rows(asked, application_readiness(asked, given))
    if not may_share(candidate, application):
        return OwnApplication(application, timeline, rows, given)
    found = shareable(candidate, requisition, now)
    if found.signature == given.signature:
        return OwnApplication(application, timeline, rows, given)
    newer_rows = requirement_rows(asked, application_readiness(asked, found))
    return OwnApplication(application, timeline, rows, given, found, newer_rows)
