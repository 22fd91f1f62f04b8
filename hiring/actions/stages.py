"""What an employer does with applications: move them on, and tell the candidate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import User
from core import audit
from hiring import pipeline
from hiring.actions.applications import locked_requisition
from hiring.enums import Stage
from hiring.errors import ActionRefused, MoveNotPossible, SeatsFilled, StageChanged
from hiring.feedback import default_feedback
from hiring.mails import send_stage_news
from hiring.models import Application, Requisition, StageTransition
from hiring.queries.sharing import application_readiness, shared, with_shared
from hiring.snapshots import snapshot


@dataclass(frozen=True, slots=True)
class Moves:
    """What became of several moves: those made, and those refused with the reason."""

    made: list[StageTransition] = field(default_factory=list)
    refused: list[tuple[Application, ActionRefused]] = field(default_factory=list)


@transaction.atomic
def move(
    *,
    application: Application,
    from_stage: str,
    to_stage: str,
    moved_by: User,
    now: datetime,
    note: str = "",
    feedback: str = "",
) -> StageTransition:
    """Move an application and tell the candidate by e-mail.

    `from_stage` is where the mover saw it. A rejection without feedback gets one made from the
    shared results. Raises StageChanged, MoveNotPossible, SeatsFilled.
    """
    moves = move_many(
        requisition=application.requisition,
        from_stages={application.pk: from_stage},
        to_stage=to_stage,
        moved_by=moved_by,
        now=now,
        note=note,
        feedback=feedback,
    )
    for _application, refusal in moves.refused:
        raise refusal
    return moves.made[0]


@transaction.atomic
def move_many(
    *,
    requisition: Requisition,
    from_stages: Mapping[UUID, str],
    to_stage: str,
    moved_by: User,
    now: datetime,
    note: str = "",
    feedback: str = "",
) -> Moves:
    """Move those of the requisition's applications that can be moved, and leave the others alone.

    `from_stages` maps applications to the stage in which the mover saw them.
    """
    requisition = locked_requisition(requisition)
    applications = (
        Application.objects.filter(requisition=requisition, pk__in=from_stages)
        .select_for_update(no_key=True, of=("self",))
        .select_related("candidate")
        .prefetch_related(*with_shared())
        .order_by("pk")
    )
    moves = Moves()
    for application in applications:
        application.requisition = requisition
        try:
            _check(application, from_stages[application.pk], to_stage)
        except ActionRefused as refusal:
            moves.refused.append((application, refusal))
        else:
            moves.made.append(_move(application, to_stage, moved_by, now, note, feedback))
    return moves


def _check(application: Application, from_stage: str, to_stage: str) -> None:
    if application.stage != from_stage:
        raise StageChanged(application.stage)
    if not pipeline.may_move(from_stage, to_stage):
        raise MoveNotPossible(from_stage, to_stage)
    if to_stage == Stage.HIRED:
        requisition = application.requisition
        hired = Application.objects.filter(requisition=requisition, stage=Stage.HIRED).count()
        if hired >= requisition.seats:
            raise SeatsFilled


def _move(
    application: Application,
    to_stage: str,
    moved_by: User,
    now: datetime,
    note: str,
    feedback: str,
) -> StageTransition:
    if to_stage == Stage.REJECTED and not feedback.strip():
        feedback = rejection_feedback(application)
    transition = StageTransition.objects.create(
        application=application,
        from_stage=application.stage,
        to_stage=to_stage,
        moved_by=moved_by,
        moved_at=now,
        note=note,
        feedback=feedback,
        snapshot=snapshot(application, shared(application)),
    )
    application.stage = to_stage
    application.save(update_fields=["stage"])
    changes = {"stage": [transition.from_stage, to_stage]}
    audit.record(actor=moved_by, action="stage changed", subject=application, changes=changes)
    send_stage_news(application, transition)
    return transition


def rejection_feedback(application: Application) -> str:
    """The words that go out when nobody writes any. The requisition comes with its requirements."""
    asked = application.requisition.requirements
    names = {row.skill.code: row.skill.name for row in asked.skill_requirements.all()}
    found = application_readiness(asked, shared(application))
    return default_feedback(application.requisition.title, found, names)
