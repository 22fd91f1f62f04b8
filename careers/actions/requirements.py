"""A role's requirements change by a new set; the old one stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import transaction

from accounts.models import User
from careers.models import (
    FactRequirement,
    MeasureRequirement,
    Occupation,
    RequirementSet,
    SkillRequirement,
)
from careers.tasks import refresh_role_readiness
from core import audit

Row = TypeVar("Row", SkillRequirement, MeasureRequirement, FactRequirement)


@transaction.atomic
def replace_requirements(
    *,
    actor: User,
    occupation: Occupation,
    skills: Sequence[SkillRequirement],
    measures: Sequence[MeasureRequirement],
    facts: Sequence[FactRequirement],
) -> RequirementSet:
    """Give the role a new set with copies of these rows, and enqueue everybody's readiness.

    The rows themselves aren't written, so they may be changed ones of the old set.
    """
    locked = Occupation.objects.select_for_update().get(pk=occupation.pk)
    before = _described(locked.requirements)
    created = RequirementSet.objects.create()
    for model, rows in (
        (SkillRequirement, skills),
        (MeasureRequirement, measures),
        (FactRequirement, facts),
    ):
        model.objects.bulk_create(_copy(row, created) for row in rows)
    replaced, locked.requirements = locked.requirements_id, created
    locked.save(update_fields=["requirements"])
    changes = audit.differences(
        {"requirement_set": replaced, **before},
        {"requirement_set": created.pk, **_described(created)},
    )
    audit.record(
        actor=actor, action="requirements replaced", subject=occupation, changes=changes
    )
    refresh_role_readiness.defer(occupation_id=occupation.pk)
    return created


def _copy(row: Row, requirement_set: RequirementSet) -> Row:
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name != "requirement_set"
    }
    return type(row)(requirement_set=requirement_set, **values)


def _described(requirement_set: RequirementSet) -> dict[str, list[dict[str, Any]]]:
    """Everything that the set asks for, as the audit holds it."""
    kinds = {
        "skills": requirement_set.skill_requirements.all(),
        "measures": requirement_set.measure_requirements.all(),
        "facts": requirement_set.fact_requirements.all(),
    }
    return {name: [_values(row) for row in rows] for name, rows in kinds.items()}


def _values(row: SkillRequirement | MeasureRequirement | FactRequirement) -> dict[str, Any]:
    return {
        field.attname: str(getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name != "requirement_set"
    }
