"""Simulated candidates against the real rules, and the command on the starter content."""

from __future__ import annotations

from datetime import date
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from scipy.stats import binomtest

from assessments.item_types.registry import ITEM_TYPES
from assessments.item_types.shape import Task
from assessments.psychometrics.judged import judged_parameters
from assessments.psychometrics.scales import CutScores, is_measured
from assessments.psychometrics.selection import BlueprintRow, PoolItem
from careers.matching.fit import Verdict, VerdictThresholds, readiness
from careers.matching.profile import Profile, SkillEvidence
from careers.matching.requirements import RoleRequirements, SkillRequirement
from core.content.loading import load
from portal.content import KINDS, STARTER_CONTENT
from portal.simulation.bank import BankItem, Role, SkillBank, roles, skill_banks
from portal.simulation.careless import HABITS, by_habit
from portal.simulation.population import (
    Estimates,
    Judgement,
    by_ability,
    draw_forms,
    sample_abilities,
    take_tests,
)
from portal.simulation.study import Plan, Study, run_study
from portal.simulation.tables import study_tables
from portal.simulation.verdicts import (
    TRULY_READY_SHARE,
    Tally,
    evidence,
    interval,
    is_close_call,
    role_arrays,
    tally,
    truly_ready,
    verdicts,
)

SKILLS = ("listening", "empathy", "analysis")
CUTS = CutScores()
ROLE = RoleRequirements(
    skills=(
        SkillRequirement("listening", 3, 5, essential=True),
        SkillRequirement("empathy", 2, 4, essential=True),
        SkillRequirement("analysis", 4, 3, essential=False),
    )
)
LIMITS = VerdictThresholds()
PLAN = Plan(candidates=200, seed=5, correlation=0.5, misjudged=Judgement(0.5), thresholds=LIMITS)
OPTIONS = ("a", "b", "c", "d")


def bank_item(code: str, kind: str, level: int, key: object) -> BankItem:
    item_type = ITEM_TYPES[kind]
    task = Task(OPTIONS)
    key = item_type.read_key(key, task)
    parameters = judged_parameters(level, 1.1, item_type.maximum(key), item_type.chance(key, task))
    lengths = {option: 10 * place for place, option in enumerate(OPTIONS)}
    return BankItem(PoolItem(code, kind, "all", level), item_type, key, task, lengths, parameters)


def skill_bank(skill: str) -> SkillBank:
    keys = {"single-choice": "b", "situational": list("bcad"), "ordering": list("bcad")}
    items = [
        bank_item(f"{skill}-{level}-{number}", kind, level, keys[kind])
        for level in range(1, 6)
        for number, kind in enumerate(["single-choice", "situational", "ordering"] * 2)
    ]
    blueprint = tuple(BlueprintRow(count, level, level) for level, count in ((1, 1), (2, 3)))
    blueprint += tuple(BlueprintRow(count, level, level) for level, count in ((3, 4), (4, 3)))
    return SkillBank(skill, CUTS, tuple(items), ((*blueprint, BlueprintRow(2, 5, 5)),))


@pytest.fixture(scope="module")
def study() -> Study:
    banks = {skill: skill_bank(skill) for skill in SKILLS}
    role = Role("agent", ROLE, frozenset({"listening", "empathy"}))
    return run_study(PLAN, [role], banks, lambda step: None)


def some_estimates(count: int, seed: int) -> Estimates:
    rng = np.random.default_rng(seed)
    shape = (count, len(SKILLS))
    return Estimates(
        rng.normal(0.3, 1, shape), rng.uniform(0.3, 0.75, shape), rng.integers(6, 14, shape)
    )


def pure_readiness(estimates: Estimates, row: int):
    return readiness(
        ROLE,
        Profile(
            {
                skill: SkillEvidence(
                    skill=skill,
                    theta=float(estimates.theta[row, column]),
                    sem=float(estimates.sem[row, column]),
                    parts=int(estimates.parts[row, column]),
                    measured=is_measured(
                        int(estimates.parts[row, column]), float(estimates.sem[row, column])
                    ),
                    provisional=True,
                    knowledge_only=False,
                    cuts=CUTS,
                    measured_on=date(2026, 1, 1),
                )
                for column, skill in enumerate(SKILLS)
            }
        ),
        LIMITS,
    )


def arrays():
    return role_arrays(ROLE, SKILLS, dict.fromkeys(SKILLS, CUTS))


