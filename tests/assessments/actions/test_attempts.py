"""Starting an attempt."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.consents import withdraw_consent
from accounts.models import ConsentKind
from assessments.enums import AttemptState, Ending, Publication
from assessments.errors import ConsentMissing, CoolingDown, NotOffered
from assessments.models import Accommodation, Attempt, AttemptItem, Item, ItemVersion
from tests.factories.assessments import (
    NOW,
    AssessmentFactory,
    SkillFactory,
    begin,
    make_bank,
    make_candidate,
    make_item,
    take,
)


def codes(attempt):
    rows = attempt.items.select_related("item_version__item")
    return [row.item_version.item.code for row in rows]


def test_a_start_draws_by_the_blueprint_and_stores_the_order(candidate):
    assessment = AssessmentFactory(
        blueprint=[{"count": 1, "level_min": 1, "level_max": 2}, {"count": 3, "level_min": 3}]
    )
    make_bank(assessment.skill, 20)

    attempt = begin(candidate, assessment)

    rows = list(attempt.items.select_related("item_version"))
    assert [row.position for row in rows] == [1, 2, 3, 4]
    assert rows[0].item_version.level <= 2
    assert all(row.item_version.level >= 3 for row in rows[1:])
    assert all(
        sorted(row.option_order) == sorted(row.item_version.task.options) for row in rows
    )
    assert attempt.state == AttemptState.IN_PROGRESS
    assert attempt.test_form == assessment.test_forms.get()


def test_the_options_are_not_always_in_the_order_of_the_file(candidate, assessment):
    orders = {
        tuple(row.option_order)
        for seed in range(4)
        for row in begin(make_candidate(), assessment, seed=seed).items.all()
    }

    assert len(orders) > 5


def test_what_is_drawn_is_frozen_and_the_rest_is_not(candidate, assessment):
    attempt = begin(candidate, assessment)

    drawn = set(attempt.items.values_list("item_version", flat=True))
    frozen = set(ItemVersion.objects.exclude(frozen_at=None).values_list("pk", flat=True))
    assert frozen == drawn


def test_practice_draft_and_retired_items_are_never_drawn(candidate):
    assessment = AssessmentFactory(blueprint=[{"count": 2}])
    skill = assessment.skill
    wanted = {make_item(skill).code, make_item(skill).code}
    make_item(skill, use="practice")
    for status in (Publication.DRAFT, Publication.RETIRED):
        Item.objects.filter(pk=make_item(skill).pk).update(status=status)
    make_item(SkillFactory())

    assert set(codes(begin(candidate, assessment))) == wanted


def test_a_typing_passage_is_drawn_only_by_a_row_that_names_it(candidate):
    assessment = AssessmentFactory(blueprint=[{"count": 3}])
    make_bank(assessment.skill, 3)
    make_item(assessment.skill, "typing")
    plain = begin(candidate, assessment)
    with_typing = AssessmentFactory(
        skill=assessment.skill,
        code="typed",
        blueprint=[{"count": 3}, {"count": 1, "item_type": "typing"}],
    )

    types = [
        row.item_version.item.item_type
        for row in begin(candidate, with_typing).items.select_related("item_version__item")
    ]

    assert "typing" not in {row.item_version.item.item_type for row in plain.items.all()}
    assert types == ["single-choice"] * 3 + ["typing"]


def test_without_consent_nothing_starts(assessment):
    candidate = make_candidate(consents=False)

    with pytest.raises(ConsentMissing):
        begin(candidate, assessment)

    assert not Attempt.objects.exists()


def test_a_withdrawn_consent_stops_the_next_start(candidate, assessment):
    take(candidate, assessment)
    withdraw_consent(
        user=candidate, kind=ConsentKind.ASSESSMENT, now=candidate.consents.get().given_at
    )

    with pytest.raises(ConsentMissing):
        begin(candidate, assessment, now=NOW + timedelta(days=30))


@pytest.mark.parametrize("status", [Publication.DRAFT, Publication.RETIRED])
def test_an_assessment_that_is_not_active_is_not_offered(candidate, assessment, status):
    assessment.status = status
    assessment.save()

    with pytest.raises(NotOffered):
        begin(candidate, assessment)


def test_an_assessment_without_questions_in_its_form_is_not_offered(candidate):
    without_rows = AssessmentFactory()
    without_rows.test_forms.get().rows.all().delete()
    without_form = AssessmentFactory()
    without_form.test_forms.all().delete()

    for assessment in (without_rows, without_form):
        with pytest.raises(NotOffered):
            begin(candidate, assessment)
    assert not Attempt.objects.exists()


def test_a_bank_that_cannot_fill_the_form_is_not_offered_and_leaves_nothing(candidate):
    assessment = AssessmentFactory(blueprint=[{"count": 4}])
    make_bank(assessment.skill, 3)

    with pytest.raises(NotOffered):
        begin(candidate, assessment)

    assert not Attempt.objects.exists()
    assert not ItemVersion.objects.exclude(frozen_at=None).exists()


def test_an_open_attempt_is_returned_as_it_is(candidate, assessment):
    first = begin(candidate, assessment, seed=1)

    again = begin(candidate, assessment, now=NOW + timedelta(minutes=5), seed=2)

    assert again == first
    assert again.started_at == NOW
    assert AttemptItem.objects.count() == 4


def test_a_forgotten_attempt_whose_time_is_up_is_ended_by_the_next_start(candidate, assessment):
    forgotten = begin(candidate, assessment)
    assessment.cool_down_days = 0
    assessment.save()
    later = NOW + timedelta(hours=3)

    again = begin(candidate, assessment, now=later)

    forgotten.refresh_from_db()
    assert again != forgotten
    assert forgotten.state == AttemptState.SCORED
    assert forgotten.ending == Ending.TIMED_OUT
    assert forgotten.submitted_at == NOW + timedelta(seconds=1200)
    assert forgotten.scored_at == later


def test_a_retake_waits_for_the_cool_down_counted_from_the_end(candidate, assessment):
    ended = take(candidate, assessment).submitted_at
    possible = ended + timedelta(days=14)

    with pytest.raises(CoolingDown) as refusal:
        begin(candidate, assessment, now=possible - timedelta(seconds=1))

    assert refusal.value.until == possible
    assert "March 16, 2026" in str(refusal.value)
    assert begin(candidate, assessment, now=possible).is_open


def test_a_voided_attempt_holds_no_retake_back(candidate, assessment):
    attempt = take(candidate, assessment)
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.VOIDED)

    assert begin(candidate, assessment, now=NOW + timedelta(hours=1)).is_open


def test_a_retake_shows_items_not_seen_before(candidate, assessment):
    first = codes(take(candidate, assessment, seed=1))

    retake = codes(begin(candidate, assessment, now=NOW + timedelta(days=20), seed=1))

    assert not set(first) & set(retake)


def test_extra_time_is_part_of_the_deadline_from_the_start(candidate, assessment):
    Accommodation.objects.create(candidate=candidate, extra_time_percent=25)

    attempt = begin(candidate, assessment)

    assert attempt.deadline == NOW + timedelta(seconds=1500)
    assert not attempt.is_overdue(NOW + timedelta(seconds=1500))
    assert attempt.is_overdue(NOW + timedelta(seconds=1501))


def test_an_untimed_attempt_is_never_overdue(candidate, assessment):
    assessment.time_limit_seconds = None
    assessment.save()

    attempt = begin(candidate, assessment)

    assert attempt.deadline is None
    assert not attempt.is_overdue(NOW + timedelta(days=900))


def test_the_database_allows_one_open_attempt_only(attempt):
    copy = Attempt.objects.get(pk=attempt.pk)
    copy.pk = None
    copy._state.adding = True

    with pytest.raises(IntegrityError, match="attempt_open_once"), transaction.atomic():
        copy.save()


def test_the_database_knows_that_an_ended_attempt_has_an_end(attempt):
    with (
        pytest.raises(IntegrityError, match="attempt_submitted_exactly_when_ended"),
        transaction.atomic(),
    ):
        Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.SCORED, scored_at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_simultaneous_starts_make_one_attempt(candidate, assessment):
    together = Barrier(2)
    started = []

    def start(seed):
        together.wait()
        started.append(begin(candidate, assessment, seed=seed).pk)
        connection.close()

    threads = [Thread(target=start, args=[seed]) for seed in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert len(started) == 2
    assert len(set(started)) == 1
    assert Attempt.objects.count() == 1
    assert AttemptItem.objects.count() == 4
