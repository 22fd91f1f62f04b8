"""Answers given without skill: real answers, scored by the real item types. Pure.

Options are shown in an order of chance, so 'the first shown' is any of them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from assessments.item_types.rating import SCALE
from assessments.item_types.shape import Answer
from assessments.psychometrics.irt import FloatArray, IntArray

from .bank import BankItem
from .population import Answering

Habit = Callable[[BankItem, np.random.Generator], Answer]


def at_random(item: BankItem, rng: np.random.Generator) -> Answer:
    """Any answer that the page takes, all equally likely; a number is guessed as 1 to 100."""
    shown = _shown(item, rng)
    match item.pool_item.item_type:
        case "single-choice":
            return {"choice": shown[0]}
        case "multiple-choice":
            chosen = [code for code in shown if rng.random() < 0.5] or [shown[0]]
            return {"choices": chosen}
        case "situational":
            return {"most": shown[0], "least": shown[1]}
        case "rating":
            return {"ratings": {code: int(rng.choice(SCALE)) for code in shown}}
        case "ordering":
            return {"order": shown}
        case _:
            return {"value": str(rng.integers(1, 101))}


def first_shown(item: BankItem, rng: np.random.Generator) -> Answer:
    """The first option wherever one is to be chosen; an order stays as it was shown."""
    shown = _shown(item, rng)
    match item.pool_item.item_type:
        case "multiple-choice":
            return {"choices": shown[:1]}
        case "situational":
            return {"most": shown[0], "least": shown[-1]}
        case "rating":
            return {"ratings": dict.fromkeys(shown, SCALE[-1])}
        case "numeric":
            return {"value": "1"}
        case _:
            return at_random(item, rng)


def all_alike(item: BankItem, rng: np.random.Generator) -> Answer:
    """One rating for all options, and every option chosen; random where that isn't possible."""
    shown = _shown(item, rng)
    match item.pool_item.item_type:
        case "rating":
            return {"ratings": dict.fromkeys(shown, int(rng.choice(SCALE)))}
        case "multiple-choice":
            return {"choices": shown}
        case _:
            return at_random(item, rng)


def left_empty(item: BankItem, rng: np.random.Generator) -> Answer:
    return {}


def longest_option(item: BankItem, rng: np.random.Generator) -> Answer:
    """The wordiest options are best: a trick that careless item writing rewards."""
    shown = sorted(_shown(item, rng), key=lambda code: -item.option_lengths[code])
    match item.pool_item.item_type:
        case "multiple-choice":
            return {"choices": shown[:2]}
        case "situational":
            return {"most": shown[0], "least": shown[-1]}
        case "rating":
            steps = len(shown) / len(SCALE)
            return {"ratings": {code: 4 - int(place / steps) for place, code in enumerate(shown)}}
        case "single-choice":
            return {"choice": shown[0]}
        case _:
            return at_random(item, rng)


HABITS: dict[str, Habit] = {
    "at random": at_random,
    "first shown": first_shown,
    "all alike": all_alike,
    "left empty": left_empty,
    "longest option": longest_option,
}


def by_habit(habit: Habit) -> Answering:
    """Candidates who answer every item by this habit, whatever their ability."""

    def answer(item: BankItem, theta: FloatArray, rng: np.random.Generator) -> IntArray:
        scores = (item.item_type.score(item.key, habit(item, rng)) for _ in theta)
        return np.fromiter(scores, dtype=np.int64, count=len(theta))

    return answer


def _shown(item: BankItem, rng: np.random.Generator) -> list[str]:
    codes = item.task.options
    return [codes[place] for place in rng.permutation(len(codes))]
