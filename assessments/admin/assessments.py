"""Assessments with their blueprint, and batteries with their steps."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from assessments.actions.editing import set_blueprint, set_steps
from assessments.models import Assessment, Battery

from .row_forms import AssessmentForm, BatteryForm
from .skills import ContentAdmin


@admin.register(Assessment)
class AssessmentAdmin(ContentAdmin):
    form = AssessmentForm
    change_form_template = "admin/assessments/rows_form.html"
    list_display = [
        *("name", "code", "skill", "stated_minutes", "stated_kilobytes", "cool_down_days"),
        *("validity_days", "knowledge_only", "status"),
    ]
    list_filter = ["status", "knowledge_only", "device", "skill__domain"]
    list_select_related = ["skill"]
    search_fields = ["name", "code"]
    fieldsets = [
        (None, {"fields": ["code", "name", "skill", "summary", "instructions", "status"]}),
        (
            _("What candidates are told"),
            {"fields": ["stated_minutes", "stated_kilobytes", "device", "knowledge_only"]},
        ),
        (_("Time"), {"fields": ["time_limit_seconds", "cool_down_days", "validity_days"]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code", "skill"] if obj else []

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        set_blueprint(assessment=obj, rows=form.blueprint(), actor=request.user)


@admin.register(Battery)
class BatteryAdmin(ContentAdmin):
    form = BatteryForm
    change_form_template = "admin/assessments/rows_form.html"
    list_display = ["name", "code", "status"]
    list_filter = ["status"]
    search_fields = ["name", "code"]
    fields = ["code", "name", "summary", "status"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["code"] if obj else []

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        set_steps(battery=obj, steps=form.steps(), actor=request.user)
