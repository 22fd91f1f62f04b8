"""Assessments, the blueprint of their test forms, and batteries of them."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import Device, Publication
from assessments.item_types.registry import ITEM_TYPES

from .skill import Facet, Skill, level_in_range


class Assessment(models.Model):
    """What a candidate chooses to take."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="assessments")
    summary = models.TextField(_("summary"))
    instructions = models.TextField(_("instructions"), help_text=_("Markdown"))
    time_limit_seconds = models.PositiveIntegerField(
        _("time limit in seconds"), null=True, blank=True, validators=[MinValueValidator(60)]
    )
    stated_minutes = models.PositiveSmallIntegerField(_("stated minutes"))
    stated_kilobytes = models.PositiveIntegerField(_("stated kilobytes"))
    device = models.CharField(
        _("device needed"), max_length=10, choices=Device, blank=True, help_text=_("Empty: any.")
    )
    cool_down_days = models.PositiveSmallIntegerField(_("cool-down in days"), default=14)
    validity_days = models.PositiveSmallIntegerField(_("validity in days"), default=365)
    knowledge_only = models.BooleanField(
        _("knowledge only"),
        default=False,
        help_text=_("It asks about the skill and holds no sample of the work itself."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Publication, default=Publication.ACTIVE
    )

    class Meta:
        ordering = ["skill__position", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(time_limit_seconds=None) | models.Q(time_limit_seconds__gte=60),
                name="assessment_time_limit",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TestForm(models.Model):
    """A blueprint under a number: which kinds of items are drawn, and how many of each."""

    __test__ = False  # not a test class, whatever pytest reads into its name

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="test_forms")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="test_form_number_once"),
            models.UniqueConstraint(
                fields=["assessment"],
                condition=models.Q(is_current=True),
                name="test_form_current_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} form {self.number}"


class BlueprintRow(models.Model):
    """'So many items, between these levels', of any facet and type or of one."""

    test_form = models.ForeignKey(TestForm, models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField(_("number of items"))
    level_min = models.PositiveSmallIntegerField(_("from level"), default=1)
    level_max = models.PositiveSmallIntegerField(_("to level"), default=5)
    facet = models.ForeignKey(Facet, models.PROTECT, null=True, blank=True, related_name="+")
    item_type = models.CharField(
        _("type"), max_length=30, blank=True, choices=[(code, code) for code in ITEM_TYPES]
    )

    class Meta:
        ordering = ["test_form", "position"]
        constraints = [
            models.UniqueConstraint(fields=["test_form", "position"], name="blueprint_row_once"),
            models.CheckConstraint(
                condition=level_in_range("level_min")
                & level_in_range("level_max")
                & models.Q(level_min__lte=models.F("level_max")),
                name="blueprint_row_levels",
            ),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="blueprint_row_count"),
        ]

    def __str__(self) -> str:
        return f"{self.count} from level {self.level_min} to {self.level_max}"


class Battery(models.Model):
    """The assessments that decide a role, in order; they may be taken in several sittings."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    summary = models.TextField(_("summary"))
    status = models.CharField(
        _("status"), max_length=10, choices=Publication, default=Publication.ACTIVE
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "batteries"

    def __str__(self) -> str:
        return self.name


class BatteryStep(models.Model):
    battery = models.ForeignKey(Battery, models.CASCADE, related_name="steps")
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="battery_steps")
    position = models.PositiveSmallIntegerField()
    break_minutes = models.PositiveSmallIntegerField(_("break after it, in minutes"), default=0)

    class Meta:
        ordering = ["battery", "position"]
        constraints = [
            models.UniqueConstraint(fields=["battery", "position"], name="battery_position_once"),
            models.UniqueConstraint(
                fields=["battery", "assessment"], name="battery_assessment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.battery_id} step {self.position}"
