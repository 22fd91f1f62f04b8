"""Forms in which content admins edit what a role asks for: as strict as a content file."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaInvalid

from careers.content.schema import (
    FEWEST_ESSENTIALS,
    MOST_ESSENTIALS,
    FactRequirementContent,
    MeasureRequirementContent,
    SkillRequirementContent,
)
from careers.matching.requirements import LOWEST_LEVEL_ASKED
from careers.models import FactRequirement, MeasureRequirement, SkillRequirement
from core.content.documents import ContentModel

FEWEST_SKILLS, MOST_SKILLS = 4, 9
"""As `RoleContent.skill_requirements` has it."""
REASONS = ("reason", "source", "source_note", "confidence")


def kept_rows(formset: forms.BaseInlineFormSet) -> list[Any]:
    """The rows as entered, without those to delete and without empty ones; nothing is written."""
    return [
        form.instance
        for form in formset.forms
        if form not in formset.deleted_forms and (form.instance.pk or form.has_changed())
    ]


class RequirementForm(forms.ModelForm):
    schema: ClassVar[type[ContentModel]]

    def content(self, data: dict[str, Any]) -> dict[str, Any]:
        """The row as a content file holds it."""
        return {name: data[name] for name in self.schema.model_fields}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return data
        try:
            self.schema.model_validate(self.content(data))
        except SchemaInvalid as error:
            for problem in error.errors():
                name = str(problem["loc"][0]) if problem["loc"] else ""
                self.add_error(name if name in self.fields else None, problem["msg"])
        return data


class SkillRequirementForm(RequirementForm):
    schema = SkillRequirementContent

    class Meta:
        model = SkillRequirement
        fields = ["skill", "level", "importance", "essential", *REASONS]

    def content(self, data: dict[str, Any]) -> dict[str, Any]:
        return {**super().content(data), "skill": data["skill"].code}

    def clean_level(self) -> int:
        level: int = self.cleaned_data["level"]
        if level < LOWEST_LEVEL_ASKED:
            raise ValidationError(_("Everybody has level 1, so a role asks for level 2 or more."))
        return level

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        skill = data.get("skill")
        if skill and skill.self_reported and data.get("essential"):
            self.add_error(
                "essential", _("This skill is close to self-report, so it can’t be essential.")
            )
        return data


class MeasureRequirementForm(RequirementForm):
    schema = MeasureRequirementContent

    class Meta:
        model = MeasureRequirement
        fields = ["measure", "device", "minimum", *REASONS]

    def content(self, data: dict[str, Any]) -> dict[str, Any]:
        return {**super().content(data), "minimum": f"{data['minimum'].normalize():f}"}


class FactRequirementForm(RequirementForm):
    schema = FactRequirementContent

    class Meta:
        model = FactRequirement
        fields = ["fact", "minimum", "detail", *REASONS]


class SkillRequirementFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        rows: list[Model] = kept_rows(self)
        if not FEWEST_SKILLS <= len(rows) <= MOST_SKILLS:
            message = _("A role asks for %(fewest)d to %(most)d skills.")
            raise ValidationError(message % {"fewest": FEWEST_SKILLS, "most": MOST_SKILLS})
        if not FEWEST_ESSENTIALS <= sum(row.essential for row in rows) <= MOST_ESSENTIALS:
            message = _("Between %(fewest)d and %(most)d skills are essential.")
            raise ValidationError(message % {"fewest": FEWEST_ESSENTIALS, "most": MOST_ESSENTIALS})


class FactRequirementFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        counts = Counter(row.fact for row in kept_rows(self))
        if any(count > 1 for count in counts.values()):
            raise ValidationError(_("A role asks for each kind of declared fact once."))
