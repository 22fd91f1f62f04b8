"""No key, rationale, explanation or parameter reaches the browser, before or after submission."""

import re
from random import Random
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.actions.bank import save_item
from assessments.content.schema import ItemContent
from assessments.models import PartScoring
from assessments.practice import practice_feedback
from assessments.presentation import shown_item
from tests.factories.assessments import (
    KEYS,
    SCORED_TYPES,
    AssessmentFactory,
    answer_to,
    begin,
    item_content,
    make_candidate,
    make_item,
    posted,
)

OTHER_KEYS = {
    "single-choice": "d",
    "multiple-choice": ["b", "e"],
    "situational": ["d", "a", "c", "b"],
    "rating": {"a": 1, "b": 4, "c": 3, "d": 2},
    "ordering": ["d", "b", "a", "c"],
    "numeric": {"value": "99", "tolerance": "1"},
}
WORDS = re.compile(
    r"SECRET|4711|815\.75|rationale|explanation|threshold|discrimination|asymptote|tolerance", re.I
)


@pytest.fixture(params=KEYS)
def started(request, candidate):
    """An attempt of three items of one type."""
    row = {"count": 3, "item_type": request.param}
    assessment = AssessmentFactory(blueprint=[row])
    for _ in range(4):
        make_item(assessment.skill, request.param)
    return begin(candidate, assessment, now=timezone.now())


def parameters(attempt):
    """The numbers of the items' parameters, as a page could write them."""
    for scoring in PartScoring.objects.filter(part__item_version__uses__attempt=attempt):
        yield from (f"{number:.4f}" for number in (*scoring.thresholds, scoring.lower_asymptote)
                    if f"{number:.4f}" not in {"0.0000", "1.0000"})


def everything_sent(client, attempt):
    """Every response that a browser gets, from the first question to the result."""
    address = lambda name, *args: reverse(f"assessments:{name}", args=[attempt.pk, *args])  # noqa: E731
    sent = [client.get(address("question", position)) for position in (1, 2, 3)]
    for question in attempt.items.select_related("item_version__item"):
        wrong = posted(answer_to(question.item_version.item, right=False))
        body = {**wrong, "answer_id": str(uuid4()), "revision": "0"}
        for name in ("save", "save_and_next"):
            sent.append(
                client.post(
                    address(name, question.position), body, HTTP_ACCEPT="application/json"
                )
            )
        stale = {**body, "answer_id": str(uuid4()), "revision": "9", "choice": "c", "value": "2"}
        sent.append(
            client.post(
                address("save", question.position), stale, HTTP_ACCEPT="application/json"
            )
        )
        sent.append(client.get(address("question", question.position)))
    sent += [client.get(address("status")), client.get(address("review"))]
    sent += [client.post(address("submit"), follow=True), client.get(address("result"))]
    return sent


def test_nothing_that_a_browser_gets_holds_a_secret(candidate_client, started):
    sent = everything_sent(candidate_client, started)

    assert len(sent) == 19
    for response in sent:
        text = response.content.decode()
        assert response.status_code in {200, 409}
        assert not WORDS.search(text), WORDS.search(text)
        for number in parameters(started):
            assert number not in text


@pytest.mark.parametrize("item_type", SCORED_TYPES)
def test_what_is_shown_is_the_same_under_any_key(db, item_type):
    skill = AssessmentFactory().skill
    content = item_content(item_type)
    item = save_item(content=content, skill=skill)
    order = Random(3).sample([option.code for option in content.options], len(content.options))

    def shown():
        return shown_item(item.versions.get(), order)

    before = shown()
    save_item(
        content=ItemContent(**(content.model_dump() | {"key": OTHER_KEYS[item_type]})), skill=skill
    )

    assert shown() == before


def test_a_drawn_order_of_options_says_nothing_about_the_key(db):
    """Over many draws the right option of an ordering item stands in each place equally often."""
    assessment = AssessmentFactory(blueprint=[{"count": 1}])
    make_item(assessment.skill, "ordering")
    places = [0, 0, 0, 0]

    for seed in range(40):
        attempt = begin(make_candidate(), assessment, seed=seed)
        places[attempt.items.get().option_order.index("c")] += 1

    assert min(places) >= 3


def test_feedback_is_refused_for_an_item_that_is_scored(db):
    item = make_item(AssessmentFactory().skill)

    with pytest.raises(ValueError, match="practice items only"):
        practice_feedback(item.versions.get(), {"choice": "a"})


def test_a_practice_question_keeps_its_key_until_it_is_answered(client, db):
    assessment = AssessmentFactory()
    item = make_item(assessment.skill, use="practice")
    address = reverse("assessments:practice", args=[assessment.code])

    before = client.get(address).content.decode()
    after = client.post(address, posted(answer_to(item))).content.decode()

    assert "SECRET" not in before
    assert after.count("RATIONALE-SECRET") == 4
    assert "EXPLANATION-SECRET" in after


def test_no_scored_item_can_be_reached_as_practice(client, db):
    assessment = AssessmentFactory()
    make_item(assessment.skill)
    make_item(assessment.skill, use="practice")

    for number in (0, 2, 3):
        address = reverse("assessments:practice_question", args=[assessment.code, number])
        assert client.get(address).status_code == 404
