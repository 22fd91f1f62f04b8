"""Items: a list to find them in, and an editor that saves through the bank's own actions."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assessments.actions.editing import edit_item, set_status
from assessments.content.schema import ItemContent
from assessments.enums import Publication
from assessments.errors import ItemKeepsItsKind
from assessments.item_types.registry import ITEM_TYPES
from assessments.models import Item, ItemVersion, Skill
from assessments.presentation import ShownItem, ShownOption, shown_item
from assessments.queries.bank import current_content, version_content, version_history

from .item_form import ItemForm, key_text
from .skills import ContentAdmin


class LevelFilter(admin.SimpleListFilter):
    title = _("level")
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(level), str(level)) for level in range(1, 6)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Item]) -> QuerySet[Item]:
        return queryset.filter(current_level=self.value()) if self.value() else queryset


@admin.register(Item)
class ItemAdmin(ContentAdmin):
    list_display = ["code", "skill", "item_type", "use", "level", "status", "version"]
    list_filter = ["status", "use", "item_type", LevelFilter, "skill"]
    list_select_related = ["skill"]
    search_fields = ["code", "versions__stem"]
    search_help_text = _("Code or words of the stem")
    list_per_page = 50
    actions = ["activate", "retire"]
    change_form_template = "admin/assessments/item/editor.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        current = ItemVersion.objects.filter(item=OuterRef("pk"), is_current=True)
        return super().get_queryset(request).annotate(
            current_level=Subquery(current.values("level")[:1]),
            current_number=Subquery(current.values("number")[:1]),
        )

    @admin.display(description=_("level"), ordering="current_level")
    def level(self, item: Any) -> int | None:
        return item.current_level

    @admin.display(description=_("version"), ordering="current_number")
    def version(self, item: Any) -> int | None:
        return item.current_number

    @admin.action(description=_("Activate the chosen items"))
    def activate(self, request: HttpRequest, queryset: QuerySet[Item]) -> None:
        self._set_status(request, queryset, Publication.ACTIVE)

    @admin.action(description=_("Retire the chosen items: they are drawn no more"))
    def retire(self, request: HttpRequest, queryset: QuerySet[Item]) -> None:
        self._set_status(request, queryset, Publication.RETIRED)

    def _set_status(
        self, request: HttpRequest, items: QuerySet[Item], status: Publication
    ) -> None:
        chosen = Item.objects.filter(pk__in=items.values("pk"))
        count = set_status(items=chosen, status=status, actor=request.user)
        words = ngettext("%(count)d item changed.", "%(count)d items changed.", count)
        self.message_user(request, words % {"count": count})

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("preview/", wrap(self.draft_view), name="assessments_item_draft"),
            path("<int:pk>/preview/", wrap(self.preview_view), name="assessments_item_preview"),
            *super().get_urls(),
        ]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The editor, in place of Django's form: it edits content and not columns."""
        self._require_admin(request)
        item = self._item(object_id) if object_id else None
        if item is None and request.GET.get("type") not in ITEM_TYPES:
            return self._choose_type(request)
        form = self._form(request, item)
        if request.method == "POST" and form.is_valid() and (saved := self._save(request, form)):
            return redirect("admin:assessments_item_change", saved.pk)
        return render(request, self.change_form_template, self._context(request, item, form))

    def _require_admin(self, request: HttpRequest) -> None:
        if not self.allowed(request.user):
            raise PermissionDenied

    def _item(self, object_id: str) -> Item:
        if not object_id.isdecimal():
            raise Http404
        return get_object_or_404(Item.objects.select_related("skill"), pk=object_id)

    def _form(self, request: HttpRequest, item: Item | None) -> ItemForm:
        data = request.POST if request.method == "POST" else None
        if item is not None:
            content = current_content(item)
            return ItemForm(data, item_type=item.item_type, skill=item.skill, existing=content)
        skill = get_object_or_404(Skill, code=request.GET.get("skill", ""))
        if request.GET.get("type") not in ITEM_TYPES:
            raise Http404
        return ItemForm(data, item_type=request.GET["type"], skill=skill)

    def _save(self, request: HttpRequest, form: ItemForm) -> Item | None:
        assert form.content is not None
        if form.existing is None and Item.objects.filter(code=form.content.code).exists():
            form.add_error("code", _("An item with this code exists already."))
            return None
        try:
            item = edit_item(content=form.content, skill=form.skill, actor=request.user)
        except ItemKeepsItsKind as refusal:
            form.add_error(None, str(refusal))
            return None
        messages.success(request, _("%(code)s is saved.") % {"code": item.code})
        return item

    def _choose_type(self, request: HttpRequest) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Add an item"),
            "types": sorted(ITEM_TYPES),
            "skills": Skill.objects.all(),
        }
        return render(request, "admin/assessments/item/choose_type.html", context)

    def _context(
        self, request: HttpRequest, item: Item | None, form: ItemForm
    ) -> dict[str, Any]:
        versions = list(version_history(item)) if item else []
        current = next((version for version in versions if version.is_current), None)
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": item.code if item else _("Add an item"),
            "item": item,
            "form": form,
            "versions": versions,
            "current": current,
            "shown": shown_content(form.existing) if form.existing else None,
            "next_number": current.number + 1 if current else 1,
        }

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A stored version as the candidate sees it."""
        self._require_admin(request)
        versions = ItemVersion.objects.select_related("item__skill", "facet").filter(item=pk)
        number = request.GET.get("version", "")
        wanted = {"number": number} if number.isdecimal() else {"is_current": True}
        version = get_object_or_404(versions, **wanted)
        shown = shown_item(version, list(version.task.options))
        return self._preview(request, version_content(version), shown, version)

    def draft_view(self, request: HttpRequest) -> HttpResponse:
        """What the editor holds, as the candidate would see it; nothing is saved."""
        self._require_admin(request)
        if request.method != "POST":
            raise Http404
        item = self._item(request.GET["item"]) if "item" in request.GET else None
        form = self._form(request, item)
        if not form.is_valid():
            return render(request, self.change_form_template, self._context(request, item, form))
        assert form.content is not None
        return self._preview(request, form.content, shown_content(form.content), None)

    def _preview(
        self,
        request: HttpRequest,
        content: ItemContent,
        shown: ShownItem,
        version: ItemVersion | None,
    ) -> HttpResponse:
        context = {
            "content": content,
            "item": shown,
            "version": version,
            "key": key_text(content.type, content.key),
            "back": reverse("admin:assessments_item_change", args=[version.item_id])
            if version
            else None,
        }
        return render(request, "admin/assessments/item/preview.html", context)


def shown_content(content: ItemContent) -> ShownItem:
    """Content that may not be stored yet, as a candidate would see it."""
    return ShownItem(
        item_type=content.type,
        stem=content.stem,
        exhibit=content.exhibit.model_dump() if content.exhibit else None,
        image_url=None,
        image_text=content.image_text or "",
        options=[ShownOption(option.code, option.text) for option in content.options],
        settings=content.settings,
    )
