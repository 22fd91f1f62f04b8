"""A candidate's application to one opening."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.models import ReadinessFields, RequirementSet
from hiring.enums import Stage

from .requisition import Requisition


class Application(ReadinessFields):
    """A candidate's application, with the readiness that the candidate agreed to share.

    Readiness is computed from the shared rows alone, against `requirement_set`: the requisition's
    own, or an older one until the new one has been worked through. A withdrawn application holds
    no results and no statement.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requisition = models.ForeignKey(Requisition, models.CASCADE, related_name="applications")
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="applications"
    )
    requirement_set = models.ForeignKey(RequirementSet, models.PROTECT, related_name="+")
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
            models.CheckConstraint(
                condition=models.Q(coverage__gte=0, coverage__lte=1, lowest__gte=0, highest__lte=1),
                name="application_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(fit=None, fit_rank=-1)
                | models.Q(fit__gte=0, fit__lte=1, fit_rank=models.F("fit")),
                name="application_fit_rank_is_fit",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage=Stage.WITHDRAWN)
                | models.Q(
                    fit=None,
                    coverage=0,
                    lowest=0,
                    highest=1,
                    essentials_met=0,
                    exceptions=[],
                    statement="",
                ),
                name="application_withdrawn_holds_no_results",
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
            models.Index(fields=["requisition", "candidate_name", "id"], name="applicants_by_name"),
            models.Index(
                fields=["requisition", "requirement_set"], name="applicants_by_requirement"
            ),
            models.Index(fields=["candidate", "-applied_at"], name="application_by_candidate"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_withdrawn(self) -> bool:
        return self.stage == Stage.WITHDRAWN
