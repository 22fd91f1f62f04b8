"""Reads for the result of an attempt and for the skill profile."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from assessments.enums import AttemptState
from assessments.models import (
    Assessment,
    Attempt,
    EstimateEvidence,
    Facet,
    PartScoring,
    Skill,
    SkillEstimate,
    SkillLevel,
    SpeedMeasure,
)
from assessments.psychometrics import ScoredResponse
from assessments.psychometrics.facets import FacetVerdict, facet_findings
from assessments.psychometrics.scales import scale_score, score_band
from assessments.queries.catalogue import offered_assessments
from core.band import Band, Estimate, Standing


def skill_marks(skill: Skill) -> tuple[float, float, float, float]:
    """The scale scores at which the skill's levels 2 to 5 begin."""
    two, three, four, five = map(scale_score, skill.cuts.thetas)
    return two, three, four, five


def estimate_band(
    skill: Skill, estimate: SkillEstimate | None, required_level: int | None = None
) -> Band:
    """The skill's band; without an estimate an empty track."""
    if estimate is None:
        return Band(skill.name, skill_marks(skill), None, required_level)
    low, high = score_band(estimate.theta, estimate.sem)
    return Band(
        skill.name,
        skill_marks(skill),
        Estimate(
            score=scale_score(estimate.theta),
            low=low,
            high=high,
            level=estimate.level,
            response_count=estimate.part_count,
            measured_on=estimate.evidence_at.date(),
            standing=Standing.MEASURED if estimate.measured else Standing.FIRST_INDICATION,
            provisional=estimate.provisional,
            knowledge_only=estimate.knowledge_only,
        ),
        required_level,
    )


@dataclass(frozen=True, slots=True)
class FacetRemark:
    """A facet in which the candidate did reliably better or worse than in the skill as a whole."""

    facet: Facet
    is_strength: bool


@dataclass(frozen=True, slots=True)
class AttemptResult:
    attempt: Attempt
    estimate: SkillEstimate | None
    band: Band
    level: SkillLevel | None
    next_level: SkillLevel | None
    remarks: list[FacetRemark]
    speed: SpeedMeasure | None
    answered: int
    drawn: int

    @property
    def retake_from(self) -> datetime | None:
        """None for a voided attempt, which holds no retake back."""
        if self.attempt.submitted_at is None or self.attempt.state == AttemptState.VOIDED:
            return None
        return self.attempt.submitted_at + timedelta(days=self.attempt.assessment.cool_down_days)

    @property
    def strengths(self) -> list[Facet]:
        return [remark.facet for remark in self.remarks if remark.is_strength]

    @property
    def weaknesses(self) -> list[Facet]:
        return [remark.facet for remark in self.remarks if not remark.is_strength]


def attempt_result(attempt: Attempt) -> AttemptResult:
    """What a scored attempt says, with the skill as it is estimated now."""
    skill = attempt.assessment.skill
    estimate = (
        SkillEstimate.objects.filter(candidate=attempt.candidate, skill=skill, is_current=True)
        .select_related("skill")
        .first()
    )
    levels = {level.level: level for level in skill.levels.all()}
    reached = estimate.level if estimate else 0
    items = list(attempt.items.select_related("response"))
    return AttemptResult(
        attempt=attempt,
        estimate=estimate,
        band=estimate_band(skill, estimate),
        level=levels.get(reached),
        next_level=levels.get(reached + 1),
        remarks=facet_remarks(estimate) if estimate and estimate.measured else [],
        speed=SpeedMeasure.objects.filter(attempt_item__attempt=attempt).first(),
        answered=sum(bool(item.response.answer) for item in items if hasattr(item, "response")),
        drawn=len(items),
    )


def facet_remarks(estimate: SkillEstimate) -> list[FacetRemark]:
    """Strengths and weaknesses by facet, named only where the difference is reliable."""
    scores = [
        row.part_score
        for row in EstimateEvidence.objects.filter(estimate=estimate).select_related(
            "part_score__part__facet"
        )
    ]
    parameters = {
        (scoring.scoring_version_id, scoring.part_id): scoring.parameters
        for scoring in PartScoring.objects.filter(
            scoring_version__in=[score.scoring_version_id for score in scores]
        )
    }
    facets = {score.part.facet.code: score.part.facet for score in scores}
    responses: dict[str, list[ScoredResponse]] = defaultdict(list)
    for score in scores:
        key = (score.scoring_version_id, score.part_id)
        responses[score.part.facet.code].append(ScoredResponse(parameters[key], score.score))
    return [
        FacetRemark(facets[finding.facet], finding.verdict == FacetVerdict.STRENGTH)
        for finding in facet_findings(responses, estimate.theta)
        if finding.verdict != FacetVerdict.NOT_RELIABLE
    ]


@dataclass(frozen=True, slots=True)
class SkillRow:
    skill: Skill
    estimate: SkillEstimate | None
    band: Band

    @property
    def assessment(self) -> Assessment | None:
        """An assessment that measures the skill, if one is on offer."""
        return next(iter(self.skill.assessments.all()), None)


def skill_profile(candidate: User) -> list[SkillRow]:
    """Every skill of the framework with the candidate's current estimate: three queries."""
    estimates = {
        estimate.skill_id: estimate
        for estimate in SkillEstimate.objects.filter(candidate=candidate, is_current=True)
    }
    return [
        SkillRow(skill, estimates.get(skill.pk), estimate_band(skill, estimates.get(skill.pk)))
        for skill in Skill.objects.select_related("domain")
        .prefetch_related(offered_assessments())
        .order_by("position")
    ]


def speed_measures(candidate: User, now: datetime) -> list[SpeedMeasure]:
    """The newest valid typing test on each device."""
    return list(
        SpeedMeasure.objects.filter(candidate=candidate, valid_until__gt=now)
        .order_by("device", "-measured_at")
        .distinct("device")
    )
