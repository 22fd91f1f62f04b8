"""The moves of an application."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hiring.enums import Stage

from .application import Application


class StageTransition(models.Model):
    """One move of an application, with what was known when it was decided.

    PostgreSQL refuses to change one; it goes only when its application goes.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="transitions")
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
        constraints = [
            models.UniqueConstraint(
                fields=["application", "from_stage"], name="transition_leaves_a_stage_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_stage__in=["hired", "rejected", "withdrawn"])
                & ~models.Q(from_stage=models.F("to_stage")),
                name="transition_leaves_no_final_stage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.from_stage} to {self.to_stage}"
