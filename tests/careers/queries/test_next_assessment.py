"""What an assessment is expected to tell."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from assessments.models import BlueprintRow
from assessments.psychometrics.irt import information
from assessments.psychometrics.types import ItemParameters
from careers.queries.next_assessment import BankItem, expected_evidence
from careers.queries.role import role_page
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory, make_bank, make_candidate, take
from tests.factories.careers import ask_skill, make_role, measure, skills_of

EASY, HARD = ItemParameters(1.2, (-1.0,)), ItemParameters(0.8, (1.0, 2.0))


def row(count, low=1, high=5, item_type="", facet=None):
    return BlueprintRow(
        count=count, level_min=low, level_max=high, item_type=item_type, facet_id=facet
    )


def item(level, parameters, item_type="single-choice", facet=1):
    return BankItem(level, facet, item_type, (("listening", parameters),))


def at(parameters, theta):
    return float(information(parameters, theta))


def test_a_row_adds_its_count_times_the_mean_information_of_what_it_may_draw():
    bank = [item(2, EASY), item(2, HARD), item(5, HARD)]
    expected = expected_evidence([row(3, 1, 2), row(2, 5, 5)], bank, {})
    mean = (at(EASY, 0) + at(HARD, 0)) / 2
    assert expected["listening"].parts == 5
    assert expected["listening"].information == pytest.approx(3 * mean + 2 * at(HARD, 0))


def test_information_is_taken_at_the_candidates_theta_less_what_a_retake_replaces():
    held = SimpleNamespace(theta=1.5, sem=0.9, parts=4)
    expected = expected_evidence([row(9)], [item(3, HARD)], {"listening": held})
    assert expected["listening"].parts == 5
    assert expected["listening"].information == pytest.approx(9 * at(HARD, 1.5) - (1 / 0.81 - 1))


def test_a_retake_of_as_much_adds_nothing():
    held = SimpleNamespace(theta=0.0, sem=0.2, parts=13)
    expected = expected_evidence([row(9)], [item(3, HARD)], {"listening": held})
    assert (expected["listening"].parts, expected["listening"].information) == (0, 0)


def test_typing_passages_are_left_to_rows_that_name_them():
    bank = [item(3, EASY), BankItem(3, 1, "typing", ())]
    expected = expected_evidence([row(2), row(1, item_type="typing")], bank, {})
    assert expected["listening"].parts == 2
    assert expected["listening"].information == pytest.approx(2 * at(EASY, 0))


@pytest.mark.django_db
def test_the_unmeasured_essential_comes_before_the_less_important():
    role = make_role(2, level=3)
    for skill in skills_of(role):
        AssessmentFactory(skill=skill)
        make_bank(skill, 10)
    minor = ask_skill(role, AssessmentFactory().skill, importance=1, essential=False).skill
    make_bank(minor, 10)
    person = UserFactory()
    first = skills_of(role)[0]
    measure(person, first, 2.0, sem=0.3)
    page = role_page(role.code, person, timezone.now())
    assert page.standing.next_assessment.assessment.skill == skills_of(role)[1]


@pytest.mark.django_db
def test_an_assessment_that_cools_down_is_not_recommended():
    assessment = AssessmentFactory()
    make_bank(assessment.skill, 10)
    role = make_role([assessment.skill])
    person = make_candidate()
    assert role_page(role.code, person, timezone.now()).standing.next_assessment is not None
    take(person, assessment, now=timezone.now())
    page = role_page(role.code, person, timezone.now())
    assert page.standing.next_assessment is None
    assert page.rows.skills[0].advice.entry.retake_from is not None
