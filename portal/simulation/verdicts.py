"""Verdicts of many candidates at once, and how they compare with the truth. Pure.

The rules are those of `careers.matching.fit`, restated for arrays; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy.special import ndtr

from assessments.psychometrics.irt import FloatArray
from assessments.psychometrics.scales import FEWEST_PARTS, LARGEST_SEM, CutScores
from careers.matching.fit import MET_PROBABILITY, Verdict, VerdictThresholds
from careers.matching.requirements import RoleRequirements

from .population import BoolArray, Estimates

TRULY_READY_SHARE = 0.75
"""Importance-weighted share of requirements that a truly ready candidate truly meets."""
BOUNDARY = 0.3
"""Units of theta by which a candidate's truth is shifted to see whether it is a close call."""
TIE = 1e-12
"""Slack for shares and fits added up in another order than in exact rationals."""


@dataclass(frozen=True, slots=True)
class RoleArrays:
    """A role's skill requirements as columns of the estimates."""

    columns: list[int]
    cuts: FloatArray
    importance: FloatArray
    essential: BoolArray


def role_arrays(
    requirements: RoleRequirements, skills: Sequence[str], cuts: Mapping[str, CutScores]
) -> RoleArrays:
    return RoleArrays(
        [skills.index(asked.skill) for asked in requirements.skills],
        np.array([cuts[asked.skill].thetas[asked.level - 2] for asked in requirements.skills]),
        np.array([float(asked.importance) for asked in requirements.skills]),
        np.array([asked.essential for asked in requirements.skills], dtype=np.bool_),
    )


def truly_ready(role: RoleArrays, thetas: FloatArray) -> BoolArray:
    """Every essential is truly met, and so is TRULY_READY_SHARE of the importance."""
    met = thetas[:, role.columns] >= role.cuts
    share = met @ role.importance / role.importance.sum()
    essentials = met[:, role.essential].all(axis=1)
    return np.asarray(essentials & (share >= TRULY_READY_SHARE - TIE))


def is_close_call(role: RoleArrays, thetas: FloatArray) -> BoolArray:
    """Whether BOUNDARY more or less of every ability would change who is truly ready."""
    return np.asarray(truly_ready(role, thetas + BOUNDARY) & ~truly_ready(role, thetas - BOUNDARY))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a role's verdict rests on, for each candidate."""

    fit: FloatArray
    coverage: FloatArray
    essentials_measured: BoolArray
    essentials_met: BoolArray


def evidence(
    role: RoleArrays, estimates: Estimates, taken: Collection[int] | None = None
) -> Evidence:
    """Fit (0 where nothing is measured), coverage and essentials.

    `taken` names the columns of the skills whose tests were taken; None stands for all.
    """
    theta, sem = estimates.theta[:, role.columns], estimates.sem[:, role.columns]
    measured = (estimates.parts[:, role.columns] >= FEWEST_PARTS) & (sem <= LARGEST_SEM)
    if taken is not None:
        measured &= np.array([column in taken for column in role.columns])
    probability = ndtr((theta - role.cuts) / sem)
    measured_importance = measured @ role.importance
    secured = (measured * probability) @ role.importance
    fit = np.divide(
        secured, measured_importance, out=np.zeros(len(theta)), where=measured_importance > 0
    )
    return Evidence(
        fit,
        measured_importance / role.importance.sum(),
        measured[:, role.essential].all(axis=1) & (measured_importance > 0),
        (probability[:, role.essential] >= MET_PROBABILITY).all(axis=1),
    )


def verdicts(found: Evidence, thresholds: VerdictThresholds) -> dict[Verdict, BoolArray]:
    """Who gets which verdict; every candidate gets one."""
    enough = found.essentials_measured & (found.coverage >= float(thresholds.coverage) - TIE)
    ready = enough & found.essentials_met & (found.fit >= thresholds.ready_fit - TIE)
    nearly = enough & ~ready & (found.fit >= thresholds.nearly_ready_fit - TIE)
    return {
        Verdict.NOT_ENOUGH_EVIDENCE: ~enough,
        Verdict.READY: ready,
        Verdict.NEARLY_READY: nearly,
        Verdict.DEVELOPING: enough & ~ready & ~nearly,
    }


@dataclass(frozen=True, slots=True)
class Tally:
    """How the verdict 'ready' compares with the truth, in numbers of candidates."""

    candidates: int
    truly_ready: int
    called_ready: int
    false_passes: int
    false_fails: int
    close_calls: int
    close_errors: int
    clear_false_passes: int
    clear_false_fails: int
    ready_but_developing: int

    @property
    def agreement(self) -> float:
        return 1 - (self.false_passes + self.false_fails) / self.candidates

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


NO_TALLY = Tally(*(0,) * len(Tally.__slots__))


def tally(truth: BoolArray, close: BoolArray, found: Mapping[Verdict, BoolArray]) -> Tally:
    called = found[Verdict.READY]
    false_pass, false_fail = called & ~truth, truth & ~called
    counts = (
        np.ones_like(truth), truth, called, false_pass, false_fail, close,
        close & (false_pass | false_fail), false_pass & ~close, false_fail & ~close,
        truth & found[Verdict.DEVELOPING],
    )  # fmt: skip
    return Tally(*(int(count.sum()) for count in counts))


def interval(count: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """Wilson's interval for a share (1927); 95 % unless another z is asked. (0, 1) of nothing."""
    if total == 0:
        return 0.0, 1.0
    share = count / total
    scale = 1 + z**2 / total
    middle = (share + z**2 / (2 * total)) / scale
    half = z * sqrt(share * (1 - share) / total + z**2 / (4 * total**2)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)
