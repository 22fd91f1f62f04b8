"""The assessments that a role could be measured by, with what each is expected to tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from assessments.actions.attempts import MEASURE_TYPES
from assessments.enums import ItemUse, Publication
from assessments.models import Assessment, BlueprintRow, PartScoring
from assessments.psychometrics.irt import information
from assessments.psychometrics.types import ItemParameters
from assessments.queries.catalogue import AssessmentEntry, catalogue
from careers import sentences
from careers.matching.fit import Readiness
from careers.matching.next_assessment import (
    POPULATION,
    AssessmentAdvice,
    AssessmentOption,
    ExpectedEvidence,
    next_assessments,
)
from careers.matching.profile import SkillEvidence


@dataclass(frozen=True, slots=True)
class BankItem:
    """What the expectation needs to know of an item: its place in a blueprint and its parts."""

    level: int
    facet: int
    item_type: str
    parts: tuple[tuple[str, ItemParameters], ...]
    """(skill code, parameters)"""


@dataclass(frozen=True, slots=True)
class NextAssessment:
    assessment: Assessment
    reason: str


def admits(row: BlueprintRow, item: BankItem) -> bool:
    """Whether this row may draw this item (a type that yields only a measure must be named)."""
    if row.item_type:
        fits_type = row.item_type == item.item_type
    else:
        fits_type = item.item_type not in MEASURE_TYPES
    in_levels = row.level_min <= item.level <= row.level_max
    return fits_type and in_levels and row.facet_id in (None, item.facet)


def expected_evidence(
    rows: Iterable[BlueprintRow],
    bank: Sequence[BankItem],
    evidence: Mapping[str, SkillEvidence],
) -> dict[str, ExpectedEvidence]:
    """What a form drawn by these rows is expected to add on each skill.

    A row adds its count times the mean over the items that it may draw: of the number of parts,
    and of their information at the candidate's theta (0, the population's mean, where nothing is
    known). A new attempt replaces the old one, whose information 1/SEM² - 1 is taken off.
    """
    parts: dict[str, float] = defaultdict(float)
    total: dict[str, float] = defaultdict(float)
    for row in rows:
        pool = [item for item in bank if admits(row, item)]
        for item in pool:
            for skill, parameters in item.parts:
                known = evidence.get(skill)
                theta = POPULATION.theta if known is None else known.theta
                parts[skill] += row.count / len(pool)
                total[skill] += row.count * float(information(parameters, theta)) / len(pool)
    return {
        skill: _less_what_it_replaces(round(parts[skill]), total[skill], evidence.get(skill))
        for skill in parts
    }


def _less_what_it_replaces(
    parts: int, information: float, held: SkillEvidence | None
) -> ExpectedEvidence:
    if held is None:
        return ExpectedEvidence(parts, information)
    return ExpectedEvidence(
        max(parts - held.parts, 0), max(information - (1 / held.sem**2 - 1), 0.0)
    )


def assessment_advice(
    readiness: Readiness,
    evidence: Mapping[str, SkillEvidence],
    entries: Sequence[AssessmentEntry],
) -> tuple[AssessmentAdvice, ...]:
    """Assessments worth taking for a role, the best first: two queries."""
    skills = {standing.requirement.skill for standing in readiness.skill_standings}
    entries = [entry for entry in entries if entry.assessment.skill.code in skills]
    bank = _bank(skills)
    rows: dict[int, list[BlueprintRow]] = defaultdict(list)
    for row in BlueprintRow.objects.filter(
        test_form__is_current=True,
        test_form__assessment__in=[entry.assessment for entry in entries],
    ).select_related("test_form"):
        rows[row.test_form.assessment_id].append(row)
    options = [
        AssessmentOption(
            code=entry.assessment.code,
            skills=expected_evidence(
                rows[entry.assessment.pk], bank[entry.assessment.skill.code], evidence
            ),
            minutes=entry.assessment.stated_minutes,
            available=entry.retake_from is None,
        )
        for entry in entries
    ]
    cuts = {entry.assessment.skill.code: entry.assessment.skill.cuts for entry in entries}
    return next_assessments(readiness, options, cuts)


def _bank(skills: set[str]) -> dict[str, list[BankItem]]:
    """The scored items on offer by their skill, each with the parts of its current scoring."""
    scorings = PartScoring.objects.filter(
        scoring_version__is_current=True,
        scoring_version__item_version__is_current=True,
        scoring_version__item_version__item__use=ItemUse.SCORED,
        scoring_version__item_version__item__status=Publication.ACTIVE,
        scoring_version__item_version__item__skill__code__in=skills,
    ).values_list(
        "scoring_version__item_version",
        "scoring_version__item_version__item__skill__code",
        "scoring_version__item_version__level",
        "scoring_version__item_version__facet",
        "scoring_version__item_version__item__item_type",
        "part__skill__code",
        "discrimination",
        "thresholds",
        "lower_asymptote",
    )
    parts: dict[tuple, list[tuple[str, ItemParameters]]] = defaultdict(list)
    for *item, skill, discrimination, thresholds, asymptote in scorings:
        parameters = ItemParameters(discrimination, tuple(thresholds), asymptote)
        parts[tuple(item)].append((skill, parameters))
    bank: dict[str, list[BankItem]] = defaultdict(list)
    for (_version, skill, level, facet, item_type), found in parts.items():
        bank[skill].append(BankItem(level, facet, item_type, tuple(found)))
    return bank


def next_assessment(
    role: str,
    readiness: Readiness,
    evidence: Mapping[str, SkillEvidence],
    entries: Sequence[AssessmentEntry],
) -> NextAssessment | None:
    """The best of `assessment_advice`, with its reason; `role` is the role's title."""
    advice = assessment_advice(readiness, evidence, entries)
    if not advice:
        return None
    best = advice[0]
    assessments = {entry.assessment.code: entry.assessment for entry in entries}
    return NextAssessment(
        assessments[best.option.code],
        sentences.next_assessment_reason(
            role, counts_afterwards=all(reason.measured_after for reason in best.reasons)
        ),
    )


def assessments_by_skill(candidate: User | None, now: datetime) -> dict[str, list[AssessmentEntry]]:
    """The assessments on offer by the skill they measure."""
    found: dict[str, list[AssessmentEntry]] = defaultdict(list)
    for entry in catalogue(candidate, now):
        found[entry.assessment.skill.code].append(entry)
    return found
