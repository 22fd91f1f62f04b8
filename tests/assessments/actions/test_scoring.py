"""Ending an attempt, scoring it, and estimating the skill."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from assessments.actions.bank import save_item
from assessments.actions.scoring import estimate_skills, finish_attempt
from assessments.enums import AttemptState, Ending, ParameterOrigin
from assessments.models import (
    Assessment,
    Attempt,
    EstimateEvidence,
    Item,
    PartScore,
    PartScoring,
    ScoringVersion,
    SkillEstimate,
    SpeedMeasure,
)
from assessments.psychometrics import ScoredResponse, estimate_ability
from assessments.queries.evidence import valid_evidence
from assessments.signals import skill_estimate_changed
from assessments.tasks import count_exposure, finish_overdue_attempts, renew_expired_estimates
from tests.factories.assessments import (
    NOW,
    PASSAGE,
    SCORED_TYPES,
    AssessmentFactory,
    SkillFactory,
    answer_to,
    begin,
    give,
    item_content,
    make_bank,
    make_candidate,
    make_item,
    take,
)

YEAR = timedelta(days=365)


def current(candidate):
    return SkillEstimate.objects.get(candidate=candidate, is_current=True)


def scores(attempt):
    rows = PartScore.objects.filter(attempt_item__attempt=attempt)
    return dict(rows.values_list("attempt_item__position", "score"))


def evidence_of(candidate, now=NOW):
    skills = Assessment.objects.values_list("skill", flat=True)
    return next(iter(valid_evidence(candidate, skills, now).values()), [])


def reference(attempt):
    """The estimate worked out by hand from what the attempt's scores say."""
    responses = []
    for score in PartScore.objects.filter(attempt_item__attempt=attempt):
        scoring = PartScoring.objects.get(part=score.part, scoring_version=score.scoring_version)
        responses.append(ScoredResponse(scoring.parameters, score.score))
    return estimate_ability(responses)


@pytest.mark.parametrize("item_type", SCORED_TYPES)
@pytest.mark.parametrize("right", [True, False])
def test_every_type_is_scored_from_its_stored_answer(candidate, item_type, right):
    assessment = AssessmentFactory(blueprint=[{"count": 1}])
    item = make_item(assessment.skill, item_type)
    attempt = begin(candidate, assessment)
    give(attempt, 1, answer_to(item, right=right))

    finish_attempt(attempt=attempt, now=NOW)

    maximum = item.versions.get().parts.get().maximum
    assert scores(attempt) == {1: maximum if right else 0}


def test_an_estimate_is_that_of_the_reference_formula(candidate, assessment):
    attempt = take(candidate, assessment, right=3)

    expected = reference(attempt)
    estimate = current(candidate)
    assert (estimate.theta, estimate.sem) == (expected.theta, expected.sem)
    assert estimate.level == assessment.skill.cuts.level(expected.theta)
    assert estimate.part_count == 4
    assert not estimate.measured
    assert estimate.provisional
    assert estimate.evidence_at == attempt.submitted_at
    assert estimate.valid_until == attempt.submitted_at + YEAR
    assert estimate.computed_at == NOW + timedelta(minutes=5)


def test_enough_responses_make_a_measured_skill(candidate):
    assessment = AssessmentFactory(blueprint=[{"count": 16}])
    make_bank(assessment.skill, 16, "situational")

    take(candidate, assessment, right=9)

    estimate = current(candidate)
    assert estimate.part_count == 16
    assert estimate.sem <= 0.7
    assert estimate.measured


def test_an_estimate_names_its_evidence(candidate, assessment):
    attempt = take(candidate, assessment)

    rows = EstimateEvidence.objects.filter(estimate=current(candidate))
    assert {row.part_score_id for row in rows} == set(
        PartScore.objects.filter(attempt_item__attempt=attempt).values_list("pk", flat=True)
    )


def test_submitting_twice_scores_once(candidate, assessment):
    attempt = take(candidate, assessment)
    before = Attempt.objects.get(pk=attempt.pk)

    again = finish_attempt(attempt=attempt, now=NOW + timedelta(days=1))

    assert again.submitted_at == before.submitted_at
    assert PartScore.objects.count() == 4
    assert SkillEstimate.objects.count() == 1


def test_what_was_submitted_empty_scores_zero(candidate, assessment):
    attempt = begin(candidate, assessment)
    give(attempt, 1, answer_to(attempt.items.first().item_version.item))

    finish_attempt(attempt=attempt, now=NOW)

    assert scores(attempt) == {1: 1, 2: 0, 3: 0, 4: 0}


