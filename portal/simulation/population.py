"""Simulated candidates: their abilities, the forms they get, how they answer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random
from typing import Protocol

import numpy as np
import numpy.typing as npt

from assessments.psychometrics import ItemParameters
from assessments.psychometrics.estimation import NOT_REACHED, estimate_abilities
from assessments.psychometrics.irt import FloatArray, IntArray, sample_scores
from assessments.psychometrics.selection import draw

from .bank import BankItem, SkillBank

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Estimates:
    """What the tests say: one row for each candidate, one column for each skill."""

    theta: FloatArray
    sem: FloatArray
    parts: IntArray


class Answering(Protocol):
    """How candidates answer one item: a score for each of the thetas."""

    def __call__(self, item: BankItem, theta: FloatArray, rng: np.random.Generator) -> IntArray: ...


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far true item locations lie from the judged ones, in units of theta.

    Each item is off by a draw from N(bias, spread²): the spread is its own error, the bias one
    that all items share (positive: items are harder than judged).
    """

    spread: float = 0.0
    bias: float = 0.0


def by_ability(judgement: Judgement = Judgement()) -> Answering:
    """Candidates answer by the item model, at the items' true locations.

    An item keeps its true location for all candidates who get it.
    """
    moved: dict[str, ItemParameters] = {}

    def answer(item: BankItem, theta: FloatArray, rng: np.random.Generator) -> IntArray:
        code, judged = item.pool_item.code, item.parameters
        if code not in moved:
            error = judgement.bias + judgement.spread * rng.standard_normal()
            moved[code] = ItemParameters(
                judged.discrimination,
                [threshold + error for threshold in judged.thresholds],
                judged.lower_asymptote,
            )
        return sample_scores(moved[code], theta, rng)

    return answer


def sample_abilities(
    candidates: int, skills: int, correlation: float, rng: np.random.Generator
) -> FloatArray:
    """Abilities with mean 0 and standard deviation 1, any two skills correlated alike.

    One general factor: theta = √r · g + √(1 - r) · s. Raises ValueError for r outside 0 to 1.
    """
    if not 0 <= correlation <= 1:
        raise ValueError(f"a correlation from 0 to 1 is needed, not {correlation}")
    general = rng.standard_normal((candidates, 1))
    special = rng.standard_normal((candidates, skills))
    return np.asarray(sqrt(correlation) * general + sqrt(1 - correlation) * special)


def draw_forms(bank: SkillBank, forms: int, rng: np.random.Generator) -> BoolArray:
    """Which items each of `forms` first attempts draws: (forms, items).

    With several assessments of one skill a form holds what all of them draw.
    """
    column = {item.pool_item.code: number for number, item in enumerate(bank.items)}
    pool = [item.pool_item for item in bank.items]
    drawn = np.zeros((forms, len(pool)), dtype=np.bool_)
    random = Random(int(rng.integers(2**62)))
    for row in drawn:
        seen: set[str] = set()
        for blueprint in bank.blueprints:
            items = draw(pool, blueprint, seen, {}, random)
            seen |= {item.code for item in items}
        row[[column[code] for code in seen]] = True
    return drawn


def take_tests(
    banks: Sequence[SkillBank],
    thetas: FloatArray,
    answering: Answering,
    forms: Sequence[BoolArray],
    rng: np.random.Generator,
) -> Estimates:
    """Every candidate takes the assessments of every skill; the forms go round."""
    shape = thetas.shape
    found = Estimates(np.empty(shape), np.empty(shape), np.empty(shape, dtype=np.int64))
    for column, (bank, drawn) in enumerate(zip(banks, forms, strict=True)):
        given = drawn[np.arange(len(thetas)) % len(drawn)]
        scores = np.full(given.shape, NOT_REACHED, dtype=np.int64)
        for number, item in enumerate(bank.items):
            rows = given[:, number]
            scores[rows, number] = answering(item, thetas[rows, column], rng)
        parameters = [item.parameters for item in bank.items]
        found.theta[:, column], found.sem[:, column] = estimate_abilities(parameters, scores)
        found.parts[:, column] = given.sum(axis=1)
    return found
