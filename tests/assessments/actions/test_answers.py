"""Storing answers."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.actions.answers import Reception, move_on, record_answer, report_item, set_flag
from assessments.actions.scoring import finish_attempt
from assessments.models import Attempt, AttemptItem, ItemReport, ItemResponse
from assessments.queries.attempts import locked_question
from core.models import AuditEvent
from tests.factories.assessments import NOW, begin, give, make_candidate


@pytest.fixture
def attempt(candidate, assessment):
    return begin(candidate, assessment)


def stored(attempt, position=1):
    return ItemResponse.objects.get(attempt_item__attempt=attempt, attempt_item__position=position)


def test_an_answer_is_saved_with_its_first_revision(attempt):
    receipt = give(attempt, 1, {"choice": "a"})

    assert receipt.reception == Reception.SAVED
    assert stored(attempt).answer == {"choice": "a"}
    assert stored(attempt).revision == receipt.response.revision == 1
    assert stored(attempt).saved_at == NOW


def test_a_changed_answer_replaces_the_one_before(attempt):
    give(attempt, 1, {"choice": "a"})
    give(attempt, 1, {"choice": "b"}, now=NOW + timedelta(minutes=1))

    assert stored(attempt).answer == {"choice": "b"}
    assert stored(attempt).revision == 2
    assert stored(attempt).saved_at == NOW + timedelta(minutes=1)


def test_the_same_answer_sent_again_is_one_answer(attempt):
    question = locked_question(attempt.candidate, attempt.pk, 1)
    name = uuid4()
    for _ in range(3):
        receipt = record_answer(
            attempt_item=locked_question(attempt.candidate, attempt.pk, question.position),
            answer={"choice": "a"},
            answer_id=name,
            base_revision=0,
            now=NOW,
        )
        assert receipt.reception == Reception.SAVED
        assert receipt.response.revision == 1

    assert ItemResponse.objects.count() == 1


def test_another_answer_that_says_the_same_is_saved_already(attempt):
    give(attempt, 1, {"choice": "a"})

    receipt = give(attempt, 1, {"choice": "a"}, revision=0)

    assert receipt.reception == Reception.SAVED
    assert receipt.response.revision == 1


def test_an_answer_on_an_old_revision_is_stale_and_stores_nothing(attempt):
    give(attempt, 1, {"choice": "a"})
    give(attempt, 1, {"choice": "b"})

    receipt = give(attempt, 1, {"choice": "c"}, revision=1)

    assert receipt.reception == Reception.STALE
    assert receipt.response.answer == {"choice": "b"}
    assert receipt.response.revision == 2
    assert stored(attempt).answer == {"choice": "b"}


@pytest.mark.parametrize("revision", [1, 7])
def test_an_answer_on_a_revision_that_never_was_is_stale(attempt, revision):
    receipt = give(attempt, 1, {"choice": "c"}, revision=revision)

    assert receipt.reception == Reception.STALE
    assert receipt.response is None
    assert not ItemResponse.objects.exists()


def test_an_answer_can_be_taken_back(attempt):
    give(attempt, 1, {"choice": "a"})

    receipt = give(attempt, 1, None)

    assert receipt.reception == Reception.SAVED
    assert stored(attempt).answer is None
    assert stored(attempt).revision == 2


def test_nothing_said_about_an_empty_question_stores_nothing(attempt):
    receipt = give(attempt, 1, None)

    assert receipt.reception == Reception.SAVED
    assert receipt.response is None
    assert not ItemResponse.objects.exists()


def test_the_last_second_still_counts_and_the_next_does_not(attempt):
    in_time = give(attempt, 1, {"choice": "a"}, now=attempt.deadline)
    late = give(attempt, 2, {"choice": "a"}, now=attempt.deadline + timedelta(microseconds=1))

    assert in_time.reception == Reception.SAVED
    assert late.reception == Reception.CLOSED
    assert ItemResponse.objects.count() == 1


def test_an_answer_repeated_after_the_deadline_is_confirmed_as_saved(attempt):
    give(attempt, 1, {"choice": "a"})

    receipt = give(attempt, 1, {"choice": "a"}, now=attempt.deadline + timedelta(hours=1))

    assert receipt.reception == Reception.SAVED


def test_nothing_is_stored_after_submitting(attempt):
    give(attempt, 1, {"choice": "a"})
    finish_attempt(attempt=attempt, now=NOW)

    receipt = give(attempt, 1, {"choice": "b"})

    assert receipt.reception == Reception.CLOSED
    assert stored(attempt).answer == {"choice": "a"}


def test_answers_write_no_audit_rows(attempt):
    before = AuditEvent.objects.count()
    give(attempt, 1, {"choice": "a"})

    assert AuditEvent.objects.count() == before


def test_moving_on_never_goes_back(attempt):
    move_on(attempt=attempt, to_position=4)
    move_on(attempt=attempt, to_position=2)

    attempt.refresh_from_db()
    assert attempt.furthest_position == 4


def test_moving_on_in_one_tab_does_not_undo_the_other(attempt):
    behind = Attempt.objects.get(pk=attempt.pk)
    move_on(attempt=attempt, to_position=4)
    move_on(attempt=behind, to_position=2)

    attempt.refresh_from_db()
    assert attempt.furthest_position == 4


def test_a_question_can_be_flagged_and_unflagged(attempt):
    question = attempt.items.get(position=2)
    set_flag(attempt_item=question, flagged=True)
    assert AttemptItem.objects.get(pk=question.pk).flagged

    set_flag(attempt_item=question, flagged=False)
    assert not AttemptItem.objects.get(pk=question.pk).flagged


def test_a_second_report_adds_to_the_open_one(attempt):
    question = attempt.items.get(position=1)
    report_item(attempt_item=question, text="Two answers are right.")
    report_item(attempt_item=question, text="The bill adds up wrongly.")
    report_item(attempt_item=question, text="Two answers are right.")

    assert ItemReport.objects.get().text == "Two answers are right.\n\nThe bill adds up wrongly."


def test_a_question_of_somebody_else_is_not_found(attempt):
    with pytest.raises(Attempt.DoesNotExist):
        locked_question(make_candidate(), attempt.pk, 1)


def test_a_position_that_was_not_drawn_is_not_found(attempt):
    with pytest.raises(AttemptItem.DoesNotExist):
        locked_question(attempt.candidate, attempt.pk, 99)


def test_the_database_refuses_revision_zero(attempt):
    give(attempt, 1, {"choice": "a"})

    with pytest.raises(IntegrityError, match="item_response_revision"), transaction.atomic():
        ItemResponse.objects.update(revision=0)


def race(attempt, answers, revision):
    """Send all `answers` to question 1 at the same moment, each in a thread of its own."""
    together = Barrier(len(answers))
    outcomes = []

    def send(answer):
        together.wait()
        with transaction.atomic():
            outcomes.append(give(attempt, 1, answer, revision=revision).reception)
        connection.close()

    threads = [Thread(target=send, args=[answer]) for answer in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("already", [False, True])
def test_of_two_tabs_at_the_same_moment_one_wins_and_the_other_is_told(attempt, already):
    if already:
        give(attempt, 1, {"choice": "c"})

    outcomes = race(attempt, [{"choice": "a"}, {"choice": "b"}], revision=int(already))

    assert outcomes == [Reception.SAVED, Reception.STALE]
    assert stored(attempt).revision == 1 + already


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("already", [False, True])
def test_a_tab_that_waits_for_the_other_sees_what_it_stored(attempt, already):
    """The same race with its order forced: the second waits for the lock that the first holds."""
    if already:
        give(attempt, 1, {"choice": "c"})
    outcome = []

    def second():
        with transaction.atomic():
            outcome.append(give(attempt, 1, {"choice": "b"}, revision=int(already)))
        connection.close()

    with transaction.atomic():
        give(attempt, 1, {"choice": "a"}, revision=int(already))
        thread = Thread(target=second)
        thread.start()
        thread.join(timeout=0.5)
        assert thread.is_alive()
    thread.join(timeout=30)

    assert outcome[0].reception == Reception.STALE
    assert outcome[0].response.answer == {"choice": "a"}
    assert stored(attempt).answer == {"choice": "a"}


@pytest.mark.django_db(transaction=True)
def test_a_double_click_stores_one_answer(attempt):
    outcomes = race(attempt, [{"choice": "a"}] * 4, revision=0)

    assert outcomes == [Reception.SAVED] * 4
    assert stored(attempt).revision == 1
