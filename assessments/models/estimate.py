"""Skill estimates and the evidence that each rests on."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from .attempt import PartScore
from .skill import Skill, level_in_range


class SkillEstimate(models.Model):
    """What is known of one skill of one candidate; the newest is current, older ones stay.

    `measured` means enough evidence for a level (8 scored parts and SEM up to 0.7); less is a
    first indication, which counts in no fit, coverage or verdict.
    """

    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="skill_estimates"
    )
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="estimates")
    is_current = models.BooleanField(default=True)
    theta = models.FloatField()
    sem = models.FloatField()
    level = models.PositiveSmallIntegerField()
    part_count = models.PositiveSmallIntegerField()
    measured = models.BooleanField()
    provisional = models.BooleanField(help_text="Rests on judged parameters.")
    knowledge_only = models.BooleanField(help_text="Rests on questions about the work alone.")
    evidence_at = models.DateTimeField(help_text="When the newest evidence was given.")
    valid_until = models.DateTimeField(help_text="When the first of the evidence expires.")
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "skill"],
                condition=models.Q(is_current=True),
                name="skill_estimate_current_once",
            ),
            models.CheckConstraint(
                condition=models.Q(sem__gt=0) & level_in_range("level"),
                name="skill_estimate_in_range",
            ),
        ]
        indexes = [
            models.Index(
                fields=["valid_until"],
                condition=models.Q(is_current=True),
                name="skill_estimate_expiry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} {self.skill_id}: {self.theta:.2f} ± {self.sem:.2f}"


class EstimateEvidence(models.Model):
    """One score that an estimate rests on."""

    estimate = models.ForeignKey(SkillEstimate, models.CASCADE, related_name="evidence")
    part_score = models.ForeignKey(PartScore, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["estimate", "part_score"], name="estimate_evidence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.estimate_id} rests on {self.part_score_id}"
