"""Drafting, changing, opening and closing; and requirements that change under applications."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from careers.models import RequirementSet
from core.models import AuditEvent
from hiring.actions import requisitions as actions
from hiring.actions.applications import withdraw
from hiring.actions.recompute import outdated, recompute_batch
from hiring.actions.requirements import Asked, AskedSkill, asked_by
from hiring.errors import NothingAsked, RequirementsChanged, RoleFixed, StateNotPossible
from hiring.models import Application, Requisition
from hiring.queries.openings import requisitions_with_requirements
from hiring.queries.requisitions import recomputing
from hiring.tasks import recompute_applications
from tests.factories.assessments import NOW
from tests.factories.hiring import (
    asked_skills,
    make_application,
    make_occupation,
    make_requisition,
)

LATER = NOW + timedelta(days=1)


def asked(requisition):
    found = requisitions_with_requirements().get(pk=requisition.pk)
    return asked_by(found.requirements)


def with_level(before, skill, level, essential=True):
    skills = {**before.skills, skill.code: AskedSkill(level, 5, essential)}
    return Asked(skills, before.measures, before.facts)


def without(before, skill):
    skills = {code: row for code, row in before.skills.items() if code != skill.code}
    return Asked(skills, {}, before.facts)


def change(requisition, wanted, recruiter, base_id=None):
    requisition = Requisition.objects.get(pk=requisition.pk)
    return actions.change_requirements(
        requisition=requisition,
        changed_by=recruiter,
        asked=wanted,
        base_id=base_id or requisition.requirements_id,
        now=LATER,
    )


def test_a_draft_copies_what_the_role_asks_for(employer):
    occupation = make_occupation()

    requisition = make_requisition(employer, occupation, opened=False)

    assert requisition.requirements_id != occupation.requirements_id
    copied = [
        (row.skill_id, row.level, row.importance, row.essential, row.reason, row.source)
        for row in requisition.requirements.skill_requirements.all()
    ]
    assert copied == [
        (row.skill_id, row.level, row.importance, row.essential, row.reason, row.source)
        for row in occupation.requirements.skill_requirements.all()
    ]
    assert requisition.requirements.measure_requirements.get().minimum == Decimal(30)
    assert requisition.requirements.fact_requirements.get().minimum == "B2"


def test_another_role_in_a_draft_brings_its_requirements(employer, recruiter):
    requisition = make_requisition(employer, opened=False)
    old, other = requisition.requirements_id, make_occupation()

    words = {"title": "T", "location": "L", "description": "D", "seats": 3}
    changed = actions.change_requisition(
        requisition=requisition, changed_by=recruiter, occupation=other, **words
    )

    assert {skill.pk for skill in asked_skills(changed)} == {
        row.skill_id for row in other.requirements.skill_requirements.all()
    }
    assert not RequirementSet.objects.filter(pk=old).exists()
    actions.open_requisition(requisition=requisition, opened_by=recruiter, now=NOW)
    with pytest.raises(RoleFixed):
        actions.change_requisition(
            requisition=requisition, changed_by=recruiter, occupation=make_occupation(), **words
        )


def test_open_and_close_go_in_turn(requisition, recruiter):
    with pytest.raises(StateNotPossible):
        actions.open_requisition(requisition=requisition, opened_by=recruiter, now=LATER)
    closed = actions.close_requisition(requisition=requisition, closed_by=recruiter, now=LATER)
    assert closed.closed_at == LATER
    with pytest.raises(StateNotPossible):
        actions.close_requisition(requisition=requisition, closed_by=recruiter, now=LATER)
    opened = actions.open_requisition(requisition=requisition, opened_by=recruiter, now=LATER)
    assert (opened.state, opened.closed_at) == ("open", None)


def test_postgresql_wants_a_time_for_what_is_closed(requisition):
    with (
        pytest.raises(IntegrityError, match="requisition_closed_has_time"),
        transaction.atomic(),
    ):
        Requisition.objects.filter(pk=requisition.pk).update(state="closed")


def test_levels_change_in_a_new_set_and_applications_are_recomputed(
    requisition, application, recruiter
):
    before_id, skill = requisition.requirements_id, asked_skills(requisition)[0]

    changed = change(requisition, with_level(asked(requisition), skill, 5), recruiter)

    application.refresh_from_db()
    assert changed.requirements_id > before_id
    assert RequirementSet.objects.filter(pk=before_id).exists()
    assert application.requirement_set_id == changed.requirements_id
    assert (application.verdict, application.essentials_met) == ("nearly-ready", 1)
    row = changed.requirements.skill_requirements.get(skill=skill)
    assert (row.level, row.source) == (5, "judgement")
    event = AuditEvent.objects.get(action="requirements changed")
    assert event.changes == {
        skill.code: ["level 3, importance 4, essential", "level 5, importance 5, essential"]
    }


def test_what_is_no_longer_asked_for_is_no_longer_shared(requisition, application, recruiter):
    skill = asked_skills(requisition)[0]

    changed = change(requisition, without(asked(requisition), skill), recruiter)

    assert not application.shared_skills.filter(skill=skill).exists()
    assert application.shared_skills.count() == 2
    application.refresh_from_db()
    assert application.exceptions == []
    event = AuditEvent.objects.get(action="requirements changed")
    assert event.changes["net-wpm on keyboard"] == ["30", None]
    assert asked_skills(changed) != asked_skills(requisition)


def test_what_was_left_out_can_be_asked_for_again(requisition, recruiter):
    before = asked(requisition)
    change(requisition, without(before, asked_skills(requisition)[0]), recruiter)
    change(requisition, before, recruiter)

    assert asked(requisition) == before


def test_nothing_changes_when_nothing_was_changed(requisition, recruiter):
    assert (
        change(requisition, asked(requisition), recruiter).requirements_id
        == requisition.requirements_id
    )
    assert not AuditEvent.objects.filter(action="requirements changed").exists()


def test_a_stale_form_and_an_empty_one_are_refused(requisition, recruiter):
    wanted = with_level(asked(requisition), asked_skills(requisition)[0], 4)
    change(requisition, wanted, recruiter)

    with pytest.raises(RequirementsChanged):
        change(requisition, wanted, recruiter, base_id=requisition.requirements_id)
    with pytest.raises(NothingAsked):
        change(requisition, Asked({}, {}, {}), recruiter)


def test_many_applications_are_recomputed_by_a_job_with_progress(
    requisition, recruiter, monkeypatch
):
    monkeypatch.setattr(actions, "RECOMPUTED_AT_ONCE", 2)
    for name in ("Ana", "Bo", "Cy"):
        make_application(requisition, name=name)
    gone = make_application(requisition, name="Di")
    withdraw(application=gone, now=LATER)

    wanted = with_level(asked(requisition), asked_skills(requisition)[0], 5)
    changed = change(requisition, wanted, recruiter)

    progress = recomputing(changed)
    assert (progress.done, progress.total) == (0, 4)
    assert recompute_batch(requisition=changed, now=LATER, size=3) == 3
    assert recomputing(changed).done == 3
    job = ProcrastinateJob.objects.get(task_name="hiring.recompute_applications")
    recompute_applications(**job.args)
    assert recomputing(changed) is None
    assert not outdated(changed).exists()
    kept = Application.objects.exclude(pk=gone.pk)
    assert {row.verdict for row in kept} == {"nearly-ready"}
    gone.refresh_from_db()
    assert gone.fit is None
