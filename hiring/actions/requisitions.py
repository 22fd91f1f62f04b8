"""An employer's openings: drafted, changed, opened, closed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import Employer, User
from careers.models import Occupation, RequirementSet
from careers.queries.requirements import with_requirements
from core import audit
from hiring.actions.applications import locked_requisition
from hiring.actions.recompute import outdated, recompute_batch
from hiring.actions.requirements import Asked, asked_by, audited, new_set
from hiring.enums import RequisitionState
from hiring.errors import NothingAsked, RequirementsChanged, RoleFixed, StateNotPossible
from hiring.models import Requisition
from hiring.tasks import recompute_applications

RECOMPUTED_AT_ONCE = 200
"""Up to so many applications are recomputed while the page waits: about a second."""


@transaction.atomic
def draft_requisition(
    *,
    employer: Employer,
    occupation: Occupation,
    title: str,
    location: str,
    description: str,
    seats: int,
    drafted_by: User,
) -> Requisition:
    """A draft with a copy of what the role asks for."""
    requisition = Requisition.objects.create(
        employer=employer,
        occupation=occupation,
        requirements=_copy_of_role(occupation),
        title=title,
        location=location,
        description=description,
        seats=seats,
    )
    changes = {"occupation": occupation.code, "title": title, "seats": seats}
    audit.record(
        actor=drafted_by, action="requisition drafted", subject=requisition, changes=changes
    )
    return requisition


@transaction.atomic
def change_requisition(
    *,
    requisition: Requisition,
    changed_by: User,
    occupation: Occupation,
    title: str,
    location: str,
    description: str,
    seats: int,
) -> Requisition:
    """Change what an opening says. Another role, in a draft only, brings its own requirements.

    Raises RoleFixed.
    """
    requisition = locked_requisition(requisition)
    wanted: dict[str, Any] = {
        "title": title,
        "location": location,
        "description": description,
        "seats": seats,
    }
    changes = audit.differences({name: getattr(requisition, name) for name in wanted}, wanted)
    for name, value in wanted.items():
        setattr(requisition, name, value)
    replaced = None
    if occupation.pk != requisition.occupation_id:
        if requisition.state != RequisitionState.DRAFT:
            raise RoleFixed
        changes["occupation"] = [requisition.occupation.code, occupation.code]
        replaced = requisition.requirements
        requisition.occupation = occupation
        requisition.requirements = _copy_of_role(occupation)
    if changes:
        requisition.save(update_fields=[*wanted, "occupation", "requirements"])
        audit.record(
            actor=changed_by, action="requisition changed", subject=requisition, changes=changes
        )
    if replaced is not None:
        replaced.delete()
    return requisition


@transaction.atomic
def change_requirements(
    *,
    requisition: Requisition,
    changed_by: User,
    asked: Asked,
    base_id: int,
    now: datetime,
) -> Requisition:
    """Ask for other levels: a new requirement set, against which applications are recomputed.

    Few applications are recomputed at once, more of them by a job. `base_id` is the requirement
    set that was seen. Raises RequirementsChanged, NothingAsked.
    """
    requisition = locked_requisition(requisition)
    if requisition.requirements_id != base_id:
        raise RequirementsChanged
    if not asked.skills:
        raise NothingAsked
    before = requisition.requirements
    changes = audit.differences(*_comparable(audited(asked_by(before)), audited(asked)))
    if not changes:
        return requisition
    patterns = [before, _with_requirements(requisition.occupation).requirements]
    requisition.requirements = new_set(asked, patterns)
    requisition.save(update_fields=["requirements"])
    audit.record(
        actor=changed_by, action="requirements changed", subject=requisition, changes=changes
    )
    if requisition.state == RequisitionState.DRAFT:
        before.delete()
    elif outdated(requisition)[: RECOMPUTED_AT_ONCE + 1].count() <= RECOMPUTED_AT_ONCE:
        recompute_batch(requisition=requisition, now=now)
    else:
        recompute_applications.defer(requisition_id=str(requisition.pk))
    return requisition


@transaction.atomic
def open_requisition(*, requisition: Requisition, opened_by: User, now: datetime) -> Requisition:
    """Publish a draft, or open a closed requisition again. Raises StateNotPossible."""
    requisition = locked_requisition(requisition)
    if requisition.state == RequisitionState.OPEN:
        raise StateNotPossible
    return _change_state(requisition, RequisitionState.OPEN, opened_by, now)


@transaction.atomic
def close_requisition(*, requisition: Requisition, closed_by: User, now: datetime) -> Requisition:
    """Take no more applications; those received can still be moved. Raises StateNotPossible."""
    requisition = locked_requisition(requisition)
    if requisition.state != RequisitionState.OPEN:
        raise StateNotPossible
    return _change_state(requisition, RequisitionState.CLOSED, closed_by, now)


def _change_state(
    requisition: Requisition, state: RequisitionState, actor: User, now: datetime
) -> Requisition:
    changes = {"state": [requisition.state, state]}
    requisition.state = state
    if state == RequisitionState.OPEN:
        requisition.opened_at, requisition.closed_at = now, None
    else:
        requisition.closed_at = now
    requisition.save(update_fields=["state", "opened_at", "closed_at"])
    action = f"requisition {'opened' if state == RequisitionState.OPEN else 'closed'}"
    audit.record(actor=actor, action=action, subject=requisition, changes=changes)
    return requisition


def _copy_of_role(occupation: Occupation) -> RequirementSet:
    role_set = _with_requirements(occupation).requirements
    return new_set(asked_by(role_set), [role_set])


def _with_requirements(occupation: Occupation) -> Occupation:
    return (
        Occupation.objects.select_related("requirements")
        .prefetch_related(*with_requirements())
        .get(pk=occupation.pk)
    )


def _comparable(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is no longer asked for counts as a difference too."""
    return before, dict.fromkeys(before) | after
