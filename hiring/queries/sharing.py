"""What an application shares, or would share: exactly what its requisition asks for."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from django.db.models import Prefetch

from accounts.models import User
from assessments.models import EstimateEvidence, SkillEstimate
from careers.matching.facts import DeclaredFact
from careers.matching.fit import Readiness, readiness
from careers.matching.profile import FactEvidence, MeasureEvidence, Profile, SkillEvidence
from careers.models import RequirementSet
from careers.queries.profile import declared_facts, measure_evidence
from careers.queries.requirements import role_requirements
from careers.thresholds import verdict_thresholds
from hiring.models import Application, Requisition, SharedFact, SharedMeasure, SharedSkill


@dataclass(frozen=True, slots=True)
class Shared:
    """Rows as an application holds them; those of `shareable` aren't stored."""

    skills: Sequence[SharedSkill]
    measures: Sequence[SharedMeasure]
    facts: Sequence[SharedFact]

    @property
    def profile(self) -> Profile:
        """The rows as matching reads them."""
        return Profile(
            skills={row.skill.code: _skill_evidence(row) for row in self.skills},
            measures={(row.measure, row.device): _measure_evidence(row) for row in self.measures},
            facts={(DeclaredFact(row.fact), row.detail): _fact_evidence(row) for row in self.facts},
        )

    @property
    def signature(self) -> str:
        """Equal exactly when the same is shared. Years count in whole ones: they pass daily."""
        rows = sorted(
            [
                *(
                    ("skill", row.skill_id, row.theta, row.sem, row.part_count)
                    for row in self.skills
                ),
                *(
                    ("measure", row.measure, row.device, row.value, row.measured_at.date())
                    for row in self.measures
                ),
                *(("fact", row.fact, row.detail, row.value.split(".")[0]) for row in self.facts),
            ],
            key=repr,
        )
        return hashlib.sha256(repr(rows).encode()).hexdigest()


def with_shared() -> list[str | Prefetch[SharedSkill]]:
    """What to prefetch on applications so that `shared` asks nothing more: three queries."""
    skills = SharedSkill.objects.select_related("skill").order_by("skill__position")
    return [Prefetch("shared_skills", skills), "shared_measures", "shared_facts"]


def shared(application: Application) -> Shared:
    return Shared(
        skills=application.shared_skills.all(),
        measures=application.shared_measures.all(),
        facts=application.shared_facts.all(),
    )


def shareable(candidate: User, requisition: Requisition, now: datetime) -> Shared:
    """What the candidate's results come to now, kept to what the requisition asks for.

    Years of work are shared as their total and for the role's own line of business. Five queries;
    the requirements are prefetched by `with_requirements`.
    """
    asked = requisition.requirements
    measures = {(row.measure, row.device) for row in asked.measure_requirements.all()}
    facts = {row.fact for row in asked.fact_requirements.all()}
    families = {"", requisition.occupation.family}
    return Shared(
        skills=_shareable_skills(candidate, asked),
        measures=[
            SharedMeasure(
                measure=evidence.measure,
                device=evidence.device,
                value=float(evidence.value),
                standard_error=float(evidence.standard_error),
                measured_at=_noon(evidence.measured_on),
            )
            for key, evidence in measure_evidence(candidate, now).items()
            if key in measures
        ],
        facts=[
            SharedFact(fact=str(evidence.fact), value=evidence.value, detail=evidence.detail)
            for evidence in declared_facts(candidate, now.date()).values()
            if evidence.fact in facts
            and (evidence.fact != DeclaredFact.YEARS_EXPERIENCE or evidence.detail in families)
        ],
    )


def application_readiness(asked: RequirementSet, found: Shared) -> Readiness:
    """`asked` comes with its requirements prefetched."""
    return readiness(role_requirements(asked), found.profile, verdict_thresholds())


def signature_of(requisition: Requisition, found: Shared) -> str:
    """What a candidate agrees to: these results, for these requirements."""
    return f"{requisition.requirements_id}:{found.signature}"


def _shareable_skills(candidate: User, asked: RequirementSet) -> list[SharedSkill]:
    skills = [row.skill_id for row in asked.skill_requirements.all()]
    estimates = list(
        SkillEstimate.objects.filter(candidate=candidate, is_current=True, skill__in=skills)
        .select_related("skill")
        .order_by("skill__position")
    )
    scorings: dict[int, list[int]] = defaultdict(list)
    for estimate_id, scoring_id in (
        EstimateEvidence.objects.filter(estimate__in=estimates)
        .values_list("estimate_id", "part_score__scoring_version_id")
        .distinct()
        .order_by("part_score__scoring_version_id")
    ):
        scorings[estimate_id].append(scoring_id)
    return [
        SharedSkill(
            skill=estimate.skill,
            theta=estimate.theta,
            sem=estimate.sem,
            level=estimate.level,
            part_count=estimate.part_count,
            measured=estimate.measured,
            provisional=estimate.provisional,
            knowledge_only=estimate.knowledge_only,
            evidence_at=estimate.evidence_at,
            scoring_versions=scorings[estimate.pk],
        )
        for estimate in estimates
    ]


def _noon(day: date) -> datetime:
    """A moment that is that day in (nearly) every reader's time zone."""
    return datetime.combine(day, time(12), UTC)


def _skill_evidence(row: SharedSkill) -> SkillEvidence:
    return SkillEvidence(
        skill=row.skill.code,
        theta=row.theta,
        sem=row.sem,
        parts=row.part_count,
        measured=row.measured,
        provisional=row.provisional,
        knowledge_only=row.knowledge_only,
        cuts=row.skill.cuts,
        measured_on=row.evidence_at.date(),
    )


def _measure_evidence(row: SharedMeasure) -> MeasureEvidence:
    return MeasureEvidence(
        measure=row.measure,
        device=row.device,
        value=Decimal(str(row.value)),
        standard_error=Decimal(str(row.standard_error)),
        measured_on=row.measured_at.date(),
    )


def _fact_evidence(row: SharedFact) -> FactEvidence:
    return FactEvidence(
        fact=DeclaredFact(row.fact), value=row.value, detail=row.detail, confirmed=False
    )
