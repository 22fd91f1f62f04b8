"""Years of experience from what is declared."""

from datetime import date
from decimal import Decimal

import pytest

from careers.matching.facts import DeclaredFact
from careers.queries.declared import days_covered
from careers.queries.profile import declared_facts
from tests.factories.accounts import UserFactory
from tests.factories.careers import WorkExperienceFactory

YEARS = DeclaredFact.YEARS_EXPERIENCE


@pytest.mark.parametrize(
    ("periods", "days"),
    [
        ([], 0),
        ([(0, 10)], 10),
        ([(0, 10), (20, 30)], 20),
        ([(0, 10), (5, 15)], 15),
        ([(5, 8), (0, 10)], 10),
        ([(10, 20), (0, 10)], 20),
    ],
)
def test_days_in_two_jobs_at_once_count_once(periods, days):
    assert days_covered(periods) == days


@pytest.mark.django_db
def test_two_jobs_at_once_are_no_double_experience():
    person = UserFactory()
    for family in ("finance", "customer-support"):
        WorkExperienceFactory(
            candidate=person,
            family=family,
            started_on=date(2023, 1, 1),
            ended_on=date(2025, 1, 1),
        )
    facts = declared_facts(person, date(2026, 1, 1))
    assert Decimal(facts[YEARS, ""].value) == 2
    assert Decimal(facts[YEARS, "finance"].value) == 2
