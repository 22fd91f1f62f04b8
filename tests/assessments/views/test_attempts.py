"""The pages of an attempt, as a browser uses them."""

import json
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings
from django.db import close_old_connections, connection
from django.urls import reverse
from django.utils import timezone

from assessments.enums import AttemptState, Ending
from assessments.models import Attempt, ItemReport, ItemResponse, PartScore
from tests.factories.assessments import (
    AssessmentFactory,
    answer_to,
    begin,
    give,
    make_bank,
    make_item,
    posted,
)

JSON = {"HTTP_ACCEPT": "application/json"}


def url(attempt, name, *args):
    return reverse(f"assessments:{name}", args=[attempt.pk, *args])


def envelope(fields=None, *, revision=0, answer_id=None, held=""):
    return {
        **(fields or {}),
        "answer_id": str(answer_id or uuid4()),
        "revision": revision,
        "held": held,
    }


def send(client, attempt, position, fields, *, name="save", **kwargs):
    return client.post(url(attempt, name, position), envelope(fields, **kwargs), **JSON)


def make_overdue(attempt):
    attempt.started_at -= timedelta(hours=2)
    attempt.save(update_fields=["started_at"])


def stored(attempt, position=1):
    row = ItemResponse.objects.filter(
        attempt_item__attempt=attempt, attempt_item__position=position
    ).first()
    return row and row.answer


# Saving ------------------------------------------------------------------------------------------


def test_an_answer_is_saved_and_confirmed(candidate_client, attempt):
    response = send(candidate_client, attempt, 1, {"choice": "a"})

    assert response.status_code == 200
    assert response.json() == {
        "state": "saved",
        "revision": 1,
        "seconds_left": pytest.approx(1199, abs=2),
    }
    assert stored(attempt) == {"choice": "a"}


def test_the_same_answer_sent_twice_is_confirmed_twice_and_stored_once(candidate_client, attempt):
    name = uuid4()
    for _ in range(2):
        response = send(candidate_client, attempt, 1, {"choice": "a"}, answer_id=name)
        assert response.json()["revision"] == 1

    assert ItemResponse.objects.count() == 1


def test_a_stale_answer_gets_409_with_the_stored_question(candidate_client, attempt):
    send(candidate_client, attempt, 1, {"choice": "a"})

    response = send(candidate_client, attempt, 1, {"choice": "b"})

    reply = response.json()
    assert response.status_code == 409
    assert (reply["state"], reply["revision"]) == ("stale", 1)
    assert 'data-revision="1"' in reply["question"]
    assert 'value="a" checked' in reply["question"]
    assert 'value="b" checked' not in reply["question"]
    assert stored(attempt) == {"choice": "a"}


def test_the_candidate_can_insist_on_the_own_answer(candidate_client, attempt):
    send(candidate_client, attempt, 1, {"choice": "a"})
    stale = send(candidate_client, attempt, 1, {"choice": "b"}).json()

    response = send(candidate_client, attempt, 1, {"choice": "b"}, revision=stale["revision"])

    assert response.json()["revision"] == 2
    assert stored(attempt) == {"choice": "b"}


def test_an_answer_after_the_deadline_gets_410_and_the_earlier_ones_count(
    candidate_client, attempt
):
    first = attempt.items.get(position=1).item_version.item
    send(candidate_client, attempt, 1, posted(answer_to(first)))
    make_overdue(attempt)

    response = send(candidate_client, attempt, 2, {"choice": "a"})

    assert response.status_code == 410
    assert response.json()["state"] == "closed"
    assert response.json()["url"] == url(attempt, "attempt")
    page = candidate_client.get(response.json()["url"], follow=True)
    assert page.redirect_chain[-1][0] == url(attempt, "result")
    attempt.refresh_from_db()
    assert attempt.ending == Ending.TIMED_OUT
    assert attempt.submitted_at == attempt.deadline
    assert stored(attempt, 2) is None
    assert PartScore.objects.get().score == 1


