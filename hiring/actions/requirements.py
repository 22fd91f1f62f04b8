"""Requirement sets of an opening: copied from the role's, then adjusted. Sets never change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from careers.enums import Source
from careers.models import (
    FactRequirement,
    MeasureRequirement,
    RequirementSet,
    SkillRequirement,
)


@dataclass(frozen=True, slots=True)
class AskedSkill:
    level: int
    importance: int
    essential: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What an opening asks for: by skill code, (measure, device) and (fact, detail)."""

    skills: Mapping[str, AskedSkill]
    measures: Mapping[tuple[str, str], Decimal]
    facts: Mapping[tuple[str, str], str]


def asked_by(requirement_set: RequirementSet) -> Asked:
    """The set comes with its requirements prefetched."""
    return Asked(
        skills={
            row.skill.code: AskedSkill(row.level, row.importance, row.essential)
            for row in requirement_set.skill_requirements.all()
        },
        measures={
            (row.measure, row.device): row.minimum
            for row in requirement_set.measure_requirements.all()
        },
        facts={
            (row.fact, row.detail): row.minimum for row in requirement_set.fact_requirements.all()
        },
    )


def audited(asked: Asked) -> dict[str, Any]:
    """Codes and values for the audit."""
    skills = {
        code: f"level {row.level}, importance {row.importance}"
        + (", essential" if row.essential else "")
        for code, row in asked.skills.items()
    }
    measures = {" on ".join(key): f"{value.normalize():f}" for key, value in asked.measures.items()}
    facts = {": ".join(filter(None, key)): value for key, value in asked.facts.items()}
    return skills | measures | facts


def new_set(asked: Asked, patterns: Iterable[RequirementSet]) -> RequirementSet:
    """A set that asks for `asked`, with reasons and sources from the first pattern that has them.

    What differs from its pattern is marked as the employer's judgement. What no pattern knows is
    left out.
    """
    made = RequirementSet.objects.create()
    known_skills: set[str] = set()
    known_others: set[tuple[str, str]] = set()
    for pattern in patterns:
        for row in pattern.skill_requirements.all():
            wanted = asked.skills.get(row.skill.code)
            if wanted and row.skill.code not in known_skills:
                known_skills.add(row.skill.code)
                values: dict[str, Any] = {
                    "level": wanted.level,
                    "importance": wanted.importance,
                    "essential": wanted.essential,
                }
                _copy(row, made, SkillRequirement, values, ("skill_id",))
        for measure in pattern.measure_requirements.all():
            key = (measure.measure, measure.device)
            if key in asked.measures and key not in known_others:
                known_others.add(key)
                values = {"minimum": asked.measures[key]}
                _copy(measure, made, MeasureRequirement, values, ("measure", "device"))
        for fact in pattern.fact_requirements.all():
            key = (fact.fact, fact.detail)
            if key in asked.facts and key not in known_others:
                known_others.add(key)
                values = {"minimum": asked.facts[key]}
                _copy(fact, made, FactRequirement, values, ("fact", "detail"))
    return made


def _copy(
    row: SkillRequirement | MeasureRequirement | FactRequirement,
    made: RequirementSet,
    model: type[SkillRequirement] | type[MeasureRequirement] | type[FactRequirement],
    values: dict[str, Any],
    kept: tuple[str, ...],
) -> None:
    source = {"source": row.source, "source_note": row.source_note, "confidence": row.confidence}
    if any(getattr(row, name) != value for name, value in values.items()):
        source |= {"source": Source.JUDGEMENT, "source_note": "Adjusted by the employer."}
    same = {name: getattr(row, name) for name in (*kept, "reason")}
    model._default_manager.create(requirement_set=made, **same, **values, **source)
