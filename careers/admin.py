"""Roles, their ladder and their requirements, for content admins.

What may be entered is what a content file may hold, so that an export can always be loaded again.
A new role comes from a content file; an old one is retired.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaInvalid

from accounts import rules
from careers.actions.requirements import replace_requirements
from careers.admin_forms import (
    FactRequirementForm,
    FactRequirementFormSet,
    MeasureRequirementForm,
    SkillRequirementForm,
    SkillRequirementFormSet,
    kept_rows,
)
from careers.content.kinds import role_content
from careers.models import (
    FactRequirement,
    LadderStep,
    MeasureRequirement,
    Occupation,
    RequirementSet,
    SkillRequirement,
)
from core.admin import AuditedAdmin, CapabilityAdmin, CapabilityInline
from learning.circles import find_circle

FIELD_OF_CONTENT = {"soc": "soc_code", "esco": "esco_uri", "source": "attribution"}


class OccupationForm(forms.ModelForm):
    esco_uri = forms.URLField(label=_("ESCO occupation"), required=False, assume_scheme="https")

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        try:
            role_content(self.instance)
        except SchemaInvalid as error:
            for problem in error.errors():
                name = str(problem["loc"][0]) if problem["loc"] else ""
                name = FIELD_OF_CONTENT.get(name, name)
                self.add_error(name if name in self.fields else None, problem["msg"])


class LadderFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Refuse a ladder that leads back to where it starts."""
        super().clean()
        if any(self.errors):
            return
        steps: dict[str, list[str]] = {}
        for step in LadderStep.objects.exclude(from_occupation=self.instance).select_related(
            "from_occupation", "to_occupation"
        ):
            steps.setdefault(step.from_occupation.title, []).append(step.to_occupation.title)
        steps[self.instance.title] = [row.to_occupation.title for row in kept_rows(self)]
        circle = find_circle(steps)
        if circle:
            way = " → ".join(circle)
            raise ValidationError(_("The ladder would lead in a circle: %(way)s") % {"way": way})


class LadderInline(CapabilityInline):
    model = LadderStep
    fk_name = "from_occupation"
    formset = LadderFormSet
    verbose_name = _("role that it leads to")
    verbose_name_plural = _("roles that it leads to")


@admin.register(Occupation)
class OccupationAdmin(AuditedAdmin, CapabilityAdmin):
    allowed = staticmethod(rules.is_content_admin)
    form = OccupationForm
    inlines = [LadderInline]
    list_display = ["title", "family", "seniority", "status"]
    list_filter = ["status", "family", "seniority"]
    search_fields = ["title", "code"]
    exclude = ["requirements"]
    readonly_fields = ["code", "edit_requirements"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: a role without requirements would be no role; load it from a content file."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: readiness and openings name it. Retire a role instead."""
        return False

    @admin.display(description=_("requirements"))
    def edit_requirements(self, occupation: Occupation) -> SafeString:
        url = reverse("admin:careers_requirementset_change", args=[occupation.requirements_id])
        return format_html('<a href="{}">{}</a>', url, _("Look at the requirements and edit them"))


class SkillRequirementInline(CapabilityInline):
    model = SkillRequirement
    form = SkillRequirementForm
    formset = SkillRequirementFormSet


class MeasureRequirementInline(CapabilityInline):
    model = MeasureRequirement
    form = MeasureRequirementForm


class FactRequirementInline(CapabilityInline):
    model = FactRequirement
    form = FactRequirementForm
    formset = FactRequirementFormSet


@admin.register(RequirementSet)
class RequirementSetAdmin(CapabilityAdmin):
    """The set that a role has now. Saving writes a new one; reached from the role's own page."""

    allowed = staticmethod(rules.is_content_admin)
    fields = ["created_at"]
    readonly_fields = ["created_at"]
    inlines = [SkillRequirementInline, MeasureRequirementInline, FactRequirementInline]

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Nothing in the index: sets are reached from their roles."""
        return {}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[RequirementSet]:
        """Only what a role asks now: employers' sets belong to their openings."""
        return super().get_queryset(request).filter(occupation__isnull=False)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A set never changes; `save_related` makes a new one."""

    @transaction.atomic
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        skills, measures, facts = formsets
        if any(formset.has_changed() for formset in formsets):
            replace_requirements(
                actor=request.user,
                occupation=form.instance.occupation,
                skills=kept_rows(skills),
                measures=kept_rows(measures),
                facts=kept_rows(facts),
            )

    def construct_change_message(self, *args: Any, **kwargs: Any) -> str:
        return "replaced by a new set"

    def response_change(self, request: HttpRequest, obj: RequirementSet) -> HttpResponse:
        message = _("The role has its new requirements. Everybody’s readiness is being computed.")
        messages.success(request, message)
        return redirect("admin:careers_occupation_change", obj.occupation.pk)