@pytest.mark.parametrize("name", ["attempt", "review", "status", "result"])
def test_any_page_opened_after_the_deadline_ends_the_attempt(candidate_client, attempt, name):
    make_overdue(attempt)

    candidate_client.get(url(attempt, name))

    attempt.refresh_from_db()
    assert (attempt.state, attempt.ending) == (AttemptState.SCORED, Ending.TIMED_OUT)


def test_save_and_next_hands_out_only_what_the_page_does_not_hold(candidate_client, candidate):
    assessment = AssessmentFactory(blueprint=[{"count": 6}])
    make_bank(assessment.skill, 6)
    attempt = begin(candidate, assessment, now=timezone.now())

    everything = send(candidate_client, attempt, 1, {"choice": "a"}, name="save_and_next")
    the_third = send(
        candidate_client, attempt, 2, {"choice": "a"}, name="save_and_next", held="1,2,3,4"
    )
    nothing = send(
        candidate_client, attempt, 3, {"choice": "a"}, name="save_and_next", held="4,5,6"
    )
    at_the_end = send(candidate_client, attempt, 6, {"choice": "a"}, name="save_and_next")

    assert list(everything.json()["questions"]) == ["2", "3", "4"]
    assert list(the_third.json()["questions"]) == ["5"]
    assert nothing.json()["questions"] == at_the_end.json()["questions"] == {}


def test_what_is_handed_out_shows_the_answer_given_before(candidate_client, attempt):
    give(attempt, 2, {"choice": "c"}, now=timezone.now())

    reply = send(candidate_client, attempt, 1, {"choice": "a"}, name="save_and_next").json()

    assert 'value="c" checked' in reply["questions"]["2"]
    assert 'data-revision="1"' in reply["questions"]["2"]


def test_save_and_next_without_an_answer_moves_on(candidate_client, attempt):
    response = send(candidate_client, attempt, 1, {}, name="save_and_next")

    attempt.refresh_from_db()
    assert response.json()["revision"] == 0
    assert attempt.furthest_position == 2
    assert not ItemResponse.objects.exists()


@pytest.mark.parametrize(
    ("item_type", "fields"),
    [
        ("single-choice", {"choice": "z"}),
        ("single-choice", {"choice": ["a", "b"]}),
        ("multiple-choice", {"choices": ["a", "z"]}),
        ("situational", {"most": "a", "least": "a"}),
        ("rating", {"rating-a": "5"}),
        ("ordering", {"order": "a,b"}),
        ("numeric", {"value": "many"}),
        ("numeric", {"value": "9" * 30}),
        ("typing", {"text": "a", "device": "telepathy"}),
        ("typing", {"text": "a", "milliseconds": "soon", "device": "phone"}),
    ],
)
def test_an_answer_that_no_page_sends_gets_400_and_keeps_what_is_stored(
    candidate_client, candidate, item_type, fields
):
    assessment = AssessmentFactory(blueprint=[{"count": 1, "item_type": item_type}])
    item = make_item(assessment.skill, item_type)
    attempt = begin(candidate, assessment, now=timezone.now())
    kept = answer_to(item)
    give(attempt, 1, kept, now=timezone.now())

    response = send(candidate_client, attempt, 1, fields, revision=1)

    assert response.status_code == 400
    assert response.json()["state"] == "invalid"
    assert response.json()["message"]
    assert stored(attempt) == kept


def test_a_character_that_the_database_cannot_store_is_refused_or_dropped(
    candidate_client, candidate
):
    assessment = AssessmentFactory(blueprint=[{"count": 1, "item_type": "typing"}])
    make_item(assessment.skill, "typing")
    attempt = begin(candidate, assessment, now=timezone.now())

    response = send(
        candidate_client,
        attempt,
        1,
        {"text": "Thank\x00 you", "milliseconds": "900", "device": "phone"},
    )

    assert response.status_code in {200, 400}
    assert "\x00" not in json.dumps(stored(attempt), ensure_ascii=False)


