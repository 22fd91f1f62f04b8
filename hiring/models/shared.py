"""What a candidate shared with an application: exactly what its requisition asks for.

PostgreSQL refuses such rows for an application that was withdrawn.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from assessments.models import Skill
from assessments.models.skill import level_in_range
from careers.enums import Fact

from .application import Application


class SharedSkill(models.Model):
    """One skill estimate as it stood when the candidate shared it with this application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="shared_skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    theta = models.FloatField()
    sem = models.FloatField()
    level = models.PositiveSmallIntegerField()
    part_count = models.PositiveSmallIntegerField()
    measured = models.BooleanField()
    provisional = models.BooleanField()
    knowledge_only = models.BooleanField()
    evidence_at = models.DateTimeField()
    scoring_versions = ArrayField(
        models.BigIntegerField(), default=list, help_text="Of the scores behind the estimate."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "skill"], name="shared_skill_once"),
            models.CheckConstraint(
                condition=models.Q(sem__gt=0) & level_in_range("level"),
                name="shared_skill_in_range",
            ),
        ]
        indexes = [
            models.Index(fields=["skill", "level", "application"], name="shared_skill_level"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.skill_id}"


class SharedMeasure(models.Model):
    """One measure as it stood when the candidate shared it with this application."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="shared_measures")
    measure = models.CharField(max_length=24)
    device = models.CharField(max_length=10)
    value = models.FloatField()
    standard_error = models.FloatField()
    measured_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "measure", "device"], name="shared_measure_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.measure}"


class SharedFact(models.Model):
    """One fact as the candidate had declared it; never a score."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="shared_facts")
    fact = models.CharField(max_length=20, choices=Fact)
    value = models.CharField(max_length=10)
    detail = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["application", "fact", "detail"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "fact", "detail"], name="shared_fact_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.fact}"
