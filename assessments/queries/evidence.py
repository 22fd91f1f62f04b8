"""The scored responses that an estimate may rest on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from assessments.enums import AttemptState
from assessments.models import Attempt, PartScore, PartScoring, Skill
from assessments.psychometrics import ItemParameters


@dataclass(frozen=True, slots=True)
class Evidence:
    """One scored response, when it was given, how long it counts, and what it rests on."""

    part_score_id: int
    facet_id: int
    score: int
    parameters: ItemParameters
    origin: str
    knowledge_only: bool
    given_at: datetime
    valid_until: datetime


def newest_scored_attempts(candidate: User, now: datetime) -> list[Attempt]:
    """The newest scored attempt of each assessment, as far as it is within its validity."""
    attempts = (
        Attempt.objects.filter(candidate=candidate, state=AttemptState.SCORED)
        .order_by("assessment_id", "-submitted_at", "-pk")
        .distinct("assessment_id")
        .select_related("assessment")
    )
    return [attempt for attempt in attempts if valid_until(attempt) > now]


def valid_until(attempt: Attempt) -> datetime:
    """When a scored attempt stops counting."""
    assert attempt.submitted_at is not None
    return attempt.submitted_at + timedelta(days=attempt.assessment.validity_days)


def valid_evidence(
    candidate: User, skills: Iterable[int], now: datetime
) -> dict[Skill, list[Evidence]]:
    """Valid scored responses by skill: one for each item lineage, the newest.

    Skills (given by id) without any are left out.
    """
    attempts = {attempt.pk: attempt for attempt in newest_scored_attempts(candidate, now)}
    scores = list(
        PartScore.objects.filter(attempt_item__attempt__in=attempts, part__skill__in=skills)
        .select_related("part__skill", "attempt_item__item_version", "scoring_version")
        .order_by("pk")
    )
    scores.sort(key=lambda score: attempts[score.attempt_item.attempt_id].submitted_at)
    newest = {(score.attempt_item.item_version.item_id, score.part.code): score for score in scores}
    parameters = {
        (scoring.scoring_version_id, scoring.part_id): scoring.parameters
        for scoring in PartScoring.objects.filter(
            scoring_version__in={score.scoring_version_id for score in newest.values()}
        )
    }
    found: dict[Skill, list[Evidence]] = {}
    for score in newest.values():
        attempt = attempts[score.attempt_item.attempt_id]
        assert attempt.submitted_at is not None
        found.setdefault(score.part.skill, []).append(
            Evidence(
                part_score_id=score.pk,
                facet_id=score.part.facet_id,
                score=score.score,
                parameters=parameters[score.scoring_version_id, score.part_id],
                origin=score.scoring_version.origin,
                knowledge_only=attempt.assessment.knowledge_only,
                given_at=attempt.submitted_at,
                valid_until=valid_until(attempt),
            )
        )
    return found