def test_many_verdicts_at_once_equal_the_rule_for_one_candidate() -> None:
    estimates = some_estimates(1500, seed=3)
    found = evidence(arrays(), estimates)
    given = verdicts(found, LIMITS)
    for row in range(1500):
        one = pure_readiness(estimates, row)
        assert given[one.verdict][row], (row, one)
        assert found.fit[row] == pytest.approx(one.fit or 0.0, abs=1e-12)
        assert found.coverage[row] == pytest.approx(float(one.coverage))


def test_every_candidate_gets_one_verdict() -> None:
    given = verdicts(evidence(arrays(), some_estimates(500, seed=4)), LIMITS)
    assert (sum(chosen.astype(int) for chosen in given.values()) == 1).all()
    assert all(given[verdict].any() for verdict in Verdict)


def test_a_skill_whose_test_was_not_taken_counts_as_not_measured() -> None:
    estimates = Estimates(np.full((1, 3), 2.0), np.full((1, 3), 0.4), np.full((1, 3), 13))
    everything = evidence(arrays(), estimates)
    without_essential = evidence(arrays(), estimates, taken=[1, 2])
    assert verdicts(everything, LIMITS)[Verdict.READY].all()
    assert verdicts(without_essential, LIMITS)[Verdict.NOT_ENOUGH_EVIDENCE].all()
    assert without_essential.coverage[0] == pytest.approx(7 / 12)


@pytest.mark.parametrize(
    ("theta", "ready"),
    [
        ((-0.25, -1.0, -2.0), True),  # essentials at their cuts: 9 of 12 is the share asked
        ((-0.26, -1.0, 2.0), False),
        ((2.0, -1.01, 2.0), False),
    ],
)
def test_truth_asks_for_every_essential_and_for_three_quarters(theta, ready) -> None:
    assert TRULY_READY_SHARE == 0.75
    assert truly_ready(arrays(), np.array([theta]))[0] == ready


def test_a_close_call_is_decided_by_a_small_shift_of_ability() -> None:
    thetas = np.array([[-0.1, 0.5, 2.0], [1.0, 0.5, 2.0], [-2.0, 0.5, 2.0]])
    assert is_close_call(arrays(), thetas).tolist() == [True, False, False]


def test_a_tally_counts_false_passes_and_false_fails() -> None:
    truth = np.array([True, True, False, False])
    ready = np.array([True, False, True, False])
    close = np.array([False, True, False, True])
    nobody = np.zeros(4, dtype=bool)
    found = tally(
        truth,
        close,
        {
            Verdict.READY: ready,
            Verdict.NEARLY_READY: ~ready,
            Verdict.DEVELOPING: nobody,
            Verdict.NOT_ENOUGH_EVIDENCE: nobody,
        },
    )
    assert found == Tally(4, 2, 2, 1, 1, 2, 1, 1, 0, 0)
    assert found.agreement == 0.5
    assert (found + found).candidates == 8


@pytest.mark.parametrize(("count", "total"), [(0, 20), (3, 50), (20, 20), (170, 1000)])
def test_intervals_are_wilsons(count: int, total: int) -> None:
    expected = binomtest(count, total).proportion_ci(0.95, method="wilson")
    assert interval(count, total) == pytest.approx((expected.low, expected.high), abs=1e-4)


def test_an_interval_of_nothing_says_nothing() -> None:
    assert interval(0, 0) == (0.0, 1.0)


def test_abilities_are_standard_and_correlate_as_asked() -> None:
    thetas = sample_abilities(40_000, 3, 0.5, np.random.default_rng(1))
    assert thetas.mean(axis=0) == pytest.approx(0, abs=0.03)
    assert thetas.std(axis=0) == pytest.approx(1, abs=0.03)
    assert np.corrcoef(thetas.T)[0, 1] == pytest.approx(0.5, abs=0.03)
    with pytest.raises(ValueError, match="0 to 1"):
        sample_abilities(10, 2, -0.1, np.random.default_rng(1))


def test_forms_follow_the_blueprint_and_differ() -> None:
    bank = skill_bank("listening")
    forms = draw_forms(bank, 40, np.random.default_rng(2))
    levels = np.array([item.pool_item.level for item in bank.items])
    assert (forms.sum(axis=1) == 13).all()
    assert ((forms & (levels == 3)).sum(axis=1) == 4).all()
    assert len({row.tobytes() for row in forms}) > 30


def test_estimates_follow_the_true_abilities() -> None:
    rng = np.random.default_rng(6)
    bank = skill_bank("listening")
    thetas = rng.standard_normal((600, 1))
    found = take_tests([bank], thetas, by_ability(), [draw_forms(bank, 50, rng)], rng)
    assert np.corrcoef(thetas[:, 0], found.theta[:, 0])[0, 1] > 0.75
    assert (found.parts == 13).all()


