"""Reads for the pages on which a candidate chooses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch

from accounts.models import User
from assessments.actions.attempts import cool_down_end
from assessments.enums import AttemptState, ItemUse, Publication
from assessments.models import Accommodation, Assessment, Attempt, Battery, ItemVersion, Skill
from assessments.queries.evidence import valid_until

TASTE_QUESTIONS = 3


@dataclass(frozen=True, slots=True)
class AssessmentEntry:
    """An assessment with where the reader stands: new, in progress, done, or to be retaken."""

    assessment: Assessment
    open_attempt: Attempt | None = None
    last_attempt: Attempt | None = None
    retake_from: datetime | None = None
    extra_time_percent: int = 0

    @property
    def is_done(self) -> bool:
        return self.last_attempt is not None


def _entries(
    assessments: list[Assessment], candidate: User | None, now: datetime
) -> list[AssessmentEntry]:
    if candidate is None:
        return [AssessmentEntry(assessment) for assessment in assessments]
    attempts: dict[int, list[Attempt]] = {}
    for attempt in (
        Attempt.objects.filter(candidate=candidate, assessment__in=assessments)
        .exclude(state=AttemptState.VOIDED)
        .select_related("assessment")
        .order_by("-started_at")
    ):
        attempts.setdefault(attempt.assessment_id, []).append(attempt)
    return [_entry(assessment, attempts.get(assessment.pk, []), now) for assessment in assessments]


def _entry(assessment: Assessment, attempts: list[Attempt], now: datetime) -> AssessmentEntry:
    scored = [attempt for attempt in attempts if attempt.state == AttemptState.SCORED]
    retake_from = cool_down_end(assessment, attempts)
    return AssessmentEntry(
        assessment,
        open_attempt=next(
            (attempt for attempt in attempts if attempt.is_open and not attempt.is_overdue(now)),
            None,
        ),
        last_attempt=next((row for row in scored if valid_until(row) > now), None),
        retake_from=retake_from if retake_from and retake_from > now else None,
    )


def catalogue(candidate: User | None, now: datetime) -> list[AssessmentEntry]:
    """Every assessment on offer, by domain and skill: one query, two for a signed-in reader."""
    assessments = list(
        Assessment.objects.filter(status=Publication.ACTIVE)
        .select_related("skill__domain")
        .order_by("skill__position", "code")
    )
    return _entries(assessments, candidate, now)


def assessment_entry(code: str, candidate: User | None, now: datetime) -> AssessmentEntry:
    """Raises Assessment.DoesNotExist for one that isn't on offer."""
    assessment = Assessment.objects.select_related("skill__domain").get(
        code=code, status=Publication.ACTIVE
    )
    entry = _entries([assessment], candidate, now)[0]
    extra = Accommodation.objects.filter(candidate=candidate).first() if candidate else None
    return replace(entry, extra_time_percent=extra.extra_time_percent) if extra else entry


@dataclass(frozen=True, slots=True)
class BatteryProgress:
    """A battery's assessments in order, each with where the reader stands."""

    battery: Battery
    steps: list[tuple[AssessmentEntry, int]]

    @property
    def minutes(self) -> int:
        breaks = sum(minutes for _, minutes in self.steps[:-1])
        return breaks + sum(entry.assessment.stated_minutes for entry, _ in self.steps)

    @property
    def kilobytes(self) -> int:
        return sum(entry.assessment.stated_kilobytes for entry, _ in self.steps)

    @property
    def done(self) -> int:
        return sum(entry.is_done for entry, _ in self.steps)

    @property
    def next_entry(self) -> AssessmentEntry | None:
        """An assessment in progress, else the first that isn't done."""
        entries = [entry for entry, _ in self.steps]
        return next((entry for entry in entries if entry.open_attempt), None) or next(
            (entry for entry in entries if not entry.is_done and not entry.retake_from), None
        )


def battery_progress(code: str, candidate: User | None, now: datetime) -> BatteryProgress:
    """Raises Battery.DoesNotExist."""
    battery = Battery.objects.prefetch_related("steps__assessment__skill__domain").get(
        code=code, status=Publication.ACTIVE
    )
    steps = list(battery.steps.all())
    entries = _entries([step.assessment for step in steps], candidate, now)
    breaks = [step.break_minutes for step in steps]
    return BatteryProgress(battery, list(zip(entries, breaks, strict=True)))


def offered_assessments() -> Prefetch[str]:
    """A prefetch of a skill's assessments that leaves out those that can't be taken."""
    return Prefetch("assessments", Assessment.objects.filter(status=Publication.ACTIVE))


def described_skill(code: str) -> Skill:
    """A skill with its domain, levels, facets and the assessments on offer.

    Raises Skill.DoesNotExist.
    """
    return (
        Skill.objects.select_related("domain")
        .prefetch_related("levels", "facets", offered_assessments())
        .get(code=code)
    )


def practice_questions(assessment_code: str | None = None) -> list[ItemVersion]:
    """Practice questions for one assessment; without one, one each of the first skills."""
    versions = ItemVersion.objects.filter(
        is_current=True, item__use=ItemUse.PRACTICE, item__status=Publication.ACTIVE
    ).exclude(item__item_type="typing")
    versions = versions.select_related("item__skill", "facet").order_by("item__code")
    if assessment_code is not None:
        return list(versions.filter(item__skill__assessments__code=assessment_code))
    by_skill: dict[int, ItemVersion] = {}
    for version in versions.order_by("item__skill__position", "item__code"):
        by_skill.setdefault(version.item.skill_id, version)
    return _of_different_types(list(by_skill.values()))


def _of_different_types(versions: list[ItemVersion]) -> list[ItemVersion]:
    """The first three of as many types as possible: a taste should show the variety."""
    chosen: list[ItemVersion] = []
    for version in versions:
        if version.item.item_type not in {other.item.item_type for other in chosen}:
            chosen.append(version)
    chosen += [version for version in versions if version not in chosen]
    return chosen[:TASTE_QUESTIONS]
