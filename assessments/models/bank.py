"""The item bank: what is asked, frozen once shown, and how it is scored, replaceable."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import ItemUse, ParameterOrigin, Publication
from assessments.item_types.registry import ITEM_TYPES
from assessments.item_types.shape import ItemType, Task
from assessments.psychometrics.types import ItemParameters

from .skill import Facet, Skill, level_in_range


class Item(models.Model):
    """A lineage of versions under one stable code."""

    code = models.SlugField(max_length=60, unique=True)
    item_type = models.CharField(
        _("type"), max_length=30, choices=[(code, code) for code in ITEM_TYPES]
    )
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="items")
    use = models.CharField(_("use"), max_length=10, choices=ItemUse, default=ItemUse.SCORED)
    status = models.CharField(
        _("status"), max_length=10, choices=Publication, default=Publication.ACTIVE
    )
    exposure_count = models.PositiveIntegerField(
        default=0, editable=False, help_text="Times drawn, counted by a periodic job."
    )

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["skill", "use", "status"], name="item_pool")]

    def __str__(self) -> str:
        return self.code


class ItemVersion(models.Model):
    """What a candidate is shown. PostgreSQL refuses to change it once it is frozen."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    frozen_at = models.DateTimeField(null=True, editable=False)
    facet = models.ForeignKey(Facet, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"))
    judged_discrimination = models.FloatField(
        _("judged discrimination"),
        default=1.0,
        help_text=_("How purely the item shows its skill, as for a right or wrong answer."),
    )
    expected_seconds = models.PositiveSmallIntegerField(_("expected seconds"))
    stem = models.TextField(_("stem"), help_text=_("Markdown"))
    exhibit = models.JSONField(_("exhibit"), null=True, blank=True)
    image = models.FileField(_("image"), upload_to="items/", blank=True)
    image_text = models.TextField(_("image in words"), blank=True)
    options = models.JSONField(_("options"), default=list, blank=True)
    settings = models.JSONField(_("settings of the type"), default=dict, blank=True)
    rationales = models.JSONField(_("rationales"), default=dict, blank=True)
    explanation = models.TextField(_("explanation"))
    reading = models.JSONField(_("second reading"), null=True, blank=True)

    class Meta:
        ordering = ["item", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number_once"),
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(is_current=True),
                name="item_version_current_once",
            ),
            models.CheckConstraint(condition=level_in_range("level"), name="item_level_in_range"),
            models.CheckConstraint(
                condition=models.Q(expected_seconds__gt=0), name="item_seconds_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} version {self.number}"

    @property
    def item_type(self) -> ItemType:
        return ITEM_TYPES[self.item.item_type]

    @cached_property
    def task(self) -> Task:
        return Task(tuple(option["code"] for option in self.options), self.settings)


class ScoredPart(models.Model):
    """What one response shows: one skill, in steps from 0 to `maximum`."""

    item_version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="parts")
    code = models.SlugField(max_length=30, default="main")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    facet = models.ForeignKey(Facet, models.PROTECT, related_name="+")
    maximum = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item_version", "code"], name="scored_part_code_once"),
            models.CheckConstraint(
                condition=models.Q(maximum__gte=1, maximum__lte=4), name="scored_part_maximum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_version_id}/{self.code}"


class ScoringVersion(models.Model):
    """Key and parameters of every part of one item version; a newer one replaces an older."""

    item_version = models.ForeignKey(ItemVersion, models.CASCADE, related_name="scorings")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    origin = models.CharField(max_length=12, choices=ParameterOrigin)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item_version", "number"], name="scoring_version_number_once"
            ),
            models.UniqueConstraint(
                fields=["item_version"],
                condition=models.Q(is_current=True),
                name="scoring_version_current_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_version_id} scoring {self.number}"


class PartScoring(models.Model):
    """Key and parameters of one part within one scoring version."""

    scoring_version = models.ForeignKey(ScoringVersion, models.CASCADE, related_name="parts")
    part = models.ForeignKey(ScoredPart, models.CASCADE, related_name="scorings")
    key: Any = models.JSONField()
    discrimination = models.FloatField()
    thresholds = ArrayField(models.FloatField())
    lower_asymptote = models.FloatField(default=0.0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scoring_version", "part"], name="part_scoring_once"),
            models.CheckConstraint(
                condition=models.Q(discrimination__gt=0), name="part_scoring_discrimination"
            ),
            models.CheckConstraint(
                condition=models.Q(lower_asymptote__gte=0, lower_asymptote__lt=1),
                name="part_scoring_asymptote",
            ),
            models.CheckConstraint(
                condition=models.Q(thresholds__len=1)
                | models.Q(thresholds__len__gt=1, lower_asymptote=0),
                name="part_scoring_asymptote_only_with_one_threshold",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scoring_version_id}/{self.part_id}"

    @property
    def parameters(self) -> ItemParameters:
        return ItemParameters(self.discrimination, tuple(self.thresholds), self.lower_asymptote)