def test_an_answer_taken_back_scores_zero(candidate, assessment):
    attempt = begin(candidate, assessment)
    give(attempt, 1, answer_to(attempt.items.first().item_version.item))
    give(attempt, 1, None)

    finish_attempt(attempt=attempt, now=NOW)

    assert scores(attempt)[1] == 0


def test_when_time_runs_out_reached_and_empty_is_zero_and_not_reached_is_ignored(
    candidate, assessment
):
    attempt = begin(candidate, assessment)
    give(attempt, 1, answer_to(attempt.items.first().item_version.item))

    ended = finish_attempt(attempt=attempt, now=attempt.deadline + timedelta(hours=2))

    assert ended.ending == Ending.TIMED_OUT
    assert ended.submitted_at == attempt.deadline
    assert scores(attempt) == {1: 1, 2: 0}
    assert current(candidate).part_count == 2


def test_an_answer_beyond_the_furthest_page_counts_after_time_ran_out(candidate, assessment):
    attempt = begin(candidate, assessment)
    item = attempt.items.get(position=4).item_version.item
    give(attempt, 4, answer_to(item))
    Attempt.objects.filter(pk=attempt.pk).update(furthest_position=1)

    finish_attempt(attempt=attempt, now=attempt.deadline + timedelta(hours=2))

    assert scores(attempt) == {1: 0, 4: 1}


def test_the_newest_scored_attempt_replaces_the_older_even_if_lower(candidate, assessment):
    high = take(candidate, assessment, right=4)
    theta = current(candidate).theta
    later = NOW + timedelta(days=20)

    low = take(candidate, assessment, right=0, now=later)

    assert current(candidate).theta < theta
    assert current(candidate).theta == reference(low).theta
    assert {row.given_at for row in evidence_of(candidate, later)} == {low.submitted_at}
    assert SkillEstimate.objects.filter(is_current=False).get().theta == reference(high).theta


def test_an_open_retake_leaves_the_old_result_standing(candidate, assessment):
    take(candidate, assessment, right=4)
    before = current(candidate)

    attempt = begin(candidate, assessment, now=NOW + timedelta(days=20))
    give(attempt, 1, None, now=NOW + timedelta(days=20))
    estimate_skills(
        candidate=candidate, skills=[assessment.skill_id], now=NOW + timedelta(days=20)
    )

    assert current(candidate) == before


def test_a_voided_attempt_counts_no_more_and_the_one_before_comes_back(candidate, assessment):
    first = take(candidate, assessment, right=4)
    second = take(candidate, assessment, right=0, now=NOW + timedelta(days=20))
    Attempt.objects.filter(pk=second.pk).update(state=AttemptState.VOIDED)

    estimate_skills(
        candidate=candidate, skills=[assessment.skill_id], now=NOW + timedelta(days=21)
    )

    assert current(candidate).theta == reference(first).theta


def test_without_evidence_no_estimate_is_current(candidate, assessment):
    attempt = take(candidate, assessment)
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.VOIDED)

    estimate_skills(candidate=candidate, skills=[assessment.skill_id], now=NOW)

    assert not SkillEstimate.objects.filter(is_current=True).exists()
    assert SkillEstimate.objects.count() == 1


def test_evidence_expires_with_its_assessment(candidate, assessment):
    ended = take(candidate, assessment).submitted_at
    skills = [assessment.skill_id]

    estimate_skills(candidate=candidate, skills=skills, now=ended + YEAR - timedelta(seconds=1))
    assert SkillEstimate.objects.filter(is_current=True).exists()

    estimate_skills(candidate=candidate, skills=skills, now=ended + YEAR)
    assert not SkillEstimate.objects.filter(is_current=True).exists()


def test_two_assessments_of_a_skill_add_up_and_one_item_counts_once_the_newest(candidate):
    short = AssessmentFactory(blueprint=[{"count": 3}])
    skill = short.skill
    items = make_bank(skill, 3)
    take(candidate, short, right=0)
    make_item(skill, level=5)
    long = AssessmentFactory(skill=skill, code="long", blueprint=[{"count": 4}])
    later = NOW + timedelta(days=1)

    attempt = take(candidate, long, right=4, now=later)

    rows = evidence_of(candidate, later)
    assert len(rows) == 4
    assert {row.given_at for row in rows} == {attempt.submitted_at}
    assert all(row.score == 1 for row in rows)
    assert len(items) == 3
    assert current(candidate).theta == reference(attempt).theta


