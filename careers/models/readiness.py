"""Stored readiness: recomputed when evidence or requirements change, read by every list."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from careers.enums import Verdict

from .occupation import Occupation
from .requirement import RequirementSet


class ReadinessFields(models.Model):
    """Fit, coverage and verdict, each from 0 to 1, against the requirement set they name.

    `fit` is null while nothing is measured; `lowest` and `highest` bound what it could become.
    """

    fit = models.FloatField(null=True)
    coverage = models.FloatField()
    lowest = models.FloatField()
    highest = models.FloatField()
    verdict = models.CharField(max_length=24, choices=Verdict)
    essentials_met = models.PositiveSmallIntegerField()
    essentials = models.PositiveSmallIntegerField()
    exceptions = models.JSONField(default=list)
    computed_at = models.DateTimeField()

    class Meta:
        abstract = True


class RoleReadiness(ReadinessFields):
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="readiness"
    )
    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="readiness")
    requirement_set = models.ForeignKey(RequirementSet, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "occupation"], name="readiness_once"),
            models.CheckConstraint(
                condition=models.Q(coverage__gte=0, coverage__lte=1, lowest__gte=0, highest__lte=1),
                name="readiness_in_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.occupation_id}: {self.verdict}"
