"""Reads for those who look after the item bank."""

from __future__ import annotations

from django.db.models import Count, Prefetch, QuerySet

from assessments.actions.bank import item_content
from assessments.content.schema import ItemContent
from assessments.models import Item, ItemVersion, PartScoring, ScoringVersion


def current_version(item: Item) -> ItemVersion:
    return item.versions.select_related("item", "facet").get(is_current=True)


def version_content(version: ItemVersion) -> ItemContent:
    """A version with its current key, as a content file would hold it."""
    scoring = PartScoring.objects.filter(
        part__item_version=version, scoring_version__is_current=True
    ).first()
    return item_content(version.item, version, scoring.key if scoring else None)


def current_content(item: Item) -> ItemContent:
    return version_content(current_version(item))


def version_history(item: Item) -> QuerySet[ItemVersion]:
    """All versions, the newest first, with their scorings and `attempt_count`: two queries."""
    scorings = ScoringVersion.objects.order_by("-number")
    return (
        item.versions.annotate(attempt_count=Count("uses"))
        .prefetch_related(Prefetch("scorings", scorings))
        .order_by("-number")
    )
