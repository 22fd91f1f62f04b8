"""The whole simulation: one population, several conditions, compared with the truth. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assessments.psychometrics.irt import FloatArray
from assessments.psychometrics.scales import FEWEST_PARTS, LARGEST_SEM, LEVELS, CutScores
from careers.matching.fit import Verdict, VerdictThresholds

from .bank import Role, SkillBank
from .careless import HABITS, by_habit
from .population import (
    BoolArray,
    Estimates,
    Judgement,
    by_ability,
    draw_forms,
    sample_abilities,
    take_tests,
)
from .verdicts import (
    NO_TALLY,
    RoleArrays,
    Tally,
    evidence,
    is_close_call,
    role_arrays,
    tally,
    truly_ready,
    verdicts,
)

MOST_FORMS = 400
"""Forms drawn of each assessment; with more candidates they go round."""
MOST_CARELESS = 4000
"""Candidates of each habit at most: their answers are scored one by one."""
TRUE_THETAS = (-2.0, -1.0, 0.0, 1.0, 2.0)
READY_FITS = (0.65, 0.7, 0.75, 0.8, 0.85, 0.9)

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is simulated."""

    candidates: int
    seed: int
    correlation: float
    misjudged: Judgement
    thresholds: VerdictThresholds


@dataclass(frozen=True, slots=True)
class Precision:
    """How exactly one skill is estimated, at fixed thetas and in the population.

    `exact` and `adjacent` are shares of candidates whose estimated level is the true one, or at
    most one off; `right_side` is the share on the true side of a cut, averaged over the cuts.
    """

    skill: str
    sem: tuple[float, ...]
    measured: tuple[float, ...]
    mean_sem: float
    measured_share: float
    reliability: float
    exact: float
    adjacent: float
    right_side: float


@dataclass(frozen=True, slots=True)
class CarelessShare:
    """What candidates of one habit get from a role."""

    candidates: int
    ready: int
    nearly_ready: int


@dataclass(frozen=True, slots=True)
class Study:
    """By role code: tallies as judged, misjudged, with the battery alone, and by ready fit."""

    plan: Plan
    as_judged: Mapping[str, Tally]
    misjudged: Mapping[str, Tally]
    battery_only: Mapping[str, Tally]
    by_fit: Mapping[float, Mapping[str, Tally]]
    by_fit_misjudged: Mapping[float, Mapping[str, Tally]]
    precision: Sequence[Precision]
    careless: Mapping[str, Mapping[str, CarelessShare]]
    careless_levels: Mapping[str, Sequence[float]]

    def cost(self, tallies: Mapping[str, Tally], false_pass_cost: float) -> float:
        """Mean cost for each candidate and role, in false fails."""
        total = sum(tallies.values(), start=NO_TALLY)
        return (false_pass_cost * total.false_passes + total.false_fails) / total.candidates

    def cheapest_fit(self, false_pass_cost: float) -> float:
        """The threshold of the grid with the least cost, difficulties as judged."""
        return min(self.by_fit, key=lambda fit: self.cost(self.by_fit[fit], false_pass_cost))


