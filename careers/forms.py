"""Forms for what a candidate declares."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.models import HeldCertificate, LanguageSkill, WorkExperience


class DateInput(forms.DateInput):
    """The browser's date field, which reads and writes one form whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def refuse_future(day: date | None) -> date | None:
    if day is not None and day > timezone.localdate():
        raise ValidationError(_("This day is still to come."))
    return day


class WorkExperienceForm(forms.ModelForm):
    class Meta:
        model = WorkExperience
        fields = ["title", "family", "employer_name", "started_on", "ended_on"]
        widgets = {"started_on": DateInput, "ended_on": DateInput}

    def clean_started_on(self) -> date | None:
        return refuse_future(self.cleaned_data["started_on"])

    def clean_ended_on(self) -> date | None:
        return refuse_future(self.cleaned_data["ended_on"])


class LanguageSkillForm(forms.ModelForm):
    class Meta:
        model = LanguageSkill
        fields = ["language", "cefr", "certificate"]

    def clean_language(self) -> str:
        """One row for each language, whatever its capitals."""
        language: str = " ".join(self.cleaned_data["language"].split())
        others = LanguageSkill.objects.filter(
            candidate=self.instance.candidate_id, language__iexact=language
        ).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("You have declared this language already. Change that entry."))
        return language


class HeldCertificateForm(forms.ModelForm):
    class Meta:
        model = HeldCertificate
        fields = ["name", "issuer", "issued_on"]
        widgets = {"issued_on": DateInput}

    def clean_issued_on(self) -> date | None:
        return refuse_future(self.cleaned_data["issued_on"])


DECLARED_FORMS: dict[str, type[forms.ModelForm[Any]]] = {
    "experience": WorkExperienceForm,
    "languages": LanguageSkillForm,
    "certificates": HeldCertificateForm,
}
"""The kinds of declared facts, as their addresses name them."""
