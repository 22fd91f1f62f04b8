"""Openings as anybody sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.consents import has_consent
from accounts.models import ConsentKind, User
from careers import sentences
from careers.actions.readiness import exception_codes
from careers.matching.fit import Readiness
from careers.queries.requirements import with_requirements
from careers.queries.standings import RequirementRows, SkillRow, requirement_rows
from careers.thresholds import verdict_thresholds
from core.pagination import KeysetPage, keyset_page
from hiring.enums import RequisitionState
from hiring.models import Application, Requisition
from hiring.queries.sharing import Shared, application_readiness, shareable, signature_of
from hiring.rules import has_verified_address

OPENINGS_A_PAGE = 20


def openings(text: str, family: str, cursor: str | None) -> KeysetPage[Requisition]:
    """Open requisitions, the newest first: one query. Raises CursorInvalid."""
    rows = Requisition.objects.filter(state=RequisitionState.OPEN).select_related(
        "employer", "occupation"
    )
    if family:
        rows = rows.filter(occupation__family=family)
    for word in text.split():
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(location__icontains=word)
            | Q(employer__name__icontains=word)
            | Q(occupation__title__icontains=word)
        )
    return keyset_page(rows, keys=("-opened_at", "id"), size=OPENINGS_A_PAGE, cursor=cursor)


def requisitions_with_requirements() -> QuerySet[Requisition]:
    """Four queries."""
    return Requisition.objects.select_related(
        "employer", "occupation", "requirements"
    ).prefetch_related(*with_requirements())


def without_estimate(rows: RequirementRows) -> list[SkillRow]:
    return [row for row in rows.skills if row.band.estimate is None]


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening, with where the reader stands: on what they could share, or have shared."""

    requisition: Requisition
    rows: RequirementRows
    found: Readiness | None = None
    shareable: Shared | None = None
    application: Application | None = None

    @property
    def signature(self) -> str:
        assert self.shareable is not None
        return signature_of(self.requisition, self.shareable)

    @property
    def unmeasured(self) -> list[SkillRow]:
        return without_estimate(self.rows)

    @property
    def verdict_words(self) -> str:
        if self.found is None:
            return ""
        exceptions = [exception_codes(row) for row in self.found.exceptions]
        return sentences.verdict_words(str(self.found.verdict), exceptions)

    @property
    def reasons(self) -> list[str]:
        if self.found is None:
            return []
        names = {
            row.skill.code: row.skill.name
            for row in self.requisition.requirements.skill_requirements.all()
        }
        return sentences.verdict_reasons(self.found, names, verdict_thresholds())


def opening(requisition_id: UUID, reader: User | None, now: datetime) -> Opening:
    """Raises Requisition.DoesNotExist; a draft is found too."""
    requisition = requisitions_with_requirements().get(pk=requisition_id)
    if reader is None:
        return Opening(requisition, requirement_rows(requisition.requirements, None))
    found = shareable(reader, requisition, now)
    readiness = application_readiness(requisition.requirements, found)
    return Opening(
        requisition,
        requirement_rows(requisition.requirements, readiness),
        readiness,
        found,
        Application.objects.filter(requisition=requisition, candidate=reader).first(),
    )


@dataclass(frozen=True, slots=True)
class Preconditions:
    """What an application needs of the candidate beforehand."""

    address_verified: bool
    consent_given: bool

    @property
    def met(self) -> bool:
        return self.address_verified and self.consent_given


def preconditions(candidate: User) -> Preconditions:
    return Preconditions(
        address_verified=has_verified_address(candidate),
        consent_given=has_consent(candidate, ConsentKind.ASSESSMENT),
    )
