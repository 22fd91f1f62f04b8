"""What a candidate declares. It is recorded as declared and never becomes a score."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from careers.enums import Cefr, Family


class WorkExperience(models.Model):
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="work_experience"
    )
    title = models.CharField(_("role"), max_length=120)
    family = models.CharField(_("line of business"), max_length=30, choices=Family)
    employer_name = models.CharField(_("employer"), max_length=150, blank=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("to"), null=True, blank=True, help_text=_("Empty: until today."))

    class Meta:
        ordering = ["-started_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="work_experience_ends_after_start",
                violation_error_message=_("The end can't be before the start."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LanguageSkill(models.Model):
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="languages"
    )
    language = models.CharField(_("language"), max_length=60)
    cefr = models.CharField(_("level (CEFR)"), max_length=2, choices=Cefr)
    certificate = models.CharField(
        _("certificate"),
        max_length=150,
        blank=True,
        help_text=_("Its name and year, if you have one."),
    )

    class Meta:
        ordering = ["language"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "language"], name="language_once"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.cefr}"


class HeldCertificate(models.Model):
    candidate = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="certificates"
    )
    name = models.CharField(_("name"), max_length=150)
    issuer = models.CharField(_("issuer"), max_length=150, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)

    class Meta:
        ordering = ["-issued_on", "name"]

    def __str__(self) -> str:
        return self.name
