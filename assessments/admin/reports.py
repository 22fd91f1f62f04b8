"""The queue of items that candidates reported; who reported them is not shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.actions.editing import settle_reports
from assessments.models import ItemReport

from .skills import ContentAdmin


@admin.register(ItemReport)
class ItemReportAdmin(ContentAdmin):
    list_display = ["text_start", "question", "state", "created_at"]
    list_filter = ["state", "attempt_item__item_version__item__skill"]
    list_select_related = ["attempt_item__item_version__item"]
    search_fields = ["text", "attempt_item__item_version__item__code"]
    fields = readonly_fields = ["text", "question", "look", "state", "created_at"]
    actions = ["settle"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """A report is a candidate's word: it is read and settled, never edited."""
        return obj is None and super().has_change_permission(request)

    @admin.display(description=_("what is wrong"))
    def text_start(self, report: ItemReport) -> str:
        return report.text if len(report.text) <= 120 else f"{report.text[:119]}…"

    @admin.display(description=_("question"), ordering="attempt_item__item_version__item__code")
    def question(self, report: ItemReport) -> str:
        version = report.attempt_item.item_version
        address = reverse("admin:assessments_item_change", args=[version.item_id])
        words = _("%(code)s, version %(number)d") % {
            "code": version.item.code,
            "number": version.number,
        }
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description=_("as it was shown"))
    def look(self, report: ItemReport) -> str:
        version = report.attempt_item.item_version
        address = reverse("admin:assessments_item_preview", args=[version.item_id])
        return format_html(
            '<a href="{}?version={}">{}</a>', address, version.number, _("Look at the question")
        )

    @admin.action(description=_("Settle the chosen reports"))
    def settle(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        count = settle_reports(reports=queryset, actor=request.user)
        words = ngettext("%(count)d report is settled.", "%(count)d reports are settled.", count)
        self.message_user(request, words % {"count": count})
