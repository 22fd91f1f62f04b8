"""Openings, who applied to them, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Employer
from assessments.models import Skill
from assessments.models.skill import level_in_range
from careers.models import Occupation, ReadinessFields, RequirementSet
from hiring.enums import RequisitionState, Stage


class Requisition(models.Model):
    """An employer's opening for a role, with requirements of its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employer = models.ForeignKey(Employer, models.CASCADE, related_name="requisitions")
    occupation = models.ForeignKey(Occupation, models.PROTECT, related_name="requisitions")
    requirements = models.OneToOneField(RequirementSet, models.PROTECT, related_name="requisition")
    title = models.CharField(_("title"), max_length=150)
    location = models.CharField(_("location"), max_length=150)
    description = models.TextField(_("description"), help_text=_("Markdown"))
    seats = models.PositiveSmallIntegerField(_("seats"), default=1)
    state = models.CharField(
        max_length=10, choices=RequisitionState, default=RequisitionState.DRAFT
    )
    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=RequisitionState.DRAFT)
                | models.Q(opened_at__isnull=False),
                name="requisition_open_has_time",
            ),
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="requisition_seats"),
        ]
        indexes = [models.Index(fields=["state", "-opened_at"], name="requisition_open")]

    def __str__(self) -> str:
        return self.title


class Application(ReadinessFields):
    """A candidate's application, with the readiness that the candidate agreed to share."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requisition = models.ForeignKey(Requisition, models.CASCADE, related_name="applications")
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications"
    )
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.APPLIED)
    candidate_name = models.CharField(max_length=150)
    statement = models.TextField(_("statement"), blank=True, max_length=2000)
    applied_at = models.DateTimeField()
    shared_at = models.DateTimeField(help_text="When the candidate last agreed to share results.")
    fit_rank = models.FloatField(
        help_text="Fit for sorting: -1 while nothing is measured.", editable=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["requisition", "candidate"], name="application_once"
            ),
        ]
        indexes = [
            models.Index(fields=["requisition", "-fit_rank", "id"], name="applicants_by_fit"),
            models.Index(
                fields=["requisition", "stage", "-fit_rank", "id"], name="applicants_by_stage"
            ),
            models.Index(
                fields=["requisition", "verdict", "-fit_rank", "id"], name="applicants_by_verdict"
            ),
            models.Index(fields=["requisition", "-applied_at", "id"], name="applicants_by_date"),
            models.Index(fields=["candidate", "-applied_at"], name="application_by_candidate"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SharedSkill(models.Model):
    """One skill estimate as it stood when the candidate shared it with this application."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="shared_skills"
    )
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    theta = models.FloatField()
    sem = models.FloatField()
    level = models.PositiveSmallIntegerField()
    part_count = models.PositiveSmallIntegerField()
    measured = models.BooleanField()
    provisional = models.BooleanField()
    knowledge_only = models.BooleanField()
    evidence_at = models.DateTimeField()

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

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="shared_measures"
    )
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


class StageTransition(models.Model):
    """One move of an application, with what was known when it was decided."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="transitions"
    )
    from_stage = models.CharField(max_length=12, choices=Stage, blank=True)
    to_stage = models.CharField(max_length=12, choices=Stage)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    moved_at = models.DateTimeField()
    note = models.TextField(_("note for colleagues"), blank=True, max_length=2000)
    feedback = models.TextField(_("feedback for the candidate"), blank=True, max_length=2000)
    snapshot = models.JSONField(default=dict)

    class Meta:
        ordering = ["application", "moved_at", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.from_stage} to {self.to_stage}"
