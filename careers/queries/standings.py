"""Requirement by requirement: what is asked, where the candidate stands, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.models import Skill
from assessments.psychometrics.scales import scale_score, score_band
from assessments.queries.catalogue import AssessmentEntry
from assessments.queries.results import skill_marks
from careers import sentences
from careers.matching.fit import FactState, MeasureState, Readiness, SkillState
from careers.matching.gaps import Advice
from careers.matching.profile import SkillEvidence
from careers.models import (
    FactRequirement,
    MeasureRequirement,
    RequirementSet,
    SkillRequirement,
)
from core.band import Band, Estimate, Standing


def evidence_band(
    skill: Skill, evidence: SkillEvidence | None, required_level: int | None = None
) -> Band:
    """The skill's band with the requirement as its notch; without evidence an empty track."""
    if evidence is None:
        return Band(skill.name, skill_marks(skill), None, required_level)
    low, high = score_band(evidence.theta, evidence.sem)
    estimate = Estimate(
        score=scale_score(evidence.theta),
        low=low,
        high=high,
        level=evidence.level,
        response_count=evidence.parts,
        measured_on=evidence.measured_on,
        standing=Standing.MEASURED if evidence.measured else Standing.FIRST_INDICATION,
        provisional=evidence.provisional,
        knowledge_only=evidence.knowledge_only,
    )
    return Band(skill.name, skill_marks(skill), estimate, required_level)


@dataclass(frozen=True, slots=True)
class SkillAdvice:
    """What to do about a skill that isn't met; `entry` is the assessment that measures it."""

    advice: Advice
    entry: AssessmentEntry | None

    @property
    def words(self) -> str:
        return sentences.advice_words(self.advice)

    @property
    def is_to_measure(self) -> bool:
        return self.advice is not Advice.STUDY


@dataclass(frozen=True, slots=True)
class SkillRow:
    """A required skill; `state` is None for a reader whose standing isn't known."""

    asked: SkillRequirement
    band: Band
    sentence: str
    state: SkillState | None = None
    advice: SkillAdvice | None = None

    @property
    def state_words(self) -> str:
        return sentences.state_words(self.state) if self.state else ""


@dataclass(frozen=True, slots=True)
class OtherRow:
    """A required measure or declared fact, with what it is called and where one stands."""

    asked: MeasureRequirement | FactRequirement
    name: str
    sentence: str
    state: MeasureState | FactState | None = None

    @property
    def state_words(self) -> str:
        return sentences.state_words(self.state) if self.state else ""

    @property
    def is_met(self) -> bool:
        return self.state in {MeasureState.MET, FactState.CONFIRMED, FactState.DECLARED}


@dataclass(frozen=True, slots=True)
class RequirementRows:
    skills: list[SkillRow]
    measures: list[OtherRow]
    facts: list[OtherRow]


def requirement_rows(
    asked: RequirementSet,
    found: Readiness | None = None,
    advice: Mapping[str, SkillAdvice] | None = None,
) -> RequirementRows:
    """Rows in the order of the set, which is prefetched by `with_requirements`.

    `found` is the readiness for this very set; None shows what is asked and nobody's standing.
    `advice` goes by skill code.
    """
    advice = advice or {}
    skills = list(asked.skill_requirements.all())
    measures = list(asked.measure_requirements.all())
    facts = list(asked.fact_requirements.all())
    if found is None:
        return RequirementRows(
            [_open_skill_row(row) for row in skills],
            [_open_measure_row(row) for row in measures],
            [_open_fact_row(row) for row in facts],
        )
    return RequirementRows(
        skills=[
            SkillRow(
                row,
                evidence_band(row.skill, standing.evidence, row.level),
                sentences.skill_sentence(standing),
                standing.state,
                advice.get(row.skill.code),
            )
            for row, standing in zip(skills, found.skill_standings, strict=True)
        ],
        measures=[
            OtherRow(row, _measure_name(row), sentences.measure_sentence(standing), standing.state)
            for row, standing in zip(measures, found.measure_standings, strict=True)
        ],
        facts=[
            OtherRow(row, _fact_name(row), sentences.fact_sentence(standing), standing.state)
            for row, standing in zip(facts, found.fact_standings, strict=True)
        ],
    )


def _open_skill_row(row: SkillRequirement) -> SkillRow:
    band = evidence_band(row.skill, None, row.level)
    return SkillRow(row, band, sentences.skill_asked(row.level))


def _open_measure_row(row: MeasureRequirement) -> OtherRow:
    asked = sentences.measure_asked(row.measure, row.device, row.minimum)
    return OtherRow(row, _measure_name(row), asked)


def _open_fact_row(row: FactRequirement) -> OtherRow:
    return OtherRow(row, _fact_name(row), sentences.fact_asked(row.fact, row.minimum))


def _measure_name(row: MeasureRequirement) -> str:
    return sentences.capitalised(
        sentences.exception_words({"measure": row.measure, "device": row.device})
    )


def _fact_name(row: FactRequirement) -> str:
    return sentences.capitalised(
        sentences.exception_words({"fact": row.fact, "minimum": row.minimum})
    )