def test_a_new_version_of_an_item_is_the_same_lineage(candidate):
    assessment = AssessmentFactory(blueprint=[{"count": 1}])
    content = item_content()
    save_item(content=content, skill=assessment.skill)
    take(candidate, assessment)
    save_item(content=content.model_copy(update={"stem": "Reworded."}), skill=assessment.skill)
    other = AssessmentFactory(skill=assessment.skill, code="other", blueprint=[{"count": 1}])

    take(candidate, other, right=0, now=NOW + timedelta(days=1))

    assert Item.objects.get().versions.count() == 2
    assert [row.score for row in evidence_of(candidate)] == [0]


def test_estimating_again_from_the_same_evidence_writes_nothing(candidate, assessment):
    take(candidate, assessment)
    before = current(candidate)

    estimate_skills(
        candidate=candidate, skills=[assessment.skill_id], now=NOW + timedelta(days=3)
    )

    assert current(candidate).pk == before.pk
    assert current(candidate).computed_at == before.computed_at
    assert SkillEstimate.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"knowledge_only": True}, "knowledge_only", True),
        ({"validity_days": 30}, "valid_until", NOW + timedelta(days=30, minutes=5)),
    ],
)
def test_an_estimate_follows_what_its_assessment_says_now(
    candidate, assessment, change, field, value
):
    take(candidate, assessment)
    Assessment.objects.filter(pk=assessment.pk).update(**change)

    estimate_skills(candidate=candidate, skills=[assessment.skill_id], now=NOW)

    assert getattr(current(candidate), field) == value


def test_a_changed_cut_gives_another_level(candidate, assessment):
    take(candidate, assessment)
    skill, before = assessment.skill, current(candidate)
    skill.cut_2, skill.cut_3, skill.cut_4, skill.cut_5 = -4, -3, -2, before.theta
    skill.save()

    estimate_skills(candidate=candidate, skills=[skill.pk], now=NOW)

    assert before.level < 5
    assert current(candidate).level == 5
    assert current(candidate).theta == before.theta


def test_a_score_keeps_the_scoring_version_under_which_it_came_about(candidate, assessment):
    attempt = take(candidate, assessment)
    used = set(PartScore.objects.values_list("scoring_version", flat=True))
    item = attempt.items.first().item_version.item
    version = item.versions.get()

    ScoringVersion.objects.filter(item_version=version).update(is_current=False)
    newer = ScoringVersion.objects.create(
        item_version=version, number=2, origin=ParameterOrigin.CALIBRATED
    )
    PartScoring.objects.create(
        scoring_version=newer, part=version.parts.get(), key="a", discrimination=2, thresholds=[1]
    )
    estimate_skills(candidate=candidate, skills=[assessment.skill_id], now=NOW)

    assert set(PartScore.objects.values_list("scoring_version", flat=True)) == used
    assert current(candidate).theta == reference(attempt).theta


def test_news_of_an_estimate_is_sent_within_the_transaction(candidate, assessment):
    heard = []

    def hear(sender, **news):
        heard.append((news["candidate"], news["now"], connection.in_atomic_block))

    skill_estimate_changed.connect(hear)
    try:
        attempt = take(candidate, assessment)
    finally:
        skill_estimate_changed.disconnect(hear)

    assert heard == [(candidate, attempt.scored_at, True)]


def test_an_attempt_is_not_ended_when_a_listener_fails(candidate, assessment):
    def fail(sender, **news):
        raise DatabaseError("the listener's own trouble")

    skill_estimate_changed.connect(fail)
    try:
        with pytest.raises(DatabaseError, match="own trouble"):
            take(candidate, assessment)
    finally:
        skill_estimate_changed.disconnect(fail)

    assert Attempt.objects.get().is_open
    assert not PartScore.objects.exists()


# Typing -----------------------------------------------------------------------------------------


@pytest.fixture
def typing_test(db):
    assessment = AssessmentFactory(blueprint=[{"count": 1, "item_type": "typing"}])
    make_item(assessment.skill, "typing")
    return assessment


def typed(text=PASSAGE, milliseconds=60_000, device="keyboard"):
    return {"text": text, "milliseconds": milliseconds, "device": device}


