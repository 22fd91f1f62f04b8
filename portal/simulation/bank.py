"""What a simulation takes from the database: items with their parameters, forms, roles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessments.enums import ItemUse, Publication
from assessments.item_types.shape import ItemType, Task
from assessments.models import Assessment, PartScoring, Skill, TestForm
from assessments.psychometrics import ItemParameters
from assessments.psychometrics.scales import CutScores
from assessments.psychometrics.selection import BlueprintRow, PoolItem
from careers.matching.requirements import RoleRequirements
from careers.models import Occupation
from careers.queries.requirements import role_requirements, with_requirements


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item with one scored part, as an attempt would draw and score it."""

    pool_item: PoolItem
    item_type: ItemType
    key: Any
    task: Task
    option_lengths: Mapping[str, int]
    parameters: ItemParameters


@dataclass(frozen=True, slots=True)
class SkillBank:
    """The scored items of a skill and the blueprint of each of its active assessments."""

    skill: str
    cuts: CutScores
    items: tuple[BankItem, ...]
    blueprints: tuple[tuple[BlueprintRow, ...], ...]


@dataclass(frozen=True, slots=True)
class Role:
    """A role's requirements, and the skills that its battery measures."""

    code: str
    requirements: RoleRequirements
    battery: frozenset[str]


def roles(code: str | None = None) -> list[Role]:
    """Every active role, or the one of this code."""
    occupations = (
        Occupation.objects.filter(status=Publication.ACTIVE)
        .select_related("requirements", "battery")
        .prefetch_related(*with_requirements(), "battery__steps__assessment__skill")
    )
    if code is not None:
        occupations = occupations.filter(code=code)
    return [
        Role(
            occupation.code,
            role_requirements(occupation.requirements),
            frozenset(
                step.assessment.skill.code
                for step in (occupation.battery.steps.all() if occupation.battery else ())
            ),
        )
        for occupation in occupations
    ]


def skill_banks() -> dict[str, SkillBank]:
    """By code, the skills that an active assessment measures with scored parts."""
    items: dict[int, list[BankItem]] = defaultdict(list)
    scorings = (
        PartScoring.objects.filter(
            scoring_version__is_current=True,
            scoring_version__item_version__is_current=True,
            scoring_version__item_version__item__use=ItemUse.SCORED,
            scoring_version__item_version__item__status=Publication.ACTIVE,
        )
        .select_related(
            "scoring_version__item_version__item", "scoring_version__item_version__facet"
        )
        .order_by("scoring_version__item_version__item__code")
    )
    for scoring in scorings:
        version = scoring.scoring_version.item_version
        item = version.item
        items[item.skill_id].append(
            BankItem(
                PoolItem(item.code, item.item_type, version.facet.code, version.level),
                version.item_type,
                scoring.key,
                version.task,
                {option["code"]: len(option["text"]) for option in version.options},
                scoring.parameters,
            )
        )
    blueprints = _blueprints()
    return {
        skill.code: SkillBank(skill.code, skill.cuts, tuple(items[skill.pk]), blueprints[skill.pk])
        for skill in Skill.objects.all()
        if skill.pk in blueprints and items[skill.pk]
    }


def _blueprints() -> dict[int, tuple[tuple[BlueprintRow, ...], ...]]:
    """By skill (id); rows that draw a passage to type yield no scored part and are left out."""
    found: dict[int, list[tuple[BlueprintRow, ...]]] = defaultdict(list)
    forms = TestForm.objects.filter(
        is_current=True, assessment__in=Assessment.objects.filter(status=Publication.ACTIVE)
    )
    for form in forms.select_related("assessment").prefetch_related("rows__facet").order_by("pk"):
        rows = tuple(
            BlueprintRow(
                row.count,
                row.level_min,
                row.level_max,
                row.facet.code if row.facet else None,
                row.item_type or None,
            )
            for row in form.rows.all()
            if row.item_type != "typing"
        )
        found[form.assessment.skill_id].append(rows)
    return {skill: tuple(rows) for skill, rows in found.items()}
