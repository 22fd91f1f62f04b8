"""An employer's openings."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Employer
from careers.models import Occupation, RequirementSet
from hiring.enums import RequisitionState


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
            models.CheckConstraint(
                condition=models.Q(state=RequisitionState.CLOSED, closed_at__isnull=False)
                | (~models.Q(state=RequisitionState.CLOSED) & models.Q(closed_at=None)),
                name="requisition_closed_has_time",
            ),
            models.CheckConstraint(condition=models.Q(seats__gte=1), name="requisition_seats"),
        ]
        indexes = [models.Index(fields=["state", "-opened_at"], name="requisition_open")]

    def __str__(self) -> str:
        return self.title