@pytest.mark.parametrize(
    "broken",
    [
        {"answer_id": "not-a-uuid"},
        {"answer_id": ""},
        {"revision": "-1"},
        {"revision": "many"},
        {"revision": ""},
        {"held": "1;drop"},
        {"held": "1," * 200},
    ],
)
@pytest.mark.parametrize("name", ["save", "save_and_next"])
def test_a_garbled_envelope_gets_400(candidate_client, attempt, name, broken):
    body = envelope({"choice": "a"}) | broken

    response = candidate_client.post(url(attempt, name, 1), body, **JSON)

    assert response.status_code == 400
    assert response.json()["state"] == "invalid"
    assert not ItemResponse.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"\xff\xfe\x00garbage", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"--broken", "multipart/form-data; boundary=other"),
        (b"", "text/plain"),
    ],
)
def test_a_body_that_is_no_form_gets_400(candidate_client, attempt, body, content_type):
    response = candidate_client.post(
        url(attempt, "save", 1), body, content_type=content_type, **JSON
    )

    assert response.status_code == 400


def test_an_oversized_post_is_refused_and_what_is_stored_stays(candidate_client, attempt):
    send(candidate_client, attempt, 1, {"choice": "a"})
    size = settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1

    response = send(candidate_client, attempt, 1, {"choice": "b", "text": "x" * size}, revision=1)

    assert response.status_code in {400, 413}
    assert stored(attempt) == {"choice": "a"}


def test_too_many_fields_are_refused(candidate_client, attempt):
    fields = {f"field-{number}": "x" for number in range(600)}

    assert send(candidate_client, attempt, 1, fields).status_code == 400


@pytest.mark.parametrize("position", [0, 5, 99_999, 10**30])
@pytest.mark.parametrize("name", ["save", "save_and_next", "flag", "report"])
def test_a_question_that_was_not_drawn_is_not_found(candidate_client, attempt, name, position):
    assert send(candidate_client, attempt, position, {}, name=name).status_code == 404


@pytest.mark.parametrize("position", [0, 5, 99_999, 10**30])
def test_a_page_of_a_question_that_was_not_drawn_is_not_found(candidate_client, attempt, position):
    assert candidate_client.get(url(attempt, "question", position)).status_code == 404


@pytest.mark.parametrize("name", ["save", "save_and_next", "flag", "report"])
def test_changes_are_posted(candidate_client, attempt, name):
    assert candidate_client.get(url(attempt, name, 1)).status_code == 405


def test_a_login_that_expired_in_mid_test_gets_401_and_the_test_goes_on_after_it(
    candidate_client, attempt
):
    send(candidate_client, attempt, 1, {"choice": "a"})
    candidate_client.logout()

    refused = send(candidate_client, attempt, 2, {"choice": "b"})

    assert refused.status_code == 401
    assert stored(attempt, 2) is None
    candidate_client.force_login(attempt.candidate)
    status = candidate_client.get(url(attempt, "status"), **JSON).json()
    assert status["open"] is True
    assert status["revisions"] == {"1": 1}
    assert status["token"]
    assert send(candidate_client, attempt, 2, {"choice": "b"}).status_code == 200


# Without script ----------------------------------------------------------------------------------


def test_without_script_next_saves_and_leads_to_the_next_question(candidate_client, attempt):
    response = candidate_client.post(
        url(attempt, "save_and_next", 1), envelope({"choice": "a"})
    )

    assert response.headers["Location"] == url(attempt, "question", 2)
    assert stored(attempt) == {"choice": "a"}


def test_without_script_the_last_question_leads_to_the_review(candidate_client, attempt):
    response = candidate_client.post(url(attempt, "save_and_next", 4), envelope({"choice": "a"}))

    assert response.headers["Location"] == url(attempt, "review")


def test_without_script_a_stale_answer_shows_the_stored_one_and_says_so(candidate_client, attempt):
    give(attempt, 1, {"choice": "a"}, now=timezone.now())

    page = candidate_client.post(
        url(attempt, "save_and_next", 1), envelope({"choice": "b"}), follow=True
    )

    assert page.redirect_chain[-1][0] == url(attempt, "question", 1)
    assert "answered on another page" in page.content.decode()
    assert 'value="a" checked' in page.content.decode()