def run_study(
    plan: Plan, roles: Sequence[Role], banks: Mapping[str, SkillBank], progress: Progress
) -> Study:
    """Reproducible by the plan's seed. Raises LookupError for a role whose skill has no test."""
    asked = {skill.skill for role in roles for skill in role.requirements.skills}
    if missing := sorted(asked - set(banks)):
        raise LookupError(f"no active assessment measures {', '.join(missing)}")
    skills = [code for code in banks if code in asked]
    tests = [banks[code] for code in skills]
    streams = iter(np.random.default_rng(plan.seed).spawn(6 + len(HABITS)))

    progress(f"drawing forms of {len(tests)} assessments")
    rng = next(streams)
    forms = [draw_forms(test, min(plan.candidates, MOST_FORMS), rng) for test in tests]
    thetas = sample_abilities(plan.candidates, len(tests), plan.correlation, next(streams))
    progress(f"{plan.candidates} candidates take {len(tests)} tests")
    judged = take_tests(tests, thetas, by_ability(), forms, next(streams))
    progress("the same candidates, with misjudged difficulties")
    wrong = take_tests(tests, thetas, by_ability(plan.misjudged), forms, next(streams))

    cuts = {code: bank.cuts for code, bank in banks.items()}
    arrays = {role.code: role_arrays(role.requirements, skills, cuts) for role in roles}
    batteries = {
        role.code: [column for column, skill in enumerate(skills) if skill in role.battery]
        for role in roles
    }
    progress("precision of each test")
    precision = _precision(plan, tests, thetas, judged, forms, next(streams))
    careless, levels = {}, {}
    for name, habit in HABITS.items():
        progress(f"candidates who answer without skill: {name}")
        some = thetas[:MOST_CARELESS]
        found = take_tests(tests, some, by_habit(habit), forms, next(streams))
        careless[name] = {
            role: _careless(array, found, plan.thresholds) for role, array in arrays.items()
        }
        levels[name] = _level_shares(tests, found)
    by_fit = {fit: replace(plan.thresholds, ready_fit=fit) for fit in READY_FITS}
    return Study(
        plan,
        _tallies(arrays, thetas, judged, plan.thresholds),
        _tallies(arrays, thetas, wrong, plan.thresholds),
        _tallies(arrays, thetas, judged, plan.thresholds, batteries),
        {fit: _tallies(arrays, thetas, judged, limits) for fit, limits in by_fit.items()},
        {fit: _tallies(arrays, thetas, wrong, limits) for fit, limits in by_fit.items()},
        precision,
        careless,
        levels,
    )


def _tallies(
    arrays: Mapping[str, RoleArrays],
    thetas: FloatArray,
    estimates: Estimates,
    thresholds: VerdictThresholds,
    taken: Mapping[str, Sequence[int]] | None = None,
) -> dict[str, Tally]:
    return {
        role: tally(
            truly_ready(array, thetas),
            is_close_call(array, thetas),
            verdicts(evidence(array, estimates, taken[role] if taken else None), thresholds),
        )
        for role, array in arrays.items()
    }


def _careless(
    role: RoleArrays, estimates: Estimates, thresholds: VerdictThresholds
) -> CarelessShare:
    found = verdicts(evidence(role, estimates), thresholds)
    return CarelessShare(
        len(estimates.theta),
        int(found[Verdict.READY].sum()),
        int(found[Verdict.NEARLY_READY].sum()),
    )


def _levels(cuts: CutScores, thetas: FloatArray) -> FloatArray:
    return np.asarray(np.searchsorted(cuts.thetas, thetas, side="right") + 1)


def _level_shares(tests: Sequence[SkillBank], estimates: Estimates) -> list[float]:
    levels = [_levels(test.cuts, estimates.theta[:, n]) for n, test in enumerate(tests)]
    return [float(np.mean(np.array(levels) == level)) for level in LEVELS]


def _precision(
    plan: Plan,
    tests: Sequence[SkillBank],
    thetas: FloatArray,
    estimates: Estimates,
    forms: Sequence[BoolArray],
    rng: np.random.Generator,
) -> list[Precision]:
    each = max(plan.candidates // len(TRUE_THETAS), 1)
    fixed = np.repeat(np.array(TRUE_THETAS), each)[:, None] * np.ones(len(tests))
    at_fixed = take_tests(tests, fixed, by_ability(), forms, rng)
    sem = at_fixed.sem.reshape(len(TRUE_THETAS), each, -1).mean(axis=1)
    measured = _measured(at_fixed).reshape(len(TRUE_THETAS), each, -1).mean(axis=1)
    rows = []
    for column, test in enumerate(tests):
        true, estimated = thetas[:, column], estimates.theta[:, column]
        true_level, level = _levels(test.cuts, true), _levels(test.cuts, estimated)
        sides = [np.mean((true >= cut) == (estimated >= cut)) for cut in test.cuts.thetas]
        rows.append(
            Precision(
                test.skill,
                tuple(map(float, sem[:, column])),
                tuple(map(float, measured[:, column])),
                float(estimates.sem[:, column].mean()),
                float(_measured(estimates)[:, column].mean()),
                float(np.corrcoef(true, estimated)[0, 1] ** 2),
                float(np.mean(true_level == level)),
                float(np.mean(abs(true_level - level) <= 1)),
                float(np.mean(sides)),
            )
        )
    return rows


def _measured(estimates: Estimates) -> BoolArray:
    return np.asarray((estimates.parts >= FEWEST_PARTS) & (estimates.sem <= LARGEST_SEM))