def test_items_harder_than_judged_lower_the_estimates() -> None:
    bank = skill_bank("listening")
    means = []
    for bias in (0.0, 0.5):
        rng = np.random.default_rng(6)
        forms = draw_forms(bank, 50, rng)
        answering = by_ability(Judgement(bias=bias))
        means.append(take_tests([bank], np.zeros((800, 1)), answering, [forms], rng).theta.mean())
    assert means[1] < means[0] - 0.2


@pytest.mark.parametrize("name", HABITS)
def test_answering_without_skill_stays_at_the_lowest_levels(name: str) -> None:
    rng = np.random.default_rng(7)
    bank = skill_bank("listening")
    forms = [draw_forms(bank, 50, rng)]
    found = take_tests([bank], np.full((300, 1), 2.0), by_habit(HABITS[name]), forms, rng)
    assert np.mean(found.theta < CUTS.thetas[1]) > 0.95


def test_nobody_is_ready_by_answering_without_skill(study: Study) -> None:
    for name, shares in study.careless.items():
        assert shares["agent"].ready == 0, name
        assert shares["agent"].nearly_ready <= 2, name


def test_a_study_is_reproducible_by_its_seed(study: Study) -> None:
    banks = {skill: skill_bank(skill) for skill in SKILLS}
    role = Role("agent", ROLE, frozenset({"listening", "empathy"}))
    assert run_study(PLAN, [role], banks, lambda step: None) == study


def test_stricter_thresholds_pass_fewer_and_cost_is_in_false_fails(study: Study) -> None:
    tallies = [study.by_fit[fit]["agent"] for fit in sorted(study.by_fit)]
    called = [found.called_ready for found in tallies]
    assert called == sorted(called, reverse=True)
    one = study.as_judged["agent"]
    expected = (2 * one.false_passes + one.false_fails) / one.candidates
    assert study.cost(study.as_judged, 2.0) == pytest.approx(expected)
    assert study.cheapest_fit(100.0) >= study.cheapest_fit(0.01)


def test_a_role_whose_skill_has_no_test_is_refused() -> None:
    role = Role("agent", ROLE, frozenset())
    with pytest.raises(LookupError, match="analysis, empathy"):
        run_study(PLAN, [role], {"listening": skill_bank("listening")}, lambda step: None)


def test_tables_come_as_text_and_as_markdown(study: Study) -> None:
    for table in study_tables(study):
        text, markdown = table.as_text().splitlines(), table.as_markdown().splitlines()
        assert len({len(line) for line in text[1:]}) == 1
        assert len({line.count("|") for line in markdown[2:]}) == 1


@pytest.fixture(scope="module")
def starter_content(django_db_setup, django_db_blocker):
    """Loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(KINDS, STARTER_CONTENT)
        yield
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_bank_is_read_as_attempts_would_draw_it(starter_content, django_assert_num_queries):
    with django_assert_num_queries(4):
        banks = skill_banks()
    assert len(banks) == 20
    for bank in banks.values():
        assert draw_forms(bank, 3, np.random.default_rng(1)).sum(axis=1).tolist() == [13] * 3
    voice = roles("customer-service-agent-voice")[0]
    assert {asked.skill for asked in voice.requirements.skills} > voice.battery - {"rapport"}


@pytest.mark.django_db
def test_the_command_prints_every_table_for_one_role(starter_content) -> None:
    printed = [
        _command("--role", "customer-service-agent-voice", "--candidates", "60", *more)
        for more in ((), (), ("--seed", "2"))
    ]
    assert printed[0] == printed[1] != printed[2]
    assert "customer-service-agent-voice" in printed[0]
    assert "Least cost at a fit of" in printed[0]


@pytest.mark.django_db
def test_random_clickers_are_never_ready_for_any_role_of_the_starter_content(
    starter_content,
) -> None:
    plan = Plan(150, 3, 0.5, Judgement(0.5), LIMITS)
    found = run_study(plan, roles(), skill_banks(), lambda step: None)
    assert len(found.as_judged) == 16
    for name, shares in found.careless.items():
        assert sum(share.ready for share in shares.values()) == 0, name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "arguments",
    [("--role", "astronaut"), ("--candidates", "3"), ("--correlation", "2")],
)
def test_the_command_refuses_what_it_cannot_simulate(starter_content, arguments) -> None:
    with pytest.raises(CommandError):
        _command(*arguments)


def _command(*arguments: str) -> str:
    out = StringIO()
    call_command("simulate_verdicts", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()