def test_without_script_a_late_answer_leads_to_the_result(candidate_client, attempt):
    make_overdue(attempt)

    page = candidate_client.post(
        url(attempt, "save_and_next", 1), envelope({"choice": "b"}), follow=True
    )

    assert page.redirect_chain[-1][0] == url(attempt, "result")


def test_without_script_a_refused_answer_gets_a_page_that_says_what_to_do(
    candidate_client, attempt
):
    page = candidate_client.post(url(attempt, "save_and_next", 1), envelope({"choice": "z"}))

    assert page.status_code == 400
    assert "Everything that was saved before is still there" in page.content.decode()


# Pages -------------------------------------------------------------------------------------------


def test_a_candidate_comes_back_to_where_the_test_was_left(candidate_client, attempt):
    give(attempt, 1, {"choice": "a"}, now=timezone.now())
    give(attempt, 2, {"choice": "b"}, now=timezone.now())

    response = candidate_client.get(url(attempt, "attempt"))

    assert response.headers["Location"] == url(attempt, "question", 3)


def test_after_the_last_question_coming_back_shows_it(candidate_client, attempt):
    give(attempt, 4, {"choice": "a"}, now=timezone.now())

    response = candidate_client.get(url(attempt, "attempt"))

    assert response.headers["Location"] == url(attempt, "question", 4)


def test_the_question_page_shows_place_time_and_two_questions_in_advance(
    candidate_client, attempt
):
    page = candidate_client.get(url(attempt, "question", 1)).content.decode()

    assert "Question 1 of 4" in page
    assert 'data-seconds="119' in page or 'data-seconds="1200"' in page
    assert page.count("<template data-held>") == 2
    assert 'data-position="4"' not in page


def test_an_untimed_test_shows_no_clock(candidate_client, candidate):
    assessment = AssessmentFactory(time_limit_seconds=None)
    make_bank(assessment.skill, 4)
    attempt = begin(candidate, assessment, now=timezone.now())

    page = candidate_client.get(url(attempt, "question", 1)).content.decode()

    assert "data-seconds" not in page
    assert "data-clock-toggle" not in page


@pytest.mark.parametrize(("name", "args"), [("question", [1]), ("review", []), ("status", [])])
def test_pages_of_an_attempt_are_never_cached(candidate_client, attempt, name, args):
    response = candidate_client.get(url(attempt, name, *args))

    assert "no-store" in response.headers["Cache-Control"]


def test_the_review_names_what_is_open_and_flagged(candidate_client, attempt):
    give(attempt, 1, {"choice": "a"}, now=timezone.now())
    candidate_client.post(url(attempt, "flag", 2), {"flagged": "1"})

    page = candidate_client.get(url(attempt, "review")).content.decode()

    assert "3 questions have no answer yet" in page
    assert page.count("flagged") == 1


def test_flagging_answers_json_with_what_is_stored(candidate_client, attempt):
    assert candidate_client.post(
        url(attempt, "flag", 1), {"flagged": "1"}, **JSON
    ).json() == {"flagged": True}
    assert attempt.items.get(position=1).flagged


def test_a_faulty_question_can_be_reported(candidate_client, attempt):
    page = candidate_client.post(
        url(attempt, "report", 1), {"text": "Two answers are right."}, follow=True
    )

    assert ItemReport.objects.get().text == "Two answers are right."
    assert "A person will look at this question" in page.content.decode()


def test_an_empty_report_is_not_stored(candidate_client, attempt):
    candidate_client.post(url(attempt, "report", 1), {"text": "  "})

    assert not ItemReport.objects.exists()


def test_submitting_leads_to_the_result_and_twice_changes_nothing(candidate_client, attempt):
    for _ in range(2):
        response = candidate_client.post(url(attempt, "submit"))
        assert response.headers["Location"] == url(attempt, "result")

    assert Attempt.objects.get().ending == Ending.SUBMITTED
    assert PartScore.objects.count() == 4


def test_a_get_submits_nothing(candidate_client, attempt):
    assert candidate_client.get(url(attempt, "submit")).status_code == 405
    assert Attempt.objects.get().is_open