def test_typing_is_a_measure_and_no_score(candidate, typing_test):
    attempt = begin(candidate, typing_test)
    give(attempt, 1, typed())

    finish_attempt(attempt=attempt, now=NOW)

    speed = SpeedMeasure.objects.get()
    assert speed.gross_wpm == speed.net_wpm == len(PASSAGE) / 5
    assert speed.accuracy == 1
    assert speed.device == "keyboard"
    assert speed.character_count == len(PASSAGE)
    assert speed.candidate == candidate
    assert (speed.measured_at, speed.valid_until) == (NOW, NOW + YEAR)
    assert not PartScore.objects.exists()
    assert not SkillEstimate.objects.exists()


def test_phone_and_keyboard_stand_apart(candidate, typing_test):
    typing_test.cool_down_days = 0
    typing_test.save()
    for day, device in enumerate(["keyboard", "phone"]):
        attempt = begin(candidate, typing_test, now=NOW + timedelta(days=day))
        give(attempt, 1, typed(device=device), now=NOW + timedelta(days=day))
        finish_attempt(attempt=attempt, now=NOW + timedelta(days=day))

    assert set(SpeedMeasure.objects.values_list("device", flat=True)) == {"keyboard", "phone"}


@pytest.mark.parametrize("answer", [typed(milliseconds=29_999), typed(text=PASSAGE[:49]), None])
def test_too_short_a_sample_is_no_measure(candidate, typing_test, answer):
    attempt = begin(candidate, typing_test)
    give(attempt, 1, answer)

    finish_attempt(attempt=attempt, now=NOW)

    assert not SpeedMeasure.objects.exists()


# Two at once ------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_submits_at_the_same_moment_make_one_set_of_scores(candidate, assessment):
    attempt = begin(candidate, assessment)
    together = Barrier(2)
    ended = []

    def submit():
        together.wait()
        ended.append(finish_attempt(attempt=attempt, now=NOW).state)
        connection.close()

    threads = [Thread(target=submit) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert ended == [AttemptState.SCORED] * 2
    assert PartScore.objects.count() == 4
    assert SkillEstimate.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_submits_of_two_assessments_of_one_skill_both_end_up_in_the_estimate(candidate):
    skill = SkillFactory()
    tests = [
        AssessmentFactory(skill=skill, code=f"{skill.code}-{place}", blueprint=[{"count": 3}])
        for place in range(2)
    ]
    make_bank(skill, 8)
    attempts = [begin(candidate, test) for test in tests]
    together = Barrier(2)

    def submit(attempt):
        together.wait()
        finish_attempt(attempt=attempt, now=NOW)
        connection.close()

    threads = [Thread(target=submit, args=[attempt]) for attempt in attempts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert current(candidate).part_count == 6


@pytest.mark.django_db(transaction=True)
def test_ending_waits_for_the_candidate_before_it_locks_the_attempt(candidate, assessment):
    """Starting locks the candidate first, too: in any other order the two could deadlock."""
    attempt = begin(candidate, assessment)

    def submit():
        finish_attempt(attempt=attempt, now=NOW)
        connection.close()

    thread = Thread(target=submit)
    with transaction.atomic():
        type(candidate).objects.select_for_update(no_key=True).get(pk=candidate.pk)
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()
        Attempt.objects.select_for_update(nowait=True).get(pk=attempt.pk)
    thread.join(timeout=30)

    assert Attempt.objects.get().state == AttemptState.SCORED


# Jobs -------------------------------------------------------------------------------------------


def test_the_job_ends_attempts_whose_time_is_up_and_no_others(assessment):
    from django.utils import timezone

    now = timezone.now()
    overdue = begin(make_candidate(), assessment, now=now - timedelta(hours=1))
    running = begin(make_candidate(), assessment, now=now)

    finish_overdue_attempts(0)

    overdue.refresh_from_db()
    running.refresh_from_db()
    assert overdue.ending == Ending.TIMED_OUT
    assert running.is_open


def test_the_job_takes_expired_estimates_out_of_use(candidate, assessment):
    from django.utils import timezone

    take(candidate, assessment, now=timezone.now() - timedelta(days=400))
    valid = make_candidate()
    take(valid, assessment, now=timezone.now() - timedelta(days=10))

    renew_expired_estimates(0)

    assert SkillEstimate.objects.get(is_current=True).candidate == valid


def test_the_job_counts_how_often_items_were_drawn(candidate, assessment):
    attempt = begin(candidate, assessment)

    count_exposure(0)

    drawn = {row.item_version.item_id for row in attempt.items.all()}
    counts = dict(Item.objects.values_list("pk", "exposure_count"))
    assert all(counts[item] == (item in drawn) for item in counts)


