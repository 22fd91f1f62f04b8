"""What a candidate does: apply, share newer results, withdraw."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.consents import has_consent
from accounts.models import ConsentKind, User
from careers.actions.readiness import stored_fields
from careers.enums import Verdict
from careers.models import RequirementSet
from careers.queries.requirements import with_requirements
from core import audit
from hiring import pipeline
from hiring.enums import Stage
from hiring.errors import (
    AddressUnverified,
    ApplicationEnded,
    AssessmentConsentMissing,
    NotOpen,
    ResultsChanged,
)
from hiring.models import Application, Requisition, StageTransition
from hiring.queries.sharing import Shared, application_readiness, shareable, signature_of
from hiring.rules import has_verified_address, takes_applications
from hiring.snapshots import snapshot

READINESS_FIELDS = (
    *("fit", "coverage", "lowest", "highest", "verdict", "essentials", "essentials_met"),
    *("exceptions", "computed_at", "fit_rank", "requirement_set"),
)


@transaction.atomic
def apply(
    *,
    candidate: User,
    requisition: Requisition,
    statement: str,
    now: datetime,
    agreed_to: str | None = None,
) -> Application:
    """Apply, sharing what the requisition asks for; whoever has applied gets that application.

    `agreed_to` is the signature of what the candidate saw and agreed to share; None agrees to
    what there is now. Raises NotOpen, AddressUnverified, AssessmentConsentMissing, ResultsChanged.
    """
    requisition = locked_requisition(requisition)
    known = Application.objects.filter(requisition=requisition, candidate=candidate).first()
    if known is not None:
        return known
    if not takes_applications(requisition):
        raise NotOpen
    if not has_verified_address(candidate):
        raise AddressUnverified
    if not has_consent(candidate, ConsentKind.ASSESSMENT):
        raise AssessmentConsentMissing
    found = agreed_sharing(candidate, requisition, now, agreed_to)
    application = Application(
        requisition=requisition,
        candidate=candidate,
        candidate_name=candidate.name,
        statement=statement,
        applied_at=now,
        shared_at=now,
    )
    set_readiness(application, requisition.requirements, found, now)
    application.save(force_insert=True)
    _store(application, found)
    StageTransition.objects.create(
        application=application,
        to_stage=Stage.APPLIED,
        moved_by=candidate,
        moved_at=now,
        snapshot=snapshot(application, found),
    )
    changes = {"requisition": str(requisition.pk), "shared": _names(found)}
    audit.record(actor=candidate, action="applied", subject=application, changes=changes)
    return application


@transaction.atomic
def share_newer_results(
    *, application: Application, now: datetime, agreed_to: str | None = None
) -> None:
    """Replace what the application shares by the candidate's results of now.

    Raises ApplicationEnded, AssessmentConsentMissing, ResultsChanged.
    """
    requisition = locked_requisition(application.requisition)
    application = locked_application(application)
    if pipeline.is_final(application.stage):
        raise ApplicationEnded
    candidate = application.candidate
    if not has_consent(candidate, ConsentKind.ASSESSMENT):
        raise AssessmentConsentMissing
    found = agreed_sharing(candidate, requisition, now, agreed_to)
    _remove_shared(application)
    application.candidate_name = candidate.name
    application.shared_at = now
    set_readiness(application, requisition.requirements, found, now)
    application.save(update_fields=["candidate_name", "shared_at", *READINESS_FIELDS])
    _store(application, found)
    changes = {"shared": _names(found)}
    audit.record(
        actor=candidate, action="newer results shared", subject=application, changes=changes
    )


@transaction.atomic
def withdraw(*, application: Application, now: datetime) -> None:
    """End the application and the employer's access to its results; doing it twice is once.

    Raises ApplicationEnded when the employer has ended it.
    """
    application = locked_application(application)
    if application.is_withdrawn:
        return
    if not pipeline.may_withdraw(application.stage):
        raise ApplicationEnded
    from_stage = application.stage
    application.stage = Stage.WITHDRAWN
    _hide_results(application, now)
    StageTransition.objects.create(
        application=application,
        from_stage=from_stage,
        to_stage=Stage.WITHDRAWN,
        moved_by=application.candidate,
        moved_at=now,
    )
    audit.record(
        actor=application.candidate,
        action="application withdrawn",
        subject=application,
        changes={"stage": [from_stage, Stage.WITHDRAWN]},
    )


def locked_requisition(requisition: Requisition) -> Requisition:
    """The requisition as it stands, with its requirements, locked until the commit.

    Whoever had to wait must not read what was there before: the prefetch comes after the lock.
    """
    Requisition.objects.select_for_update(no_key=True).only("pk").get(pk=requisition.pk)
    return (
        Requisition.objects.select_related("employer", "occupation", "requirements")
        .prefetch_related(*with_requirements())
        .get(pk=requisition.pk)
    )


def locked_application(application: Application) -> Application:
    return (
        Application.objects.select_for_update(no_key=True, of=("self",))
        .select_related("candidate")
        .get(pk=application.pk)
    )


def set_readiness(
    application: Application, asked: RequirementSet, found: Shared, now: datetime
) -> None:
    """Fill in the readiness, unsaved; `asked` comes with its requirements prefetched."""
    for field, value in stored_fields(application_readiness(asked, found), now).items():
        setattr(application, field, value)
    application.fit_rank = -1 if application.fit is None else application.fit
    application.requirement_set = asked


def agreed_sharing(
    candidate: User, requisition: Requisition, now: datetime, agreed_to: str | None
) -> Shared:
    """Raises ResultsChanged."""
    found = shareable(candidate, requisition, now)
    if agreed_to is not None and agreed_to != signature_of(requisition, found):
        raise ResultsChanged
    return found


def _store(application: Application, found: Shared) -> None:
    for rows in (found.skills, found.measures, found.facts):
        for row in rows:
            row.application = application
        if rows:
            type(rows[0])._default_manager.bulk_create(rows)


@transaction.atomic
def end_sharing(*, candidate: User, now: datetime) -> None:
    """Hide the candidate's results from every employer, as a withdrawn consent asks for.

    Applications that are still open are withdrawn; of ended ones the decision stays.
    """
    for application in candidate.applications.exclude(stage=Stage.WITHDRAWN):
        if pipeline.may_withdraw(application.stage):
            withdraw(application=application, now=now)
        else:
            _hide_results(locked_application(application), now)


def _hide_results(application: Application, now: datetime) -> None:
    _remove_shared(application)
    application.statement = ""
    application.fit, application.fit_rank, application.coverage = None, -1, 0
    application.lowest, application.highest, application.exceptions = 0, 1, []
    application.verdict, application.essentials_met = Verdict.NOT_ENOUGH_EVIDENCE, 0
    application.computed_at = now
    application.save(update_fields=["stage", "statement", *READINESS_FIELDS])


def _remove_shared(application: Application) -> None:
    application.shared_skills.all().delete()
    application.shared_measures.all().delete()
    application.shared_facts.all().delete()


def _names(found: Shared) -> list[str]:
    return [
        *(row.skill.code for row in found.skills),
        *(f"{row.measure} on {row.device}" for row in found.measures),
        *sorted({row.fact for row in found.facts}),
    ]
