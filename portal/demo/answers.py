"""Answers that earn a given score, and typed text with the slips that people make. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import combinations, permutations, product
from random import Random
from typing import Any

from assessments.item_types.rating import SCALE
from assessments.item_types.shape import Answer, ItemType, Key, Task
from assessments.psychometrics.speed import CHARACTERS_PER_WORD, plain_text

NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o",
    "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "x",
}  # fmt: skip
"""Keys beside one another on a keyboard."""


def possible_answers(code: str, task: Task) -> Iterator[Answer]:
    """Every complete answer to an item that is answered by its options."""
    options = task.options
    match code:
        case "single-choice":
            yield from ({"choice": option} for option in options)
        case "multiple-choice":
            for size in range(1, len(options) + 1):
                yield from ({"choices": sorted(some)} for some in combinations(options, size))
        case "situational":
            yield from ({"most": m, "least": w} for m, w in permutations(options, 2))
        case "rating":
            for ratings in product(SCALE, repeat=len(options)):
                yield {"ratings": dict(zip(options, ratings, strict=True))}
        case "ordering":
            yield from ({"order": list(order)} for order in permutations(options))


def answers_by_score(item_type: ItemType, key: Key, task: Task) -> dict[int, list[Answer]]:
    """All answers to an item with options, under the score that each earns."""
    found: dict[int, list[Answer]] = {}
    for answer in possible_answers(item_type.CODE, task):
        found.setdefault(item_type.score(key, answer), []).append(answer)
    return found


def believable(answers: list[Answer], key: Key, random: Random) -> Answer:
    """One of `answers`; people choose about as many options as there are right ones."""
    if "choices" in answers[0]:
        nearest = min(abs(len(answer["choices"]) - len(key)) for answer in answers)
        answers = [a for a in answers if abs(len(a["choices"]) - len(key)) <= nearest + 1]
    return random.choice(answers)


def number_with_score(
    key: Mapping[str, str], slips: list[Mapping[str, Any]], score: int, random: Random
) -> Answer:
    """The keyed number, or one that lies outside the tolerance: a known slip, if there is one."""
    right, tolerance = Decimal(key["value"]), Decimal(key["tolerance"])
    if score:
        return {"value": str(right)}
    wrong = [Decimal(str(slip["value"])) for slip in slips]
    wrong = [value for value in wrong if abs(value - right) > tolerance]
    if wrong and random.random() < 0.7:
        return {"value": str(random.choice(wrong))}
    step = max(tolerance * 2, Decimal(1))
    return {"value": str(right + step * random.choice((-2, -1, 1, 2, 5, 10)))}


def typed_text(
    passage: str, gross_wpm: float, accuracy: float, seconds: int, device: str, random: Random
) -> Answer:
    """What a typist of this speed and accuracy has copied after `seconds`.

    Who reaches the end of the passage stops there, after less time.
    """
    plain = plain_text(passage)
    keystrokes = round(gross_wpm * CHARACTERS_PER_WORD * seconds / 60)
    copied = plain[:keystrokes]
    milliseconds = round(seconds * 1000 * min(1, len(plain) / max(keystrokes, 1)))
    text = "".join(_typed(letter, accuracy, random) for letter in copied)
    return {"text": text, "milliseconds": milliseconds, "device": device}


def _typed(letter: str, accuracy: float, random: Random) -> str:
    if random.random() < accuracy:
        return letter
    slip = random.random()
    if slip < 0.25:
        return ""
    if slip < 0.45:
        return letter * 2
    return random.choice(NEIGHBOURS.get(letter.lower(), "e "))