@pytest.mark.parametrize(("name", "args"), [("question", [1]), ("review", []), ("attempt", [])])
def test_an_ended_attempt_leads_to_its_result(candidate_client, attempt, name, args):
    candidate_client.post(url(attempt, "submit"))

    response = candidate_client.get(url(attempt, name, *args))

    assert response.headers["Location"] == url(attempt, "result")


def test_the_result_of_an_open_attempt_leads_back_to_it(candidate_client, attempt):
    response = candidate_client.get(url(attempt, "result"))

    assert response.headers["Location"] == url(attempt, "attempt")


def test_a_short_result_is_called_a_first_indication(candidate_client, attempt):
    candidate_client.post(url(attempt, "submit"))

    page = candidate_client.get(url(attempt, "result")).content.decode()

    assert "A first indication" in page
    assert "0 of 4" in page
    assert "Level 1:" not in page


def test_a_measured_result_names_its_level_band_and_what_it_rests_on(candidate_client, candidate):
    assessment = AssessmentFactory(blueprint=[{"count": 16}])
    make_bank(assessment.skill, 16, "situational")
    attempt = begin(candidate, assessment, now=timezone.now())
    for question in attempt.items.select_related("item_version__item"):
        item = question.item_version.item
        right = question.position <= 9
        give(attempt, question.position, answer_to(item, right=right), now=timezone.now())
    candidate_client.post(url(attempt, "submit"))
    level = candidate.skill_estimates.get().level

    page = candidate_client.get(url(attempt, "result")).content.decode()

    assert f"Level {level}: Title {level}" in page
    assert f"At work, level {level} shows." in page
    assert "16 responses" in page
    assert "Provisional:" in page
    assert 'class="band ' in page
    assert "You can take this assessment again from" in page


def test_an_attempt_voided_before_its_end_has_a_page_that_says_so(candidate_client, attempt):
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.VOIDED)

    page = candidate_client.get(url(attempt, "result"))

    assert page.status_code == 200
    assert "No score this time" in page.content.decode()


# A database that goes away ------------------------------------------------------------------------


def cut_the_connection():
    """End the portal's connection from another one, as a restart of PostgreSQL does."""
    parameters = connection.get_connection_params()
    kept = {"host", "port", "user", "password", "dbname"}
    victim = connection.connection.info.backend_pid
    with psycopg.connect(
        **{key: value for key, value in parameters.items() if key in kept}, autocommit=True
    ) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [victim])


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_between_requests_costs_nothing(candidate_client, attempt):
    assert send(candidate_client, attempt, 1, {"choice": "a"}).status_code == 200
    cut_the_connection()
    close_old_connections()  # as each request does before it begins; the test client doesn't

    response = send(candidate_client, attempt, 2, {"choice": "b"})

    assert response.status_code == 200
    assert stored(attempt, 1) == {"choice": "a"}
    assert stored(attempt, 2) == {"choice": "b"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", ["INSERT INTO \"assessments_itemresponse\"", "COMMIT"])
def test_a_connection_lost_in_mid_request_gets_an_error_page_and_loses_nothing(
    client, attempt, statement
):
    client.raise_request_exception = False
    client.force_login(attempt.candidate)
    assert send(client, attempt, 1, {"choice": "a"}).status_code == 200

    def cut_at_the_insert(execute, sql, params, many, context):
        if sql.startswith(statement):
            cut_the_connection()
        return execute(sql, params, many, context)

    if statement == "COMMIT":
        commit = connection.connection.commit

        def cut_at_the_commit():
            cut_the_connection()
            commit()

        connection.connection.commit = cut_at_the_commit
        response = send(client, attempt, 2, {"choice": "b"})
    else:
        with connection.execute_wrapper(cut_at_the_insert):
            response = send(client, attempt, 2, {"choice": "b"})
    connection.close()

    assert response.status_code in {500, 503}
    assert stored(attempt, 1) == {"choice": "a"}
    assert stored(attempt, 2) is None
    assert send(client, attempt, 2, {"choice": "b"}).status_code == 200
    assert stored(attempt, 2) == {"choice": "b"}
