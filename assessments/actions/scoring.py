"""Ending an attempt, scoring it, and estimating skills from what is valid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from assessments.enums import AttemptState, Ending, ParameterOrigin
from assessments.item_types.registry import ITEM_TYPES
from assessments.models import (
    Attempt,
    AttemptItem,
    EstimateEvidence,
    PartScore,
    PartScoring,
    Skill,
    SkillEstimate,
    SpeedMeasure,
)
from assessments.psychometrics import ScoredResponse, estimate_ability
from assessments.psychometrics.scales import is_measured
from assessments.psychometrics.speed import is_valid_sample, plain_text, typing_speed
from assessments.queries.evidence import Evidence, valid_evidence
from assessments.signals import skill_estimate_changed

COMPARED = (
    *("theta", "sem", "level", "part_count", "measured", "provisional", "knowledge_only"),
    *("evidence_at", "valid_until"),
)


@transaction.atomic
def finish_attempt(*, attempt: Attempt, now: datetime) -> Attempt:
    """End an open attempt, as submitted or, after its deadline, as timed out; score it.

    An attempt that has ended already is returned as it is, so that two submits are one.
    """
    # The candidate before the attempt, as a start does, so that the two can't deadlock.
    _lock(attempt.candidate_id)
    attempt = (
        Attempt.objects.select_for_update(of=("self",), no_key=True)
        .select_related("assessment", "candidate")
        .get(pk=attempt.pk)
    )
    if not attempt.is_open:
        return attempt
    overdue = attempt.is_overdue(now)
    attempt.ending = Ending.TIMED_OUT if overdue else Ending.SUBMITTED
    attempt.submitted_at = attempt.deadline if overdue else now
    attempt.paused_since = None
    attempt.state = AttemptState.SCORED
    attempt.scored_at = now
    attempt.save()
    items = list(
        attempt.items.select_related("item_version__item", "response").order_by("position")
    )
    skills = _score_parts(attempt, items)
    _measure_speed(attempt, items)
    _renew_estimates(attempt.candidate, skills, now)
    return attempt


def _lock(candidate_id: int) -> None:
    User.objects.select_for_update(no_key=True).only("pk").get(pk=candidate_id)


def _was_reached(attempt: Attempt, item: AttemptItem) -> bool:
    """Reached and left empty scores 0; not reached when time ran out is ignored."""
    if attempt.ending == Ending.SUBMITTED or hasattr(item, "response"):
        return True
    return item.position <= attempt.furthest_position


def _score_parts(attempt: Attempt, items: list[AttemptItem]) -> set[int]:
    """Write the part scores; the ids of the skills that they touch are returned."""
    scorings = defaultdict(list)
    for scoring in PartScoring.objects.filter(
        scoring_version__is_current=True,
        scoring_version__item_version__in=[item.item_version_id for item in items],
    ).select_related("part", "scoring_version"):
        scorings[scoring.scoring_version.item_version_id].append(scoring)
    scores = [
        PartScore(
            attempt_item=item,
            part=scoring.part,
            scoring_version=scoring.scoring_version,
            score=item.item_version.item_type.score(scoring.key, _answer(item) or {}),
        )
        for item in items
        if _was_reached(attempt, item)
        for scoring in scorings[item.item_version_id]
    ]
    PartScore.objects.bulk_create(scores)
    return {score.part.skill_id for score in scores}


def _answer(item: AttemptItem) -> dict | None:
    response = getattr(item, "response", None)
    return response.answer if response else None


def _measure_speed(attempt: Attempt, items: list[AttemptItem]) -> None:
    measures = []
    for item in items:
        answer = _answer(item)
        if item.item_version.item_type is not ITEM_TYPES["typing"] or not answer:
            continue
        typed, milliseconds = answer["text"], answer["milliseconds"]
        if not is_valid_sample(typed, milliseconds):
            continue
        speed = typing_speed(item.item_version.settings["passage"], typed, milliseconds)
        measures.append(
            SpeedMeasure(
                attempt_item=item,
                candidate=attempt.candidate,
                device=answer["device"],
                gross_wpm=speed.gross_wpm,
                net_wpm=speed.net_wpm,
                accuracy=speed.accuracy,
                character_count=len(plain_text(typed)),
                measured_at=attempt.submitted_at,
                valid_until=attempt.submitted_at + timedelta(days=attempt.assessment.validity_days),
            )
        )
    SpeedMeasure.objects.bulk_create(measures)


@transaction.atomic(savepoint=False)
def estimate_skills(*, candidate: User, skills: Iterable[int], now: datetime) -> None:
    """Bring the candidate's estimates of `skills` (ids) up to date with the valid evidence.

    Written under a lock on the candidate, so that two submits can't race. An estimate whose
    evidence and value stay the same is left alone; one without evidence is no longer current.
    """
    _lock(candidate.pk)
    _renew_estimates(candidate, set(skills), now)


def _renew_estimates(candidate: User, skills: set[int], now: datetime) -> None:
    evidence = valid_evidence(candidate, skills, now)
    current = {
        estimate.skill_id: estimate
        for estimate in SkillEstimate.objects.filter(
            candidate=candidate, skill__in=skills, is_current=True
        )
    }
    found = {
        skill.pk: _estimate(candidate, skill, rows, now) for skill, rows in evidence.items()
    }
    changed = {
        pk: estimate
        for pk, estimate in found.items()
        if not _is_unchanged(current.get(pk), estimate)
    }
    gone = skills - set(found)
    stale = [estimate.pk for pk, estimate in current.items() if pk in changed or pk in gone]
    if stale:
        SkillEstimate.objects.filter(pk__in=stale).update(is_current=False)
    SkillEstimate.objects.bulk_create(changed.values())
    EstimateEvidence.objects.bulk_create(
        EstimateEvidence(estimate=changed[skill.pk], part_score_id=row.part_score_id)
        for skill, rows in evidence.items()
        if skill.pk in changed
        for row in rows
    )
    skill_estimate_changed.send(sender=SkillEstimate, candidate=candidate, now=now)


def _responses(rows: list[Evidence]) -> list[ScoredResponse]:
    return [ScoredResponse(row.parameters, row.score) for row in rows]


def _estimate(candidate: User, skill: Skill, rows: list[Evidence], now: datetime) -> SkillEstimate:
    ability = estimate_ability(_responses(rows))
    return SkillEstimate(
        candidate=candidate,
        skill=skill,
        theta=ability.theta,
        sem=ability.sem,
        level=skill.cuts.level(ability.theta),
        part_count=len(rows),
        measured=is_measured(len(rows), ability.sem),
        provisional=any(row.origin == ParameterOrigin.JUDGED for row in rows),
        knowledge_only=all(row.knowledge_only for row in rows),
        evidence_at=max(row.given_at for row in rows),
        valid_until=min(row.valid_until for row in rows),
        computed_at=now,
    )


def _is_unchanged(current: SkillEstimate | None, found: SkillEstimate) -> bool:
    return current is not None and all(
        getattr(current, field) == getattr(found, field) for field in COMPARED
    )
