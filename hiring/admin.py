"""Openings in Django's admin: platform admins read them, and see nothing of any candidate."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from accounts.rules import is_platform_admin
from core.admin import CapabilityAdmin
from hiring.models import Requisition


@admin.register(Requisition)
class RequisitionAdmin(CapabilityAdmin):
    allowed = staticmethod(is_platform_admin)
    list_display = ["title", "employer", "occupation", "state", "seats", "opened_at", "closed_at"]
    list_filter = ["state", "occupation__family"]
    list_select_related = ["employer", "occupation"]
    search_fields = ["title", "employer__name"]
    show_full_result_count = False
    fields = [
        *("employer", "occupation", "title", "location", "description", "seats"),
        *("state", "created_at", "opened_at", "closed_at"),
    ]
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: an employer's staff write their openings."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: with an opening its applications would go."""
        return False
