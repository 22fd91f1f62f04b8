"""One applicant's readiness report."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Employer
from assessments.models import SkillLevel
from careers import sentences as career_sentences
from careers.matching.fit import FactStanding, MeasureStanding, Readiness, SkillStanding
from careers.models import SkillRequirement
from careers.queries.requirements import with_requirements
from careers.queries.standings import evidence_band
from careers.thresholds import verdict_thresholds
from core.band import Band
from hiring import pipeline, sentences
from hiring.enums import Stage
from hiring.feedback import default_feedback
from hiring.models import Application, SharedFact, StageTransition
from hiring.queries.sharing import application_readiness, shared, with_shared


@dataclass(frozen=True, slots=True)
class SkillEvidenceRow:
    """A required skill with the band, the words and what the levels mean."""

    asked: SkillRequirement
    standing: SkillStanding
    band: Band
    level_asked: SkillLevel | None
    level_reached: SkillLevel | None

    @property
    def words(self) -> str:
        return sentences.skill_words(self.standing)


@dataclass(frozen=True, slots=True)
class OtherEvidenceRow:
    """A required measure or declared fact in words."""

    asked: str
    words: str
    state: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What the candidate shared, set against the requirements that its readiness names.

    Of a withdrawn application there is only that: the page shows no result and no note.
    """

    application: Application
    timeline: list[StageTransition]
    moves: list[Stage]
    found: Readiness | None = None
    skills: list[SkillEvidenceRow] | None = None
    measures: list[OtherEvidenceRow] | None = None
    facts: list[OtherEvidenceRow] | None = None
    all_facts: list[SharedFact] | None = None
    reasons: list[str] | None = None
    exceptions: list[str] | None = None
    default_feedback: str = ""

    @property
    def has_caveats(self) -> bool:
        return any(row.band.caveats for row in self.skills or [])


def applicant_report(employer: Employer, application_id: UUID) -> Report:
    """A constant number of queries. Raises Application.DoesNotExist for another employer's."""
    application = (
        Application.objects.select_related("requisition__employer", "requirement_set")
        .prefetch_related(*with_shared(), *with_requirements("requirement_set"))
        .get(pk=application_id, requisition__employer=employer)
    )
    timeline = list(
        StageTransition.objects.filter(application=application)
        .select_related("moved_by")
        .order_by("moved_at", "pk")
    )
    if application.is_withdrawn:
        return Report(application, timeline, [])
    asked = application.requirement_set
    found = application_readiness(asked, shared(application))
    skills = list(asked.skill_requirements.all())
    names = {row.skill.code: row.skill.name for row in skills}
    levels = _levels(skills)
    return Report(
        application=application,
        timeline=timeline,
        moves=[Stage(stage) for stage in pipeline.employer_moves(application.stage)],
        found=found,
        skills=[
            _skill_row(row, standing, levels)
            for row, standing in zip(skills, found.skill_standings, strict=True)
        ],
        measures=[_measure_row(row) for row in found.measure_standings],
        facts=[_fact_row(row) for row in found.fact_standings],
        all_facts=list(application.shared_facts.all()),
        reasons=sentences.verdict_reasons(found, names, verdict_thresholds()),
        exceptions=[career_sentences.exception_words(row) for row in application.exceptions],
        default_feedback=default_feedback(application.requisition.title, found, names),
    )


def _levels(skills: list[SkillRequirement]) -> dict[tuple[int, int], SkillLevel]:
    found = SkillLevel.objects.filter(skill__in=[row.skill_id for row in skills])
    return {(row.skill_id, row.level): row for row in found}


def _skill_row(
    asked: SkillRequirement,
    standing: SkillStanding,
    levels: dict[tuple[int, int], SkillLevel],
) -> SkillEvidenceRow:
    evidence = standing.evidence
    return SkillEvidenceRow(
        asked=asked,
        standing=standing,
        band=evidence_band(asked.skill, evidence, asked.level),
        level_asked=levels.get((asked.skill_id, asked.level)),
        level_reached=levels.get((asked.skill_id, evidence.level)) if evidence else None,
    )


def _measure_row(standing: MeasureStanding) -> OtherEvidenceRow:
    asked = standing.requirement
    return OtherEvidenceRow(
        asked=career_sentences.measure_asked(asked.measure, asked.device, asked.minimum),
        words=sentences.measure_words(standing),
        state=sentences.measure_state_words(standing),
        is_met=standing.is_met,
    )


def _fact_row(standing: FactStanding) -> OtherEvidenceRow:
    asked = standing.requirement
    return OtherEvidenceRow(
        asked=career_sentences.fact_asked(str(asked.fact), asked.minimum),
        words=sentences.fact_words(standing),
        state=sentences.fact_state_words(standing),
        is_met=standing.is_met,
    )
