"""What must be true of the data, whichever way it was written, and a check of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection

from assessments.models import PartScore, SkillEstimate
from assessments.psychometrics import ScoredResponse, estimate_ability
from careers.actions.readiness import stored_fields
from careers.matching.fit import readiness
from careers.models import ReadinessFields, RoleReadiness
from careers.queries.profile import candidate_profile
from careers.queries.requirements import role_requirements, with_requirements
from careers.thresholds import verdict_thresholds
from hiring.enums import Stage
from hiring.models import Application
from hiring.queries.sharing import application_readiness, shared, with_shared

SAMPLE = 25
TOLERANCE = 1e-6

RULES = {
    "a scored attempt has a score for each scored part that was reached": """
        SELECT count(*) FROM assessments_attempt attempt
        JOIN assessments_attemptitem item ON item.attempt_id = attempt.id
        JOIN assessments_scoredpart part ON part.item_version_id = item.item_version_id
        LEFT JOIN assessments_itemresponse response ON response.attempt_item_id = item.id
        LEFT JOIN assessments_partscore score
          ON score.attempt_item_id = item.id AND score.part_id = part.id
        WHERE attempt.state = 'scored' AND score.id IS NULL
          AND (attempt.ending = 'submitted' OR response.attempt_item_id IS NOT NULL
               OR item.position <= attempt.furthest_position)""",
    "an open attempt has no score": """
        SELECT count(*) FROM assessments_attempt attempt
        JOIN assessments_attemptitem item ON item.attempt_id = attempt.id
        JOIN assessments_partscore score ON score.attempt_item_id = item.id
        WHERE attempt.state IN ('in-progress', 'paused')""",
    "a score lies within its part's maximum": """
        SELECT count(*) FROM assessments_partscore score
        JOIN assessments_scoredpart part ON part.id = score.part_id
        WHERE score.score > part.maximum""",
    "a score names a scoring version of the item that was shown": """
        SELECT count(*) FROM assessments_partscore score
        JOIN assessments_attemptitem item ON item.id = score.attempt_item_id
        JOIN assessments_scoringversion scoring ON scoring.id = score.scoring_version_id
        WHERE scoring.item_version_id <> item.item_version_id""",
    "no answer is stored outside its attempt's time": """
        SELECT count(*) FROM assessments_itemresponse response
        JOIN assessments_attemptitem item ON item.id = response.attempt_item_id
        JOIN assessments_attempt attempt ON attempt.id = item.attempt_id
        WHERE response.saved_at < attempt.started_at OR response.saved_at > attempt.submitted_at""",
    "an item that was drawn is frozen": """
        SELECT count(*) FROM assessments_itemversion version
        WHERE frozen_at IS NULL AND EXISTS
          (SELECT FROM assessments_attemptitem item WHERE item.item_version_id = version.id)""",
    "an estimate rests on as many scores as it says": """
        SELECT count(*) FROM assessments_skillestimate estimate WHERE part_count <>
          (SELECT count(*) FROM assessments_estimateevidence evidence
           WHERE evidence.estimate_id = estimate.id)""",
    "an estimate rests on the candidate's own scores of its skill": """
        SELECT count(*) FROM assessments_estimateevidence evidence
        JOIN assessments_skillestimate estimate ON estimate.id = evidence.estimate_id
        JOIN assessments_partscore score ON score.id = evidence.part_score_id
        JOIN assessments_scoredpart part ON part.id = score.part_id
        JOIN assessments_attemptitem item ON item.id = score.attempt_item_id
        JOIN assessments_attempt attempt ON attempt.id = item.attempt_id
        WHERE part.skill_id <> estimate.skill_id
           OR attempt.candidate_id <> estimate.candidate_id""",
    "whoever has a current estimate has a readiness": """
        SELECT count(DISTINCT candidate_id) FROM assessments_skillestimate estimate
        WHERE is_current AND NOT EXISTS (SELECT FROM careers_rolereadiness readiness
          WHERE readiness.candidate_id = estimate.candidate_id)""",
    "whoever made an attempt has agreed to it": """
        SELECT count(*) FROM assessments_attempt attempt WHERE NOT EXISTS
          (SELECT FROM accounts_consent consent WHERE consent.user_id = attempt.candidate_id
             AND consent.kind = 'assessment' AND consent.given_at <= attempt.started_at)""",
    "an application shares only skills that its requirements ask for": """
        SELECT count(*) FROM hiring_sharedskill shared
        JOIN hiring_application application ON application.id = shared.application_id
        WHERE NOT EXISTS (SELECT FROM careers_skillrequirement asked
          WHERE asked.requirement_set_id = application.requirement_set_id
            AND asked.skill_id = shared.skill_id)""",
    "an application stands at the stage of its newest move": """
        SELECT count(*) FROM hiring_application application
        WHERE stage <> (SELECT to_stage FROM hiring_stagetransition move
          WHERE move.application_id = application.id ORDER BY moved_at DESC, id DESC LIMIT 1)""",
}
"""Each counts what breaks the rule."""


class InvariantBroken(Exception):
    """Names every rule that is broken, and how often."""


def check_invariants() -> list[str]:
    """Return the rules that hold. Raises InvariantBroken if any is broken.

    The rules of SQL are checked on all rows, those of recomputing on a sample.
    """
    broken = []
    with connection.cursor() as cursor:
        for rule, statement in RULES.items():
            cursor.execute(statement)
            (count,) = cursor.fetchone()
            if count:
                broken.append(f"{rule}: broken {count} times")
    for rule, differences in RECOMPUTED.items():
        broken += [f"{rule}: {difference}" for difference in differences()]
    if broken:
        raise InvariantBroken("; ".join(broken))
    return [*RULES, *RECOMPUTED]


def _score_differences() -> Iterator[str]:
    scores = PartScore.objects.select_related(
        "attempt_item__item_version__item", "attempt_item__response", "scoring_version"
    )
    for score in scores.order_by("?")[: 8 * SAMPLE]:
        version = score.attempt_item.item_version
        response = getattr(score.attempt_item, "response", None)
        scoring = score.scoring_version.parts.get(part=score.part_id)
        answer = (response.answer if response else None) or {}
        if version.item_type.score(scoring.key, answer) != score.score:
            yield f"score {score.pk}"


def _estimate_differences() -> Iterator[str]:
    for estimate in SkillEstimate.objects.order_by("?")[: 4 * SAMPLE]:
        rows = estimate.evidence.select_related("part_score__scoring_version", "part_score__part")
        responses = [
            ScoredResponse(
                row.part_score.scoring_version.parts.get(part=row.part_score.part_id).parameters,
                row.part_score.score,
            )
            for row in rows
        ]
        ability = estimate_ability(responses)
        if max(abs(ability.theta - estimate.theta), abs(ability.sem - estimate.sem)) > TOLERANCE:
            yield f"estimate {estimate.pk}"


def _readiness_differences() -> Iterator[str]:
    """At the time of the stored readiness: years of work grow with every day."""
    stored = RoleReadiness.objects.select_related("candidate", "requirement_set").prefetch_related(
        *with_requirements("requirement_set")
    )
    for row in stored.order_by("?")[: 4 * SAMPLE]:
        profile = candidate_profile(row.candidate, row.computed_at)
        found = readiness(role_requirements(row.requirement_set), profile, verdict_thresholds())
        if differing_columns(row, stored_fields(found, row.computed_at)):
            yield f"readiness {row.pk}"


def _application_differences() -> Iterator[str]:
    """Against the requirements it names, from what it shares; a withdrawn one holds no results."""
    stored = (
        Application.objects.exclude(stage=Stage.WITHDRAWN)
        .select_related("requirement_set")
        .prefetch_related(*with_requirements("requirement_set"), *with_shared())
    )
    for row in stored.order_by("?")[: 4 * SAMPLE]:
        found = application_readiness(row.requirement_set, shared(row))
        if differing_columns(row, stored_fields(found, row.computed_at)):
            yield f"application {row.pk}"


def differing_columns(row: ReadinessFields, computed: Mapping[str, Any]) -> list[str]:
    return [name for name, value in computed.items() if not _equals(getattr(row, name), value)]


def _equals(stored: Any, computed: Any) -> bool:
    if isinstance(stored, float) and isinstance(computed, float):
        return abs(stored - computed) <= TOLERANCE
    return bool(stored == computed)


RECOMPUTED = {
    "a score is what the answer earns": _score_differences,
    "an estimate is what its evidence gives": _estimate_differences,
    "stored readiness is what the profile gives": _readiness_differences,
    "an application's readiness is what it shares": _application_differences,
}
"""Each yields what differs, in a sample."""
