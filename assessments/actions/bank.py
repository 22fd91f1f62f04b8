"""Changing the item bank: what was shown is never altered, a changed item gets a new version."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from assessments.content.schema import ExhibitContent, ItemContent, OptionContent, SlipContent
from assessments.enums import ParameterOrigin
from assessments.errors import ItemKeepsItsKind
from assessments.item_types.registry import ITEM_TYPES
from assessments.models import (
    Facet,
    Item,
    ItemVersion,
    PartScoring,
    ScoredPart,
    ScoringVersion,
    Skill,
)
from assessments.psychometrics import ItemParameters
from assessments.psychometrics.judged import judged_parameters


@transaction.atomic
def save_item(*, content: ItemContent, skill: Skill) -> Item:
    """Create or change the item `content.code` so that it reads as `content`.

    A version that candidates have seen stays as it is and a new one takes its place. Keys and
    judged parameters that change get a new scoring version; calibrated parameters stay.
    Raises Facet.DoesNotExist for a facet that the skill doesn't have, and ItemKeepsItsKind for
    another type or skill of an item that candidates have seen; an unseen one starts over.
    """
    facet = Facet.objects.get(skill=skill, code=content.facet)
    item, created = Item.objects.select_for_update().get_or_create(
        code=content.code,
        defaults={"item_type": content.type, "skill": skill, "use": content.use},
    )
    if not created:
        _change_kind(item, content, skill)
    shown = _shown(content, facet)
    judged = _judged(content)
    version = None if created else item.versions.filter(is_current=True).first()
    if version is not None and version.frozen_at and not _equals(version, shown):
        ItemVersion.objects.filter(pk=version.pk).update(is_current=False)
        number = version.number + 1
        version = ItemVersion.objects.create(item=item, number=number, **shown, **judged)
    elif version is None:
        version = ItemVersion.objects.create(item=item, number=1, **shown, **judged)
    else:
        columns = judged if version.frozen_at else shown | judged
        ItemVersion.objects.filter(pk=version.pk).update(**columns)
    _save_scoring(version, content, skill, facet)
    return item


def _change_kind(item: Item, content: ItemContent, skill: Skill) -> None:
    """Give an existing item the type, skill and use of `content`."""
    changed = {
        field
        for field, old, new in (
            ("type", item.item_type, content.type),
            ("skill", item.skill_id, skill.pk),
            ("use", item.use, content.use),
        )
        if old != new
    }
    if not changed:
        return
    if changed & {"type", "skill"}:
        if item.versions.exclude(frozen_at=None).exists():
            raise ItemKeepsItsKind("type" if "type" in changed else "skill")
        item.versions.all().delete()
    item.item_type, item.skill, item.use = content.type, skill, content.use
    item.save(update_fields=["item_type", "skill", "use"])


def _shown(content: ItemContent, facet: Facet) -> dict[str, Any]:
    """What a candidate is shown, before or after: frozen with the version."""
    rationales: dict[str, Any] = {option.code: option.rationale for option in content.options}
    if content.slips:
        rationales["slips"] = [slip.model_dump() for slip in content.slips]
    return {
        "facet": facet,
        "stem": content.stem,
        "exhibit": content.exhibit.model_dump() if content.exhibit else None,
        "image": content.image or "",
        "image_text": content.image_text or "",
        "options": [{"code": option.code, "text": option.text} for option in content.options],
        "settings": content.settings,
        "rationales": rationales,
        "explanation": content.explanation,
    }


def _judged(content: ItemContent) -> dict[str, Any]:
    """What its authors and readers think of the item; it may change at any time."""
    return {
        "level": content.level,
        "judged_discrimination": content.discrimination,
        "expected_seconds": content.seconds,
        "reading": content.reading.model_dump() if content.reading else None,
    }


def _equals(version: ItemVersion, shown: dict[str, Any]) -> bool:
    return all(getattr(version, field) == value for field, value in shown.items())


def content_parameters(content: ItemContent) -> ItemParameters | None:
    """Judged parameters of the item's part; None for a type that yields no scored part."""
    item_type = ITEM_TYPES[content.type]
    key = item_type.read_key(content.key, content.task)
    maximum = item_type.maximum(key)
    if maximum == 0:
        return None
    chance = item_type.chance(key, content.task)
    return judged_parameters(content.level, content.discrimination, maximum, chance)


def _save_scoring(version: ItemVersion, content: ItemContent, skill: Skill, facet: Facet) -> None:
    parameters = content_parameters(content)
    if parameters is None:
        return
    key = ITEM_TYPES[content.type].read_key(content.key, content.task)
    part, _ = ScoredPart.objects.update_or_create(
        item_version=version,
        code="main",
        defaults={"skill": skill, "facet": facet, "maximum": len(parameters.thresholds)},
    )
    current = (
        PartScoring.objects.filter(part=part, scoring_version__is_current=True)
        .select_related("scoring_version")
        .first()
    )
    origin = ParameterOrigin.JUDGED
    if current is not None:
        if _stays_calibrated(current, parameters):
            parameters, origin = current.parameters, ParameterOrigin.CALIBRATED
        if current.key == key and current.parameters == parameters:
            return
        ScoringVersion.objects.filter(pk=current.scoring_version_id).update(is_current=False)
    scoring_version = ScoringVersion.objects.create(
        item_version=version,
        number=current.scoring_version.number + 1 if current else 1,
        origin=origin,
    )
    PartScoring.objects.create(
        scoring_version=scoring_version,
        part=part,
        key=key,
        discrimination=parameters.discrimination,
        thresholds=list(parameters.thresholds),
        lower_asymptote=parameters.lower_asymptote,
    )


def _stays_calibrated(current: PartScoring, judged: ItemParameters) -> bool:
    """Calibrated parameters outlive a judgement, but not a change of the part's maximum."""
    return current.scoring_version.origin == ParameterOrigin.CALIBRATED and len(
        current.thresholds
    ) == len(judged.thresholds)


def item_content(item: Item, version: ItemVersion, key: Any) -> ItemContent:
    """The item as a content file would hold it."""
    rationales = version.rationales
    return ItemContent(
        code=item.code,
        type=item.item_type,
        use=item.use,
        facet=version.facet.code,
        level=version.level,
        discrimination=version.judged_discrimination,
        seconds=version.expected_seconds,
        stem=version.stem,
        exhibit=ExhibitContent(**version.exhibit) if version.exhibit else None,
        image=version.image.name or None,
        image_text=version.image_text or None,
        options=[
            OptionContent(rationale=rationales[option["code"]], **option)
            for option in version.options
        ],
        key=key,
        slips=[SlipContent(**slip) for slip in rationales.get("slips", [])],
        explanation=version.explanation,
        reading=version.reading,
        **version.settings,
    )
