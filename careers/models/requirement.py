"""What a role asks for: skills at a level, measures in their own unit, declared facts.

A requirement set never changes once readiness was computed against it: an edit makes a new set.
Occupations and requisitions each point at the set that is theirs now.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import Device
from assessments.models import Skill
from assessments.models.skill import level_in_range
from careers.enums import Confidence, Fact, Measure, Source


class RequirementSet(models.Model):
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"requirements {self.pk}"


class Requirement(models.Model):
    """What every kind of requirement says of itself."""

    reason = models.TextField(_("reason, as a candidate reads it"))
    source = models.CharField(_("source"), max_length=12, choices=Source)
    source_note = models.TextField(_("note on the source"), blank=True)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence)

    class Meta:
        abstract = True


class SkillRequirement(Requirement):
    requirement_set = models.ForeignKey(
        RequirementSet, models.CASCADE, related_name="skill_requirements"
    )
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(_("level"))
    importance = models.PositiveSmallIntegerField(_("importance"))
    essential = models.BooleanField(_("essential"), default=False)

    class Meta:
        ordering = ["requirement_set", "-essential", "-importance", "skill__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement_set", "skill"], name="skill_requirement_once"
            ),
            models.CheckConstraint(
                condition=level_in_range("level"), name="skill_requirement_level"
            ),
            models.CheckConstraint(
                condition=models.Q(importance__gte=1, importance__lte=5),
                name="skill_requirement_importance",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill_id} at level {self.level}"


class MeasureRequirement(Requirement):
    requirement_set = models.ForeignKey(
        RequirementSet, models.CASCADE, related_name="measure_requirements"
    )
    measure = models.CharField(_("measure"), max_length=24, choices=Measure)
    device = models.CharField(_("device"), max_length=10, choices=Device)
    minimum = models.DecimalField(_("minimum"), max_digits=9, decimal_places=2)

    class Meta:
        ordering = ["requirement_set", "measure"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement_set", "measure", "device"], name="measure_requirement_once"
            ),
            models.CheckConstraint(
                condition=models.Q(minimum__gt=0), name="measure_requirement_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} at least {self.minimum} on a {self.device}"


class FactRequirement(Requirement):
    requirement_set = models.ForeignKey(
        RequirementSet, models.CASCADE, related_name="fact_requirements"
    )
    fact = models.CharField(_("fact"), max_length=20, choices=Fact)
    minimum = models.CharField(_("minimum"), max_length=10)
    detail = models.CharField(_("of what"), max_length=150, blank=True)

    class Meta:
        ordering = ["requirement_set", "fact"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement_set", "fact", "detail"], name="fact_requirement_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fact} at least {self.minimum}"
