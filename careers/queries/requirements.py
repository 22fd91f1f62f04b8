"""Requirement sets in the form that matching compares with a profile."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from careers.matching.facts import DeclaredFact
from careers.matching.requirements import (
    FactRequirement,
    MeasureRequirement,
    RoleRequirements,
    SkillRequirement,
)
from careers.models import RequirementSet
from careers.models import SkillRequirement as StoredSkillRequirement


def with_requirements(prefix: str = "requirements") -> list[str | Prefetch[Any]]:
    """What to prefetch so that `role_requirements` asks nothing more: three queries."""
    return [
        Prefetch(
            f"{prefix}__skill_requirements",
            StoredSkillRequirement.objects.select_related("skill"),
        ),
        f"{prefix}__measure_requirements",
        f"{prefix}__fact_requirements",
    ]


def role_requirements(requirement_set: RequirementSet) -> RoleRequirements:
    """The set as matching reads it. A fact's detail is advice to the reader and binds nobody:
    any language or line of business meets it, and a person judges which one is meant."""
    return RoleRequirements(
        skills=tuple(
            SkillRequirement(row.skill.code, row.level, row.importance, row.essential)
            for row in requirement_set.skill_requirements.all()
        ),
        measures=tuple(
            MeasureRequirement(row.measure, row.device, row.minimum)
            for row in requirement_set.measure_requirements.all()
        ),
        facts=tuple(
            FactRequirement(DeclaredFact(row.fact), row.minimum)
            for row in requirement_set.fact_requirements.all()
        ),
    )
