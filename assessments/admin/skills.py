"""Skill domains, and skills with their levels, facets and cut scores."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models, transaction
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import rules
from assessments.models import Facet, Skill, SkillDomain, SkillLevel
from assessments.tasks import renew_estimates_of_skill
from core.admin import AuditedAdmin, CapabilityAdmin, CapabilityInline

CUTS = ("cut_2", "cut_3", "cut_4", "cut_5")


def unix_lines(value: Any) -> Any:
    """Text with the line ends of content files: browsers send others, which would look like an
    edit."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


class PlainTextField(forms.CharField):
    def to_python(self, value: Any) -> Any:
        return unix_lines(super().to_python(value))


PLAIN_TEXT = {models.TextField: {"form_class": PlainTextField, "widget": AdminTextareaWidget}}


class ContentAdmin(AuditedAdmin, CapabilityAdmin):
    """Pages of content admins. Content is retired and never deleted: results rest on it."""

    allowed = staticmethod(rules.is_content_admin)
    formfield_overrides = PLAIN_TEXT

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Lines have no rules of their own."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or []) != self.to_python(data)


class LevelForm(ModelForm):
    behaviours = LinesField(label=_("observable behaviours"), help_text=_("One a line."))

    class Meta:
        model = SkillLevel
        fields = ["level", "title", "description", "behaviours", "at_work"]


class LevelInline(CapabilityInline):
    model = SkillLevel
    form = LevelForm
    template = "admin/edit_inline/stacked.html"
    formfield_overrides = PLAIN_TEXT
    max_num = 5
    can_delete = False


class FacetInline(CapabilityInline):
    model = Facet
    fields = ["code", "name", "position"]
    can_delete = False


@admin.register(SkillDomain)
class SkillDomainAdmin(ContentAdmin):
    list_display = ["name", "code", "position"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []


@admin.register(Skill)
class SkillAdmin(ContentAdmin):
    list_display = ["name", "code", "domain", *CUTS, "self_reported"]
    list_filter = ["domain", "self_reported"]
    list_select_related = ["domain"]
    search_fields = ["name", "code", "definition"]
    inlines = [LevelInline, FacetInline]
    fieldsets = [
        (None, {"fields": ["code", "name", "domain", "position", "definition", "self_reported"]}),
        (
            _("Cut scores"),
            {
                "fields": [CUTS],
                "description": _(
                    "The thetas at which levels 2 to 5 begin. After a change, every current "
                    "estimate of this skill gets its new level."
                ),
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Skill, form: ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and set(CUTS) & set(form.changed_data):
            renew_estimates_of_skill.defer(skill_id=obj.pk)
            messages.info(request, _("The levels of all candidates are being worked out anew."))
