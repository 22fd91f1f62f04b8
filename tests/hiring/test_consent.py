"""Withdrawn consent ends what employers see, without touching what they decided."""

import pytest
from django.utils import timezone

from accounts.consents import withdraw_consent
from accounts.models import ConsentKind
from hiring.actions.stages import move
from hiring.enums import Stage
from hiring.models import SharedSkill
from tests.factories.assessments import NOW


def move_to(application, stage, recruiter):
    move(
        application=application,
        from_stage=application.stage,
        to_stage=stage,
        moved_by=recruiter,
        note="",
        feedback="Thank you for your time.",
        now=NOW,
    )


def assert_nothing_is_shared(application):
    assert application.fit is None
    assert application.statement == ""
    assert not SharedSkill.objects.filter(application=application).exists()


@pytest.mark.parametrize("stage", [Stage.APPLIED, Stage.INTERVIEW])
def test_an_open_application_is_withdrawn_with_the_consent(
    application, candidate, recruiter, stage
):
    if stage != Stage.APPLIED:
        move_to(application, stage, recruiter)

    withdraw_consent(user=candidate, kind=ConsentKind.ASSESSMENT, now=timezone.now())

    application.refresh_from_db()
    assert application.stage == Stage.WITHDRAWN
    assert_nothing_is_shared(application)


def test_an_ended_application_keeps_its_stage_and_loses_its_results(
    application, candidate, recruiter
):
    move_to(application, Stage.REJECTED, recruiter)

    withdraw_consent(user=candidate, kind=ConsentKind.ASSESSMENT, now=timezone.now())

    application.refresh_from_db()
    assert application.stage == Stage.REJECTED
    assert_nothing_is_shared(application)
