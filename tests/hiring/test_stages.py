"""Moving applications on, and telling the candidate."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from core.models import AuditEvent
from hiring.actions.applications import withdraw
from hiring.actions.stages import move, move_many
from hiring.errors import MoveNotPossible, SeatsFilled, StageChanged
from hiring.models import Application, StageTransition
from tests.accounts.helpers import mails
from tests.factories.assessments import NOW
from tests.factories.hiring import (
    asked_skills,
    give_estimate,
    make_application,
    make_person,
    make_requisition,
)

LATER = NOW + timedelta(days=1)


def go(application, to_stage, mover, from_stage=None, **words):
    return move(
        application=application,
        from_stage=from_stage or Application.objects.get(pk=application.pk).stage,
        to_stage=to_stage,
        moved_by=mover,
        now=LATER,
        **words,
    )


def test_a_move_is_recorded_told_and_audited(application, recruiter, candidate):
    transition = go(
        application, "interview", recruiter, note="Calm voice.", feedback="See you Monday."
    )

    application.refresh_from_db()
    assert application.stage == "interview"
    assert (transition.from_stage, transition.moved_by) == ("applied", recruiter)
    mail = mails(candidate.email)[-1]
    for part in (mail["text"], mail["html"]):
        assert "See you Monday." in part
        assert f"/applications/{application.pk}/" in part
        assert "Calm voice." not in part
    audit = AuditEvent.objects.get(action="stage changed")
    assert (audit.actor_id, audit.changes) == (recruiter.pk, {"stage": ["applied", "interview"]})


def test_the_snapshot_holds_what_was_seen_and_no_name(application, recruiter, requisition):
    snapshot = go(application, "screening", recruiter).snapshot

    application.refresh_from_db()
    assert snapshot["fit"] == application.fit
    assert snapshot["verdict"] == "ready"
    assert snapshot["requirement_set"] == requisition.requirements_id
    skill = asked_skills(requisition)[0]
    assert snapshot["skills"][skill.code]["theta"] == 0.5
    assert snapshot["skills"][skill.code]["level"] == 3
    assert application.candidate_name not in str(snapshot)


def test_a_stale_move_changes_nothing(application, recruiter):
    go(application, "screening", recruiter)

    with pytest.raises(StageChanged, match="Screening"):
        go(application, "rejected", recruiter, from_stage="applied")
    application.refresh_from_db()
    assert application.stage == "screening"


def test_moves_that_the_pipeline_does_not_know_are_refused(application, recruiter):
    for stage in ("hired", "applied", "withdrawn"):
        with pytest.raises(MoveNotPossible):
            go(application, stage, recruiter)


def test_a_withdrawn_application_stays_where_it_is(application, recruiter):
    withdraw(application=application, now=LATER)

    with pytest.raises(StageChanged):
        go(application, "interview", recruiter, from_stage="applied")
    with pytest.raises(MoveNotPossible):
        go(application, "interview", recruiter)


def test_no_more_are_hired_than_there_are_seats(employer, recruiter):
    requisition = make_requisition(employer, seats=1)
    first, second = (make_application(requisition, name=name) for name in ("Ana", "Bo"))
    for application in (first, second):
        go(application, "offer", recruiter)
    go(first, "hired", recruiter)

    with pytest.raises(SeatsFilled):
        go(second, "hired", recruiter)


def test_a_rejection_without_words_names_strengths_and_a_next_step(requisition, recruiter):
    person = make_person()
    strong, weak, other = asked_skills(requisition)
    give_estimate(person, strong, 1.2)
    give_estimate(person, weak, -1.4)
    give_estimate(person, other, 0.5)
    application = make_application(requisition, person, theta=None)

    feedback = go(application, "rejected", recruiter).feedback

    assert "What spoke for you: " in feedback
    assert f"{strong.name} (level 4, asked for: 3)" in feedback
    assert f"A next step: {weak.name}. You are at level 1" in feedback
    assert "decision was taken by a person" in feedback
    assert feedback.splitlines()[0] in mails(person.email)[-1]["text"]


def test_a_rejection_of_somebody_unmeasured_says_what_to_measure(requisition, recruiter):
    feedback = go(make_application(requisition, theta=None), "rejected", recruiter).feedback

    assert f"A next step: {asked_skills(requisition)[0].name} was not measured" in feedback
    assert "What spoke for you" not in feedback


def test_words_that_were_written_are_sent_as_they_are(application, recruiter):
    assert go(application, "rejected", recruiter, feedback="Try again.").feedback == "Try again."


def test_several_are_moved_and_those_that_cannot_be_are_left(requisition, recruiter):
    stale, gone, fine = (make_application(requisition, name=name) for name in ("Ana", "Bo", "Cy"))
    elsewhere = make_application(make_requisition())
    go(stale, "screening", recruiter)
    go(gone, "rejected", recruiter)

    moves = move_many(
        requisition=requisition,
        from_stages={
            stale.pk: "applied",
            gone.pk: "rejected",
            fine.pk: "applied",
            elsewhere.pk: "applied",
        },
        to_stage="interview",
        moved_by=recruiter,
        now=LATER,
    )

    assert [transition.application for transition in moves.made] == [fine]
    refused = {application.pk: type(reason) for application, reason in moves.refused}
    assert refused == {stale.pk: StageChanged, gone.pk: MoveNotPossible}
    elsewhere.refresh_from_db()
    assert elsewhere.stage == "applied"


def test_postgresql_lets_no_stage_be_left_twice(application, recruiter):
    go(application, "screening", recruiter)

    with (
        pytest.raises(IntegrityError, match="transition_leaves_a_stage_once"),
        transaction.atomic(),
    ):
        StageTransition.objects.create(
            application=application, from_stage="applied", to_stage="offer", moved_at=LATER
        )
    with (
        pytest.raises(IntegrityError, match="transition_leaves_no_final_stage"),
        transaction.atomic(),
    ):
        StageTransition.objects.create(
            application=application, from_stage="hired", to_stage="offer", moved_at=LATER
        )


def test_of_two_recruiters_at_once_one_decides(committed):
    requisition = make_requisition()
    application = make_application(requisition)
    mover = User.objects.filter(memberships__employer=requisition.employer).first()
    start, outcomes = Barrier(2), []

    def decide(stage):
        try:
            start.wait(timeout=5)
            go(application, stage, mover, from_stage="applied")
            outcomes.append("moved")
        except StageChanged:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [Thread(target=decide, args=[stage]) for stage in ("interview", "rejected")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["moved", "stale"]
    assert application.transitions.count() == 2
