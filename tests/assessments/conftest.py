"""A small assessment of four questions and a candidate who may take it."""

import pytest

from tests.factories.assessments import (
    AssessmentFactory,
    begin,
    make_bank,
    make_candidate,
)


@pytest.fixture
def assessment(db):
    assessment = AssessmentFactory()
    make_bank(assessment.skill, 10)
    return assessment


@pytest.fixture
def candidate(db):
    return make_candidate()


@pytest.fixture
def attempt(candidate, assessment):
    from django.utils import timezone

    return begin(candidate, assessment, now=timezone.now())


@pytest.fixture
def candidate_client(client, candidate):
    client.force_login(candidate)
    return client
