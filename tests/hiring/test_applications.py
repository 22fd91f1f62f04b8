"""Applying, sharing newer results, withdrawing."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from careers.enums import Fact
from careers.models import LanguageSkill, WorkExperience
from core.models import AuditEvent
from hiring.actions.applications import apply, share_newer_results, withdraw
from hiring.actions.requisitions import close_requisition
from hiring.actions.stages import move
from hiring.enums import Stage
from hiring.errors import (
    AddressUnverified,
    ApplicationEnded,
    AssessmentConsentMissing,
    NotOpen,
    ResultsChanged,
)
from hiring.models import Application, SharedFact, SharedMeasure, SharedSkill, StageTransition
from hiring.queries.openings import opening
from tests.factories.assessments import (
    NOW,
    AssessmentFactory,
    SkillFactory,
    make_bank,
    take,
)
from tests.factories.careers import ask_fact
from tests.factories.hiring import (
    asked_skills,
    give_estimate,
    make_application,
    make_occupation,
    make_person,
    make_requisition,
)

LATER = NOW + timedelta(days=3)


def test_exactly_what_is_asked_for_is_shared(requisition, candidate):
    give_estimate(candidate, SkillFactory(), 1.0)
    WorkExperience.objects.create(
        candidate=candidate, title="Agent", family="finance", started_on="2020-01-01"
    )

    application = make_application(requisition, candidate)

    shared = application.shared_skills.values_list("skill", flat=True)
    assert set(shared) == {skill.pk for skill in asked_skills(requisition)}
    assert [(fact.fact, fact.value, fact.detail) for fact in application.shared_facts.all()] == [
        ("cefr", "C1", "English")
    ]


def test_a_typing_test_is_shared_where_asked_with_its_scoring_versions(employer):
    person = make_person()
    skill = SkillFactory()
    blueprint = [{"count": 8, "item_type": "single-choice"}, {"count": 1, "item_type": "typing"}]
    assessment = AssessmentFactory(skill=skill, blueprint=blueprint)
    make_bank(skill, 8)
    make_bank(skill, 1, "typing")
    take(person, assessment)
    requisition = make_requisition(employer, make_occupation([(skill, 2, True)]))

    application = make_application(requisition, person, theta=None, now=LATER)

    measure = application.shared_measures.get()
    assert (measure.measure, measure.device) == ("net-wpm", "keyboard")
    assert measure.measured_at.date() == NOW.date()
    shared = application.shared_skills.get()
    assert len(shared.scoring_versions) >= 8
    snapshot = application.transitions.get().snapshot
    assert snapshot["skills"][skill.code]["scoring_versions"] == shared.scoring_versions


def test_years_are_shared_in_all_and_for_the_line_of_business(employer, candidate):
    occupation = make_occupation(language=False)
    ask_fact(occupation, Fact.YEARS_EXPERIENCE, "1")
    requisition = make_requisition(employer, occupation)
    for family, year in (("customer-support", 2020), ("finance", 2022)):
        WorkExperience.objects.create(
            candidate=candidate,
            title="Agent",
            family=family,
            started_on=f"{year}-01-01",
            ended_on=f"{year + 1}-01-01",
        )

    application = make_application(requisition, candidate)

    facts = {fact.detail: fact.value for fact in application.shared_facts.all()}
    assert facts == {"": "2.0", "customer-support": "1.0"}
    assert application.exceptions == [
        {"measure": "net-wpm", "device": "keyboard", "minimum": "30.00", "state": "unknown"}
    ]


def test_readiness_is_computed_against_the_requisition(requisition, application):
    application.refresh_from_db()

    assert application.verdict == "ready"
    assert (application.essentials_met, application.essentials) == (2, 2)
    assert application.coverage == 1
    assert application.fit_rank == application.fit > 0.9
    assert application.requirement_set_id == requisition.requirements_id


def test_without_results_one_may_apply_and_sorts_last(requisition):
    application = make_application(requisition, theta=None)

    assert application.verdict == "not-enough-evidence"
    assert (application.fit, application.fit_rank) == (None, -1)


def test_applying_twice_is_applying_once(requisition, application, candidate):
    again = apply(candidate=candidate, requisition=requisition, statement="Again", now=LATER)

    assert again == application
    assert again.statement == "I like to help."
    assert StageTransition.objects.count() == 1
    assert AuditEvent.objects.filter(action="applied").count() == 1


def test_a_draft_and_a_closed_requisition_take_none(employer, recruiter, candidate):
    draft = make_requisition(employer, opened=False)
    closed = make_requisition(employer)
    close_requisition(requisition=closed, closed_by=recruiter, now=NOW)

    for requisition in (draft, closed):
        with pytest.raises(NotOpen):
            apply(candidate=candidate, requisition=requisition, statement="", now=NOW)


def test_an_unverified_address_and_a_missing_consent_are_refused(requisition):
    with pytest.raises(AddressUnverified):
        make_application(requisition, make_person(verified=False))
    with pytest.raises(AssessmentConsentMissing):
        make_application(requisition, make_person(consent=False))
    assert not Application.objects.exists()


def test_what_was_agreed_to_is_what_is_shared(requisition, candidate):
    agreed_to = opening(requisition.pk, candidate, NOW).signature
    give_estimate(candidate, asked_skills(requisition)[0], -1.5)

    with pytest.raises(ResultsChanged):
        apply(
            candidate=candidate,
            requisition=requisition,
            statement="",
            agreed_to=agreed_to,
            now=NOW,
        )
    agreed_to = opening(requisition.pk, candidate, NOW).signature
    apply(
        candidate=candidate, requisition=requisition, statement="", agreed_to=agreed_to, now=NOW
    )
    assert SharedSkill.objects.get().theta == -1.5


def test_later_results_stay_private_until_they_are_shared(requisition, application, candidate):
    skill = asked_skills(requisition)[0]
    give_estimate(candidate, skill, -1.5)
    assert application.shared_skills.get(skill=skill).theta == 0.5

    share_newer_results(application=application, now=LATER)

    application.refresh_from_db()
    assert application.shared_skills.get(skill=skill).theta == -1.5
    assert application.shared_at == LATER
    assert application.verdict == "nearly-ready"
    assert application.essentials_met == 1


def test_withdrawing_takes_every_result_away(application):
    withdraw(application=application, now=LATER)

    application.refresh_from_db()
    assert application.stage == Stage.WITHDRAWN
    assert (application.fit, application.coverage, application.statement) == (None, 0, "")
    assert application.exceptions == []
    for model in (SharedSkill, SharedMeasure, SharedFact):
        assert not model.objects.filter(application=application).exists()
    assert application.transitions.last().snapshot == {}


def test_withdrawing_twice_is_once_and_nothing_follows(application, recruiter):
    withdraw(application=application, now=LATER)
    withdraw(application=application, now=LATER)

    assert application.transitions.count() == 2
    with pytest.raises(ApplicationEnded):
        share_newer_results(application=application, now=LATER)


def test_an_application_that_was_decided_cannot_be_withdrawn(application, recruiter):
    move(
        application=application,
        from_stage="applied",
        to_stage="rejected",
        moved_by=recruiter,
        now=LATER,
    )

    with pytest.raises(ApplicationEnded):
        withdraw(application=application, now=LATER)


def refused(constraint):
    return pytest.raises(IntegrityError, match=constraint)


def test_postgresql_keeps_results_away_from_withdrawn_applications(application):
    skill = application.shared_skills.first().skill
    with refused("shares nothing"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(
            stage="withdrawn",
            fit=None,
            fit_rank=-1,
            coverage=0,
            lowest=0,
            highest=1,
            essentials_met=0,
            exceptions=[],
            statement="",
        )
    withdraw(application=application, now=LATER)
    with refused("shares nothing"), transaction.atomic():
        SharedSkill.objects.create(
            application=application,
            skill=skill,
            theta=0,
            sem=1,
            level=3,
            part_count=8,
            measured=True,
            provisional=False,
            knowledge_only=False,
            evidence_at=NOW,
        )
    with refused("application_withdrawn_holds_no_results"), transaction.atomic():
        Application.objects.filter(pk=application.pk).update(statement="Still here")


def test_postgresql_keeps_transitions_as_they_were(application):
    with refused("never change"), transaction.atomic():
        application.transitions.update(feedback="Rewritten")
    with refused("only with its application"), transaction.atomic():
        application.transitions.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    application.transitions.update(moved_by=None)


def test_a_person_can_be_erased_with_their_applications(application, candidate):
    candidate.delete()

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Application.objects.exists()
    assert AuditEvent.objects.filter(action="applied").exists()


def test_two_clicks_at_once_make_one_application(committed):
    requisition = make_requisition()
    person = make_person()
    LanguageSkill.objects.create(candidate=person, language="English", cefr="C1")
    start = Barrier(2)
    found = []

    def click():
        try:
            start.wait(timeout=5)
            found.append(
                apply(candidate=person, requisition=requisition, statement="", now=NOW).pk
            )
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 2
    assert len(set(found)) == 1
    assert StageTransition.objects.count() == 1
