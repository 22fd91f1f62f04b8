"""The real starter content: it loads, survives a round trip, and the bank is what it must be."""

from collections import Counter, defaultdict
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions.bank import content_parameters
from assessments.content.bank_checks import imbalances
from assessments.content.kinds import KINDS as ASSESSMENT_KINDS
from assessments.item_types.registry import ITEM_TYPES
from assessments.models import Assessment, Attempt, Battery, Item, Skill
from careers.models import RoleReadiness
from core.content.loading import export, load
from core.models import ContentRecord
from portal.content import KINDS, STARTER_CONTENT
from tests.factories.assessments import make_candidate

AGENT_SKILLS = {
    "listening", "verbal", "written", "empathy", "deescalation", "expectations", "problem-solving",
    "composure", "analysis",
}
LEAST_ITEMS, LEAST_ITEMS_OF_AGENT_SKILLS = 12, 24


@pytest.fixture(scope="module")
def bank():
    """Items by skill, as the files hold them."""
    item_kind = next(kind for kind in ASSESSMENT_KINDS if kind.name == "item")
    items = defaultdict(list)
    for record in item_kind.read(STARTER_CONTENT):
        items[record.content.skill].append(record.content)
    return dict(items)


def scored(items):
    return [row for row in items if row.use == "scored" and row.type != "typing"]


def test_there_are_twenty_skills_and_each_has_items(bank):
    assert len(bank) == 20
    assert bank.keys() >= AGENT_SKILLS


def test_every_skill_has_enough_scored_items(bank):
    short = {
        skill: len(scored(items))
        for skill, items in bank.items()
        if len(scored(items))
        < (LEAST_ITEMS_OF_AGENT_SKILLS if skill in AGENT_SKILLS else LEAST_ITEMS)
    }

    assert short == {}
    assert sum(len(scored(items)) for items in bank.values()) >= 350


def test_every_skill_has_scored_items_on_every_level_and_in_every_facet(bank):
    for skill, items in bank.items():
        assert {row.level for row in scored(items)} == {1, 2, 3, 4, 5}, skill
        facets = Counter(row.facet for row in scored(items))
        assert min(facets.values()) >= 2, (skill, facets)


def test_every_skill_can_be_practised(bank):
    assert [
        skill for skill, items in bank.items() if not any(row.use == "practice" for row in items)
    ] == []


def test_there_are_eight_typing_passages(bank):
    passages = [row for items in bank.values() for row in items if row.type == "typing"]

    assert len(passages) >= 8
    assert len({row.passage for row in passages}) == len(passages)


def test_keys_give_nothing_away_in_any_skill_or_in_the_whole_bank(bank):
    found = {skill: imbalances(items) for skill, items in bank.items() if imbalances(items)}

    assert found == {}
    assert imbalances(row for items in bank.values() for row in items) == []


def test_every_type_is_used_and_every_item_has_possible_parameters(bank):
    rows = [row for items in bank.values() for row in items]

    assert {row.type for row in rows} == set(ITEM_TYPES)
    for row in rows:
        parameters = content_parameters(row)
        assert (parameters is None) == (row.type == "typing")


def test_no_stem_stands_twice(bank):
    stems = Counter(row.stem for items in bank.values() for row in items if row.type != "typing")

    assert [stem for stem, count in stems.items() if count > 1] == []


@pytest.fixture
def loaded(db):
    return load(KINDS, STARTER_CONTENT)


def test_it_loads_and_neither_a_second_load_nor_a_round_trip_changes_anything(loaded, tmp_path):
    records = ContentRecord.objects.count()
    assert len(loaded.created) == records
    assert not loaded.conflicts

    again = load(KINDS, STARTER_CONTENT)
    export(KINDS, tmp_path)
    round_trip = load(KINDS, tmp_path)

    for report in (again, round_trip):
        assert len(report.unchanged) == records
        assert (report.created, report.changed, report.left_alone, report.conflicts) == (
            [], [], [], [],
        )


def test_every_assessment_can_be_drawn_and_retaken(loaded):
    """Each form can be filled, and a retake finds at least some questions that are new."""
    from datetime import timedelta

    from tests.factories.assessments import NOW, begin, finish_attempt

    for assessment in Assessment.objects.all():
        candidate = make_candidate()
        first = begin(candidate, assessment)
        finish_attempt(attempt=first, now=NOW)
        again = begin(candidate, assessment, now=NOW + timedelta(days=40))
        seen, fresh = (
            set(attempt.items.values_list("item_version__item", flat=True))
            for attempt in (first, again)
        )
        parts = again.items.exclude(item_version__item__item_type="typing").count()
        assert 12 <= parts <= 18, assessment.code
        assert fresh - seen, assessment.code
    assert Assessment.objects.count() == Skill.objects.count() == 20


def test_stated_minutes_are_not_less_than_what_careful_readers_need(loaded):
    from tests.factories.assessments import begin

    for assessment in Assessment.objects.all():
        attempt = begin(make_candidate(), assessment)
        seconds = sum(
            attempt.items.values_list("item_version__expected_seconds", flat=True)
        )
        assert assessment.stated_minutes * 60 >= seconds * 0.9, assessment.code
        assert assessment.time_limit_seconds >= assessment.stated_minutes * 60, assessment.code


def test_batteries_are_made_of_assessments_on_offer(loaded):
    for battery in Battery.objects.prefetch_related("steps__assessment"):
        assert all(step.assessment.status == "active" for step in battery.steps.all())


def test_a_whole_attempt_in_the_browser_stays_within_its_budget_of_statements(loaded, client):
    candidate = make_candidate()
    client.force_login(candidate)
    cost = {}

    def post(name, *arguments, **body):
        with CaptureQueriesContext(connection) as captured:
            response = client.post(
                reverse(f"assessments:{name}", args=arguments), body,
                HTTP_ACCEPT="application/json",
            )
        control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
        statements = sum(not row["sql"].startswith(control) for row in captured)
        cost[name] = max(cost.get(name, 0), statements)
        return response

    assert post("start", "empathy").status_code == 302
    attempt = Attempt.objects.get()
    for position in range(1, attempt.items.count() + 1):
        assert post(
            "save_and_next", attempt.pk, position,
            answer_id=str(uuid4()), revision="0", held=f"{position}", choice="a", most="a",
            least="b",
        ).status_code == 200
    post("save", attempt.pk, 1, answer_id=str(uuid4()), revision="9", choice="b")
    post("submit", attempt.pk)

    assert RoleReadiness.objects.filter(candidate=candidate).count() == 16
    assert cost == {"start": 14, "save_and_next": 7, "save": 4, "submit": 24}
    assert Item.objects.filter(versions__uses__attempt=attempt).count() == attempt.items.count()
