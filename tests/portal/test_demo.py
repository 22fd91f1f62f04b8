"""Simulated candidates: believable, consistent whichever way they are written, added once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from random import Random

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.consents import has_consent
from accounts.models import ConsentKind, Employer, MembershipRole, User
from assessments.enums import AttemptState
from assessments.item_types.registry import ITEM_TYPES
from assessments.item_types.shape import Task
from assessments.models import Attempt, ItemResponse, PartScore, SkillEstimate, SpeedMeasure
from assessments.psychometrics.speed import typing_speed
from careers.models import RoleReadiness
from core.content.loading import load
from core.models import AuditEvent, MailboxMessage
from hiring.enums import Stage
from hiring.models import Application, Requisition, StageTransition
from portal.content import KINDS, STARTER_CONTENT
from portal.demo import ensure_demo
from portal.demo.accounts import (
    CANDIDATE,
    CONTENT_ADMIN,
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    MANAGER,
    NEW_CANDIDATE,
    PLATFORM_ADMIN,
    RECRUITER,
    DemoAccountsRefused,
)
from portal.demo.answers import answers_by_score, believable, number_with_score, typed_text
from portal.demo.invariants import InvariantBroken, check_invariants
from portal.demo.people import person
from portal.demo.seeding import Seeded, seed_demo

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
OPTIONS = ("a", "b", "c", "d")
PASSAGE = "The agent booked a new delivery and sent her a short message. " * 12


@pytest.fixture(scope="module")
def starter_content(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(KINDS, STARTER_CONTENT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def by_actions(starter_content, db) -> Seeded:
    return seed_demo(candidates=3, seed=3, now=NOW)


@pytest.fixture
def in_sets(starter_content, db) -> Seeded:
    return seed_demo(candidates=30, seed=4, now=NOW, in_sets=True)


@pytest.mark.parametrize(
    ("kind", "key", "scores"),
    [
        ("single-choice", "b", {0, 1}),
        ("multiple-choice", ["a", "d"], {0, 1, 2}),
        ("situational", list("bcad"), {0, 1, 2, 3}),
        ("rating", {"a": 1, "b": 4, "c": 2, "d": 3}, {0, 1, 2, 3}),
        ("ordering", list("bcad"), {0, 1, 2, 3}),
    ],
)
def test_there_is_an_answer_for_every_score(kind: str, key: object, scores: set[int]) -> None:
    item_type, task = ITEM_TYPES[kind], Task(OPTIONS)
    key = item_type.read_key(key, task)
    table = answers_by_score(item_type, key, task)
    assert set(table) == scores
    for score, answers in table.items():
        answer = believable(answers, key, Random(score))
        assert item_type.score(key, answer) == score
        assert item_type.is_complete(answer, task)


def test_who_knows_some_right_options_chooses_about_as_many_as_there_are() -> None:
    key = ["a", "d"]
    table = answers_by_score(ITEM_TYPES["multiple-choice"], key, Task(OPTIONS))
    sizes = {len(believable(table[0], key, Random(seed))["choices"]) for seed in range(50)}
    assert sizes <= {1, 2, 3}


@pytest.mark.parametrize("score", [0, 1])
@pytest.mark.parametrize("slips", [[], [{"value": "42.5"}, {"value": "48"}]])
def test_numbers_are_right_or_wrong_as_asked(score: int, slips: list[dict[str, str]]) -> None:
    key = {"value": "42.50", "tolerance": "0.01"}
    for seed in range(30):
        answer = number_with_score(key, slips, score, Random(seed))
        assert ITEM_TYPES["numeric"].score(key, answer) == score


@pytest.mark.parametrize(("wpm", "accuracy"), [(25, 0.9), (45, 0.97), (60, 1.0)])
def test_typed_text_shows_the_typists_speed_and_accuracy(wpm: float, accuracy: float) -> None:
    answer = typed_text(PASSAGE, wpm, accuracy, 60, "keyboard", Random(1))
    speed = typing_speed(PASSAGE, answer["text"], answer["milliseconds"])
    assert speed.gross_wpm == pytest.approx(wpm, rel=0.06)
    assert speed.accuracy == pytest.approx(accuracy, abs=0.035)


def test_who_reaches_the_end_of_a_passage_took_less_time() -> None:
    answer = typed_text("A short text for a test.", 60, 1.0, 60, "keyboard", Random(1))
    assert answer["text"] == "A short text for a test."
    assert answer["milliseconds"] < 60_000


def test_a_person_depends_on_seed_and_number_alone() -> None:
    one, again, other = person(1, 7, NOW), person(1, 7, NOW), person(2, 7, NOW)
    assert one == again
    assert one.theta("empathy") == again.theta("empathy") != other.theta("empathy")
    assert one.email != other.email


def test_people_come_from_many_countries_and_their_skills_go_together() -> None:
    people = [person(1, number, NOW) for number in range(1500)]
    assert len({one.country.time_zone for one in people}) >= 10
    pairs = [(one.theta("empathy"), one.theta("analysis")) for one in people]
    together = sum((first > 0) == (second > 0) for first, second in pairs) / len(pairs)
    assert 0.6 < together < 0.75  # 2/3 for a correlation of a half


@pytest.mark.django_db
def test_candidates_by_actions_have_results_and_readiness(by_actions: Seeded) -> None:
    assert (by_actions.added, by_actions.already_there, by_actions.in_sets) == (3, 0, False)
    candidates = User.objects.filter(email__endswith="@seed-3.example.com")
    assert candidates.count() == 3
    for candidate in candidates:
        assert has_consent(candidate, ConsentKind.ASSESSMENT)
        assert not candidate.has_usable_password()
        attempts = candidate.attempts.all()
        assert attempts
        assert {attempt.state for attempt in attempts} == {AttemptState.SCORED}
        assert all(candidate.date_joined < attempt.started_at < NOW for attempt in attempts)
        assert candidate.readiness.count() == 16
    check_invariants()


@pytest.mark.django_db
def test_the_same_seed_again_adds_only_who_is_missing(by_actions: Seeded) -> None:
    counted = (User, Attempt, PartScore, Application, StageTransition, Requisition, AuditEvent)
    before = [model.objects.count() for model in counted]
    again = seed_demo(candidates=3, seed=3, now=NOW)
    assert (again.added, again.already_there) == (0, 3)
    assert [model.objects.count() for model in counted] == before
    more = seed_demo(candidates=4, seed=3, now=NOW)
    assert (more.added, more.already_there) == (1, 3)


@pytest.mark.django_db
def test_nobody_simulated_gets_an_e_mail(by_actions: Seeded) -> None:
    assert not MailboxMessage.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="core.deliver_email").exists()


@pytest.mark.django_db
def test_the_half_way_candidate_has_results_an_open_test_and_an_application(by_actions) -> None:
    candidate = User.objects.get(email=CANDIDATE)
    assert candidate.attempts.filter(state=AttemptState.SCORED).count() == 4
    open_attempt = candidate.attempts.get(state=AttemptState.IN_PROGRESS)
    assert open_attempt.furthest_position == 5
    assert 3 <= ItemResponse.objects.filter(attempt_item__attempt=open_attempt).count() <= 4
    assert open_attempt.deadline
    assert open_attempt.deadline > NOW
    assert candidate.skill_estimates.filter(is_current=True, measured=True).count() == 4
    assert candidate.applications.count() == 1
    assert not User.objects.get(email=NEW_CANDIDATE).attempts.exists()


@pytest.mark.django_db
def test_demo_accounts_can_sign_in_and_have_their_roles(by_actions: Seeded, rf) -> None:
    accounts = {email: User.objects.get(email=email) for email in DEMO_ACCOUNTS}
    for email, user in accounts.items():
        assert user.check_password(DEMO_PASSWORD)
        assert EmailAddress.objects.get(user=user).verified
        assert has_consent(user, ConsentKind.ASSESSMENT)
        assert authenticate(rf.post("/"), email=email, password=DEMO_PASSWORD) == user
    assert accounts[CONTENT_ADMIN].is_content_admin
    assert accounts[PLATFORM_ADMIN].is_platform_admin
    assert not accounts[MANAGER].is_staff
    employer = Employer.objects.get()
    roles = dict(employer.memberships.values_list("user__email", "role"))
    assert roles == {MANAGER: MembershipRole.MANAGER, RECRUITER: MembershipRole.RECRUITER}
    assert Requisition.objects.filter(employer=employer, state="open").count() == 3


@pytest.mark.django_db
def test_an_account_that_exists_keeps_its_password(starter_content) -> None:
    user = User.objects.create_user(MANAGER, "quite another password", name="Somebody")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    seed_demo(candidates=0, seed=1, now=NOW)
    user.refresh_from_db()
    assert not user.check_password(DEMO_PASSWORD)


def test_candidates_in_sets_keep_the_same_rules(in_sets: Seeded) -> None:
    assert (in_sets.added, in_sets.in_sets) == (30, True)
    candidates = User.objects.filter(email__endswith="@seed-4.example.com")
    assert candidates.count() == 30
    assert RoleReadiness.objects.filter(candidate__in=candidates).count() == 30 * 16
    assert SkillEstimate.objects.filter(candidate__in=candidates, measured=True).count() > 60
    assert SpeedMeasure.objects.filter(candidate__in=candidates).exists()
    assert (
        AuditEvent.objects.filter(
            action="consent given", actor_id__in=candidates.values("pk")
        ).count()
        == 30
    )
    check_invariants()


def test_applications_in_sets_go_through_the_stages(in_sets: Seeded) -> None:
    applications = Application.objects.filter(candidate__email__endswith="@seed-4.example.com")
    stages = set(applications.values_list("stage", flat=True))
    assert {Stage.APPLIED, Stage.SCREENING, Stage.REJECTED} <= stages
    for application in applications:
        first, *_ = transitions = list(application.transitions.all())
        assert (first.from_stage, first.to_stage) == ("", Stage.APPLIED)
        assert transitions[-1].to_stage == application.stage
        rejected = application.stage == Stage.REJECTED
        assert bool(transitions[-1].feedback) == rejected
        assert all(move.moved_at < NOW for move in transitions)


def test_candidates_in_sets_are_added_once(in_sets: Seeded) -> None:
    again = seed_demo(candidates=30, seed=4, now=NOW, in_sets=True)
    assert (again.added, again.already_there) == (0, 30)


def test_estimates_in_sets_find_the_abilities_that_were_drawn(in_sets: Seeded) -> None:
    pairs = [
        (person(4, _number(estimate.candidate), NOW).theta(estimate.skill.code), estimate)
        for estimate in SkillEstimate.objects.filter(
            candidate__email__endswith="@seed-4.example.com"
        ).select_related("candidate", "skill")
    ]
    inside = [abs(theta - estimate.theta) < 2 * estimate.sem for theta, estimate in pairs]
    assert sum(inside) / len(inside) > 0.88


@pytest.mark.parametrize(
    ("rule", "damage"),
    [
        ("has a score for each", lambda: PartScore.objects.order_by("pk")[:1]),
        ("as many scores as it says", lambda: SkillEstimate.objects.order_by("pk")[:1]),
    ],
)
def test_a_broken_invariant_is_found(in_sets: Seeded, rule: str, damage) -> None:
    row = damage().get()
    if isinstance(row, SkillEstimate):
        SkillEstimate.objects.filter(pk=row.pk).update(part_count=row.part_count + 1)
    else:
        row_pk = row.pk
        PartScore.objects.filter(pk=row_pk).delete()
    with pytest.raises(InvariantBroken, match=rule):
        check_invariants()


def test_a_wrong_readiness_is_found(in_sets: Seeded) -> None:
    RoleReadiness.objects.update(coverage=0.123)
    Application.objects.exclude(stage=Stage.WITHDRAWN).update(coverage=0.123)
    with pytest.raises(InvariantBroken) as caught:
        check_invariants()
    assert "stored readiness" in str(caught.value)
    assert "an application's readiness" in str(caught.value)


@pytest.mark.django_db
def test_the_first_start_makes_candidates_in_all_stages(starter_content) -> None:
    ensure_demo()
    assert User.objects.filter(email__contains="@seed-").count() == 40
    assert set(Application.objects.values_list("stage", flat=True)) == set(Stage.values)
    check_invariants()


@pytest.mark.django_db
def test_production_gets_no_account_with_a_known_password(starter_content, settings) -> None:
    settings.IN_PRODUCTION = True
    with pytest.raises(DemoAccountsRefused):
        ensure_demo()
    with pytest.raises(CommandError, match="--force-demo-accounts"):
        _command("--candidates", "1")
    assert not User.objects.exists()
    _command("--candidates", "0", "--force-demo-accounts")
    assert User.objects.filter(email=CANDIDATE).exists()


@pytest.mark.django_db
def test_the_command_says_what_it_added(starter_content) -> None:
    assert "3 candidates added in sets, 0 were there already" in _command(
        "--candidates", "3", "--seed", "9", "--in-sets"
    )
    output = _command("--candidates", "3", "--seed", "9")
    assert "0 candidates added through the actions, 3 were there already" in output
    assert "rules checked, all hold" in output


def _command(*arguments: str) -> str:
    out = StringIO()
    call_command("seed_demo", *arguments, stdout=out)
    return out.getvalue()


def _number(user: User) -> int:
    return int(user.email.split("@")[0].removeprefix("candidate-"))
