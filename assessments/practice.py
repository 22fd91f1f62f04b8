"""Feedback on practice questions: the only place where a key or rationale is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assessments.models import ItemVersion, PartScoring


@dataclass(frozen=True, slots=True)
class OptionFeedback:
    text: str
    verdict: str
    rationale: str
    is_best: bool


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a practice answer earned, option by option why, and the principle behind it."""

    score: int
    maximum: int
    options: list[OptionFeedback]
    right_answer: str
    explanation: str


def practice_feedback(version: ItemVersion, answer: dict[str, Any]) -> Feedback:
    """Raises ValueError for an item that isn't for practice: its key must not get out."""
    if version.item.use != "practice":
        raise ValueError("feedback is for practice items only")
    scoring = PartScoring.objects.select_related("part").get(
        part__item_version=version, scoring_version__is_current=True
    )
    texts = {option["code"]: option["text"] for option in version.options}
    verdicts = _verdicts(version, scoring.key)
    return Feedback(
        score=version.item_type.score(scoring.key, answer),
        maximum=scoring.part.maximum,
        options=[
            OptionFeedback(texts[code], verdict, version.rationales.get(code, ""), is_best)
            for code, (verdict, is_best) in verdicts.items()
        ],
        right_answer=_right_answer(version, scoring.key),
        explanation=version.explanation,
    )


def _verdicts(version: ItemVersion, key: Any) -> dict[str, tuple[str, bool]]:
    """By option code, in the order of the key where it has one: a word, and whether it is best."""
    codes = version.task.options
    match version.item.item_type:
        case "single-choice":
            return {
                code: (_("Right") if code == key else _("Not this"), code == key) for code in codes
            }
        case "multiple-choice":
            return {
                code: (_("Right") if code in key else _("Not this"), code in key) for code in codes
            }
        case "situational":
            words = {key[0]: _("Most effective"), key[-1]: _("Least effective")}
            return {code: (words.get(code, _("In between")), code == key[0]) for code in key}
        case "rating":
            names = {1: _("Very poor"), 2: _("Poor"), 3: _("Good"), 4: _("Very good")}
            ranked = sorted(codes, key=lambda code: -key[code])
            return {code: (names[key[code]], key[code] == 4) for code in ranked}
        case "ordering":
            return {code: (str(place), False) for place, code in enumerate(key, start=1)}
        case _:
            return {}


def _right_answer(version: ItemVersion, key: Any) -> str:
    if version.item.item_type != "numeric":
        return ""
    return f"{key['value']} {version.settings.get('unit', '')}".strip()
