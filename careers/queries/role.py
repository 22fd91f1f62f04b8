"""One role's page, with or without a candidate's standing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from accounts.models import User
from assessments.enums import Publication
from careers import sentences
from careers.actions.readiness import exception_codes
from careers.matching.fit import Readiness, Verdict, readiness
from careers.matching.gaps import skill_gaps, unmeasured_skills
from careers.models import Occupation
from careers.queries.fit_picture import FitPicture, fit_picture
from careers.queries.learning_path import Plan, PlannedCourse, course_plan
from careers.queries.next_assessment import (
    NextAssessment,
    assessments_by_skill,
    next_assessment,
)
from careers.queries.profile import candidate_profile
from careers.queries.requirements import role_requirements, with_requirements
from careers.queries.standings import RequirementRows, SkillAdvice, requirement_rows
from careers.thresholds import verdict_thresholds


@dataclass(frozen=True, slots=True)
class RoleStanding:
    """How the candidate stands for the role, why, and what to do."""

    readiness: Readiness
    verdict_words: str
    reasons: list[str]
    advice: dict[str, SkillAdvice]
    """By skill code, for the skills that aren't met."""
    plan: Plan
    next_assessment: NextAssessment | None

    @property
    def picture(self) -> FitPicture:
        return fit_picture(self.readiness)

    @property
    def coverage(self) -> float:
        return float(self.readiness.coverage)

    @property
    def courses(self) -> list[PlannedCourse]:
        return self.plan.courses

    @property
    def is_empty(self) -> bool:
        """Whether nothing that the role asks for is measured yet."""
        return self.readiness.fit is None


@dataclass(frozen=True, slots=True)
class RolePage:
    occupation: Occupation
    rows: RequirementRows
    standing: RoleStanding | None

    @property
    def next_roles(self) -> list[Occupation]:
        return list(self.occupation.next_roles.all())


def role_page(code: str, candidate: User | None, now: datetime) -> RolePage:
    """Raises Occupation.DoesNotExist for a role that isn't on offer."""
    active = Occupation.objects.filter(status=Publication.ACTIVE)
    occupation = (
        active.select_related("requirements", "battery")
        .prefetch_related(*with_requirements(), Prefetch("next_roles", active))
        .get(code=code)
    )
    if candidate is None:
        return RolePage(occupation, requirement_rows(occupation.requirements), None)
    standing = role_standing(occupation, candidate, now)
    rows = requirement_rows(occupation.requirements, standing.readiness, standing.advice)
    return RolePage(occupation, rows, standing)


def role_standing(occupation: Occupation, candidate: User, now: datetime) -> RoleStanding:
    """`occupation` comes with its requirements prefetched."""
    thresholds = verdict_thresholds()
    profile = candidate_profile(candidate, now)
    found = readiness(role_requirements(occupation.requirements), profile, thresholds)
    names = {
        row.skill.code: row.skill.name for row in occupation.requirements.skill_requirements.all()
    }
    by_skill = assessments_by_skill(candidate, now)
    gaps = skill_gaps(found)
    advice = {
        row.requirement.skill: SkillAdvice(
            row.advice, next(iter(by_skill.get(row.requirement.skill, [])), None)
        )
        for row in (*gaps, *unmeasured_skills(found))
    }
    reasons = sentences.verdict_reasons(found, names, thresholds)
    exceptions = [exception_codes(row) for row in found.exceptions]
    if exceptions and found.verdict is not Verdict.READY:
        reasons.append(sentences.exception_sentence(str(found.verdict), exceptions))
    return RoleStanding(
        readiness=found,
        verdict_words=sentences.verdict_words(str(found.verdict), exceptions),
        reasons=reasons,
        advice=advice,
        plan=course_plan(candidate, gaps, profile.skills, names),
        next_assessment=next_assessment(
            occupation.title,
            found,
            profile.skills,
            [entry for entries in by_skill.values() for entry in entries],
        ),
    )
