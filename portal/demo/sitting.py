"""How a simulated candidate goes through the drawn items of one attempt. Pure but for its types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from assessments.item_types.shape import Answer
from assessments.models import ItemVersion, PartScoring
from assessments.psychometrics.irt import category_probabilities

from .answers import answers_by_score, believable, number_with_score, typed_text

TYPING_SECONDS = 60
LEFT_EMPTY = 0.06
"""Share of items that earn nothing because they were left empty."""


@dataclass(frozen=True, slots=True)
class Typist:
    gross_wpm: float
    accuracy: float
    device: str


@dataclass(frozen=True, slots=True)
class Step:
    """One item in its place: the answer, None where it was left empty, and when it was given."""

    position: int
    answer: Answer | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Sitting:
    """What one attempt leaves behind; when time ran out, `ended_at` is after the deadline."""

    steps: list[Step]
    furthest_position: int
    ended_at: datetime


@dataclass(slots=True)
class Bank:
    """Current scorings by item version, and the answers that each score allows."""

    scorings: dict[int, PartScoring]
    tables: dict[int, dict[int, list[Answer]]] = field(default_factory=dict)

    def table(self, version: ItemVersion, scoring: PartScoring) -> dict[int, list[Answer]]:
        if version.pk not in self.tables:
            self.tables[version.pk] = answers_by_score(version.item_type, scoring.key, version.task)
        return self.tables[version.pk]


def sit(
    bank: Bank,
    versions: Sequence[ItemVersion],
    theta: float,
    typist: Typist,
    pace: float,
    started_at: datetime,
    deadline: datetime | None,
    random: Random,
) -> Sitting:
    """Answer one item after the other until the end, or until time is up.

    `pace` is the time taken over the time expected.
    """
    steps: list[Step] = []
    at, position = started_at, 1
    for position, version in enumerate(versions, start=1):
        at += timedelta(seconds=version.expected_seconds * pace * random.uniform(0.6, 1.5))
        if deadline is not None and at >= deadline:
            return Sitting(steps, position, deadline + timedelta(seconds=5))
        steps.append(Step(position, _answer(bank, version, theta, typist, random), at))
    return Sitting(steps, position, at + timedelta(seconds=random.uniform(5, 60)))


def _answer(
    bank: Bank, version: ItemVersion, theta: float, typist: Typist, random: Random
) -> Answer | None:
    scoring = bank.scorings.get(version.pk)
    if scoring is None:
        return typed_text(
            version.settings["passage"],
            typist.gross_wpm,
            typist.accuracy,
            TYPING_SECONDS,
            typist.device,
            random,
        )
    weights = category_probabilities(scoring.parameters, theta)
    score = random.choices(range(len(weights)), weights)[0]
    if score == 0 and random.random() < LEFT_EMPTY:
        return None
    if version.item.item_type == "numeric":
        slips = version.rationales.get("slips", [])
        return number_with_score(scoring.key, slips, score, random)
    answers = bank.table(version, scoring)
    nearest = min(answers, key=lambda reached: abs(reached - score))
    return believable(answers[nearest], scoring.key, random)
