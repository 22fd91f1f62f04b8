"""Applications of many candidates, written table by table.

What is shared and how ready it makes somebody come from the same functions as in the actions. A
stage has no e-mail here, and nobody is hired beyond the seats.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from accounts.models import User
from careers.enums import Verdict
from careers.models import Occupation
from core.models import AuditEvent
from hiring.actions.applications import set_readiness
from hiring.enums import Stage
from hiring.feedback import default_feedback
from hiring.models import (
    Application,
    SharedFact,
    SharedMeasure,
    SharedSkill,
    StageTransition,
)
from hiring.queries.sharing import Shared, application_readiness, shareable
from hiring.snapshots import snapshot

from .openings import Openings, PlannedMove, planned_moves
from .people import Person

BATCH = 5000


class Applicant(Protocol):
    person: Person
    user: User
    role: Occupation

    @property
    def ready_to_apply_at(self) -> datetime: ...


@dataclass(slots=True)
class ApplicationRows:
    application: Application
    found: Shared
    transitions: list[StageTransition] = field(default_factory=list)


def apply_in_sets(openings: Openings, applicants: list[Applicant], now: datetime) -> None:
    """Within the transaction that wrote the applicants' results."""
    rows = [row for applicant in applicants if (row := _application(openings, applicant, now))]
    Application.objects.bulk_create((row.application for row in rows), batch_size=BATCH)
    shared = [row for row in rows if not row.application.is_withdrawn]
    for row in shared:
        for part in (*row.found.skills, *row.found.measures, *row.found.facts):
            part.application = row.application
    for model, name in (
        (SharedSkill, "skills"),
        (SharedMeasure, "measures"),
        (SharedFact, "facts"),
    ):
        model._default_manager.bulk_create(
            (part for row in shared for part in getattr(row.found, name)), batch_size=BATCH
        )
    StageTransition.objects.bulk_create(
        (transition for row in rows for transition in row.transitions), batch_size=BATCH
    )
    AuditEvent.objects.bulk_create(
        (_audit(transition) for row in rows for transition in row.transitions), batch_size=BATCH
    )


def _application(openings: Openings, applicant: Applicant, now: datetime) -> ApplicationRows | None:
    planned = openings.planned_application(
        applicant.person, applicant.role, applicant.ready_to_apply_at, now
    )
    if planned is None:
        return None
    requisition, at, statement = planned
    application = Application(
        requisition=requisition,
        candidate=applicant.user,
        candidate_name=applicant.user.name,
        statement=statement,
        applied_at=at,
        shared_at=at,
    )
    found = shareable(applicant.user, requisition, at)
    set_readiness(application, requisition.requirements, found, at)
    rows = ApplicationRows(application, found)
    _move(rows, PlannedMove(Stage.APPLIED, at, ""), applicant.user)
    verdict = Verdict(application.verdict)
    for step in planned_moves(applicant.person, verdict, at, now):
        if step.stage == Stage.HIRED and not openings.take_seat(requisition):
            break
        _move(rows, step, openings.recruiter)
    return rows


def _move(rows: ApplicationRows, step: PlannedMove, mover: User) -> None:
    application = rows.application
    withdrawn = step.stage == Stage.WITHDRAWN
    transition = StageTransition(
        application=application,
        from_stage=application.stage if rows.transitions else "",
        to_stage=step.stage,
        moved_by=application.candidate if withdrawn else mover,
        moved_at=step.at,
        note=step.note,
        feedback=_feedback(rows) if step.stage == Stage.REJECTED else "",
        snapshot={} if withdrawn else snapshot(application, rows.found),
    )
    rows.transitions.append(transition)
    application.stage = step.stage
    if withdrawn:
        _withdraw(application, step.at)


def _withdraw(application: Application, at: datetime) -> None:
    """As `hiring.actions.applications.withdraw` leaves it: without results and words."""
    application.statement = ""
    application.fit, application.fit_rank, application.coverage = None, -1, 0
    application.lowest, application.highest, application.exceptions = 0, 1, []
    application.verdict, application.essentials_met = Verdict.NOT_ENOUGH_EVIDENCE, 0
    application.computed_at = at


def _feedback(rows: ApplicationRows) -> str:
    requisition = rows.application.requisition
    asked = requisition.requirements
    names = {row.skill.code: row.skill.name for row in asked.skill_requirements.all()}
    return default_feedback(requisition.title, application_readiness(asked, rows.found), names)


def _audit(transition: StageTransition) -> AuditEvent:
    applied = transition.to_stage == Stage.APPLIED
    action = {Stage.APPLIED: "applied", Stage.WITHDRAWN: "application withdrawn"}
    return AuditEvent(
        actor_id=transition.moved_by_id,
        action=action.get(Stage(transition.to_stage), "stage changed"),
        subject_type=Application._meta.label_lower,
        subject_id=str(transition.application_id),
        changes={"requisition": str(transition.application.requisition_id)}
        if applied
        else {"stage": [transition.from_stage, transition.to_stage]},
    )
