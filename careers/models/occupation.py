"""Roles and the ladder between them. The code says occupation, the pages say role."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.enums import Publication
from assessments.models import Battery
from careers.enums import Family, Seniority

from .requirement import RequirementSet


class Occupation(models.Model):
    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    family = models.CharField(_("family"), max_length=30, choices=Family)
    seniority = models.CharField(_("seniority"), max_length=12, choices=Seniority)
    summary = models.TextField(_("summary"))
    day = models.TextField(_("a day in it"), help_text=_("Markdown"))
    hours = models.TextField(_("hours"))
    pressure = models.TextField(_("pressure"))
    pay_direction = models.TextField(_("pay, in words"))
    ways_in = models.TextField(_("ways in"), help_text=_("Markdown"))
    ways_up = models.TextField(_("ways up"), help_text=_("Markdown"))
    soc_code = models.CharField(_("O*NET-SOC code"), max_length=12, blank=True)
    soc_title = models.CharField(_("O*NET-SOC title"), max_length=150, blank=True)
    soc_note = models.TextField(_("note on the code"), blank=True)
    esco_uri = models.URLField(_("ESCO occupation"), blank=True)
    attribution = models.TextField(_("source and attribution"), blank=True)
    requirements = models.OneToOneField(RequirementSet, models.PROTECT, related_name="occupation")
    battery = models.OneToOneField(
        Battery, models.SET_NULL, null=True, blank=True, related_name="occupation"
    )
    next_roles = models.ManyToManyField(
        "self", through="LadderStep", symmetrical=False, related_name="earlier_roles"
    )
    position = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(
        _("status"), max_length=10, choices=Publication, default=Publication.ACTIVE
    )

    class Meta:
        ordering = ["position", "title"]
        verbose_name = _("role")
        verbose_name_plural = _("roles")

    def __str__(self) -> str:
        return self.title


class LadderStep(models.Model):
    """From one role people move to another."""

    from_occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="steps_up")
    to_occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="steps_from")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_occupation", "to_occupation"], name="ladder_step_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(from_occupation=models.F("to_occupation")),
                name="ladder_step_leads_elsewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_occupation_id} to {self.to_occupation_id}"
