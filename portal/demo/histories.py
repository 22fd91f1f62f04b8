"""One simulated candidate's rows, unsaved: attempts with answers, scores and measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from accounts.models import User
from assessments.enums import AttemptState, Ending
from assessments.models import (
    Assessment,
    Attempt,
    AttemptItem,
    ItemResponse,
    ItemVersion,
    PartScore,
    SkillEstimate,
    SpeedMeasure,
)
from assessments.psychometrics.speed import is_valid_sample, plain_text, typing_speed
from careers.models import LanguageSkill, Occupation, WorkExperience

from .catalogue import Catalogue, PlannedSitting
from .identifiers import uuid_from
from .people import Person
from .sitting import Sitting, sit


@dataclass(slots=True)
class History:
    """One candidate's rows, before they are saved."""

    person: Person
    user: User
    role: Occupation
    work: list[WorkExperience]
    languages: list[LanguageSkill]
    attempts: list[AttemptRows] = field(default_factory=list)
    measures: list[SpeedMeasure] = field(default_factory=list)
    estimates: list[SkillEstimate] = field(default_factory=list)

    @property
    def ready_to_apply_at(self) -> datetime:
        ended = [rows.attempt.submitted_at for rows in self.attempts if rows.attempt.submitted_at]
        return max(ended, default=self.person.joined_at)


@dataclass(slots=True)
class AttemptRows:
    attempt: Attempt
    assessment: Assessment
    items: list[AttemptItem]
    versions: list[ItemVersion]
    responses: list[ItemResponse]
    scores: list[PartScore]


def attempt_rows(
    history: History, catalogue: Catalogue, planned: PlannedSitting, seen: set[str]
) -> AttemptRows:
    """One attempt as the actions would have stored it; `seen` names the items of earlier ones."""
    person, assessment = history.person, planned.assessment
    random = person.stream(f"attempt {planned.number} {assessment.code}")
    versions = catalogue.draw(assessment, seen, random)
    seen |= {version.item.code for version in versions}
    limit = assessment.time_limit_seconds
    attempt = Attempt(
        candidate=history.user,
        assessment=assessment,
        test_form=catalogue.forms[assessment.pk],
        seed=random.getrandbits(62),
        started_at=planned.started_at,
        time_limit=None if limit is None else timedelta(seconds=limit),
    )
    sitting = sit(
        catalogue.bank,
        versions,
        person.theta(assessment.skill.code),
        person.typist,
        person.pace,
        planned.started_at,
        attempt.deadline,
        random,
    )
    _end(attempt, sitting)
    items = [
        AttemptItem(
            attempt=attempt,
            position=position,
            item_version=version,
            option_order=random.sample(version.task.options, len(version.task.options)),
        )
        for position, version in enumerate(versions, start=1)
    ]
    responses = [
        ItemResponse(
            attempt_item=items[step.position - 1],
            answer=step.answer,
            answer_id=uuid_from(random),
            saved_at=step.at,
        )
        for step in sitting.steps
        if step.answer is not None
    ]
    rows = AttemptRows(attempt, assessment, items, versions, responses, [])
    _score(rows, catalogue)
    _measure(history, rows)
    return rows


def _end(attempt: Attempt, sitting: Sitting) -> None:
    overdue = attempt.is_overdue(sitting.ended_at)
    attempt.state = AttemptState.SCORED
    attempt.ending = Ending.TIMED_OUT if overdue else Ending.SUBMITTED
    attempt.submitted_at = attempt.deadline if overdue else sitting.ended_at
    attempt.scored_at = sitting.ended_at
    attempt.furthest_position = sitting.furthest_position


def _score(rows: AttemptRows, catalogue: Catalogue) -> None:
    answers = {response.attempt_item.position: response.answer for response in rows.responses}
    for item, version in zip(rows.items, rows.versions, strict=True):
        scoring = catalogue.bank.scorings.get(version.pk)
        reached = (
            rows.attempt.ending == Ending.SUBMITTED
            or item.position in answers
            or item.position <= rows.attempt.furthest_position
        )
        if scoring is not None and reached:
            answer = answers.get(item.position) or {}
            rows.scores.append(
                PartScore(
                    attempt_item=item,
                    part=scoring.part,
                    scoring_version=scoring.scoring_version,
                    score=version.item_type.score(scoring.key, answer),
                )
            )


def _measure(history: History, rows: AttemptRows) -> None:
    for response in rows.responses:
        version = rows.versions[response.attempt_item.position - 1]
        answer = response.answer
        if version.item.item_type != "typing":
            continue
        if not is_valid_sample(answer["text"], answer["milliseconds"]):
            continue
        speed = typing_speed(version.settings["passage"], answer["text"], answer["milliseconds"])
        submitted_at = rows.attempt.submitted_at
        assert submitted_at is not None
        history.measures.append(
            SpeedMeasure(
                attempt_item=response.attempt_item,
                candidate=history.user,
                device=answer["device"],
                gross_wpm=speed.gross_wpm,
                net_wpm=speed.net_wpm,
                accuracy=speed.accuracy,
                character_count=len(plain_text(answer["text"])),
                measured_at=submitted_at,
                valid_until=submitted_at + timedelta(days=rows.assessment.validity_days),
            )
        )
