"""What is known about a candidate, in the form that matching compares with a role."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

from accounts.models import User
from assessments.models import SkillEstimate, SpeedMeasure
from careers.enums import Measure
from careers.matching.facts import DeclaredFact
from careers.matching.profile import FactEvidence, MeasureEvidence, Profile, SkillEvidence
from careers.models import LanguageSkill, WorkExperience
from careers.queries.declared import days_covered

NET_WPM_STANDARD_ERROR = Decimal(4)
"""Words a minute by which one person's net speed differs from one passage to the next: judged."""
DAYS_A_YEAR = Decimal("365.25")


def candidate_profile(candidate: User, now: datetime) -> Profile:
    """Current estimates, valid measures and declared facts: four queries."""
    return Profile(
        skills=skill_evidence(candidate),
        measures=measure_evidence(candidate, now),
        facts=declared_facts(candidate, now.date()),
    )


def skill_evidence(candidate: User) -> dict[str, SkillEvidence]:
    estimates = SkillEstimate.objects.filter(candidate=candidate, is_current=True).select_related(
        "skill"
    )
    return {
        estimate.skill.code: SkillEvidence(
            skill=estimate.skill.code,
            theta=estimate.theta,
            sem=estimate.sem,
            parts=estimate.part_count,
            measured=estimate.measured,
            provisional=estimate.provisional,
            knowledge_only=estimate.knowledge_only,
            cuts=estimate.skill.cuts,
            measured_on=estimate.evidence_at.date(),
        )
        for estimate in estimates
    }


def measure_evidence(candidate: User, now: datetime) -> dict[tuple[str, str], MeasureEvidence]:
    """The newest valid typing test on each device, as net words a minute and as accuracy."""
    newest = (
        SpeedMeasure.objects.filter(candidate=candidate, valid_until__gt=now)
        .order_by("device", "-measured_at")
        .distinct("device")
    )
    evidence = {}
    for speed in newest:
        values = {
            Measure.NET_WPM: (Decimal(str(round(speed.net_wpm, 1))), NET_WPM_STANDARD_ERROR),
            Measure.ACCURACY: (
                Decimal(str(round(100 * speed.accuracy, 1))),
                accuracy_standard_error(speed),
            ),
        }
        for measure, (value, standard_error) in values.items():
            evidence[str(measure), speed.device] = MeasureEvidence(
                measure=str(measure),
                device=speed.device,
                value=value,
                standard_error=standard_error,
                measured_on=speed.measured_at.date(),
            )
    return evidence


def accuracy_standard_error(speed: SpeedMeasure) -> Decimal:
    """Standard error of a share of right characters, in percent (binomial).

    One right and one wrong character are added, so that a faultless passage isn't taken for
    certainty (Agresti & Coull 1998).
    """
    count = speed.character_count + 2
    share = (speed.accuracy * speed.character_count + 1) / count
    return Decimal(str(round(100 * (share * (1 - share) / count) ** 0.5, 2)))


def declared_facts(candidate: User, today: date) -> dict[tuple[DeclaredFact, str], FactEvidence]:
    """Languages with their level, and years of work by line of business, as declared."""
    facts = {}
    for skill in LanguageSkill.objects.filter(candidate=candidate):
        facts[DeclaredFact.CEFR, skill.language] = FactEvidence(
            fact=DeclaredFact.CEFR, value=skill.cefr, detail=skill.language, confirmed=False
        )
    periods: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for work in WorkExperience.objects.filter(candidate=candidate):
        for detail in (work.family, ""):
            last = work.ended_on or today
            periods[detail].append((work.started_on.toordinal(), last.toordinal()))
    for detail, worked in periods.items():
        total = days_covered(worked) / DAYS_A_YEAR
        facts[DeclaredFact.YEARS_EXPERIENCE, detail] = FactEvidence(
            fact=DeclaredFact.YEARS_EXPERIENCE,
            value=str(round(total, 1)),
            detail=detail,
            confirmed=False,
        )
    return facts
