"""What every app's admin pages share: who may open them, and that they are audited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models, transaction
from django.forms import BaseModelFormSet, ModelForm
from django.http import HttpRequest

from core import audit


def nobody(user: Any) -> bool:
    return False


class CapabilityAdmin(admin.ModelAdmin):
    """Pages for those of whom `allowed` is true: `allowed = staticmethod(rules.is_content_admin)`.

    Django's own permissions play no part: no user has any.
    """

    allowed: ClassVar[Callable[[Any], bool]] = staticmethod(nobody)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.allowed(request.user)

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.allowed(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.allowed(request.user)

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.allowed(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return self.allowed(request.user)


class CapabilityInline(admin.TabularInline):
    """Rows that whoever may open the page above them may see and change."""

    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return True


class AuditedAdmin(admin.ModelAdmin):
    """Writes an audit event, with what changed, in the transaction of every change.

    Of the fields in `personal_fields` (of the model or of an inline's model) only the name is
    recorded. Pages with such fields leave no entry in Django's own admin log, whose lines carry
    the object's name.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool
    ) -> None:
        with transaction.atomic():
            before = self._stored(type(obj), [obj.pk] if change else [])
            super().save_model(request, obj, form, change)
            self._record_saved(request, [obj], before)

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with transaction.atomic():
            self._record_deleted(request, [obj])
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        with transaction.atomic():
            self._record_deleted(request, list(queryset))
            super().delete_queryset(request, queryset)

    def save_formset(
        self, request: HttpRequest, form: ModelForm, formset: BaseModelFormSet, change: bool
    ) -> None:
        with transaction.atomic():
            known = [row.instance.pk for row in formset.initial_forms]
            before = self._stored(formset.model, known)
            super().save_formset(request, form, formset, change)
            saved = [*formset.new_objects, *(row for row, _ in formset.changed_objects)]
            self._record_saved(request, saved, before)
            for row in formset.deleted_objects:
                self._record(request, "removed in admin", row, {})

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None if self.personal_fields else super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        return None if self.personal_fields else super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        return None if self.personal_fields else super().log_deletions(request, queryset)

    def _stored(self, model: type[models.Model], keys: Iterable[Any]) -> dict[Any, dict[str, Any]]:
        rows = model._base_manager.filter(pk__in=list(keys))
        return {row["pk"]: row for row in rows.values("pk", *_columns(model))}

    def _record_saved(
        self, request: HttpRequest, rows: list[Any], before: dict[Any, dict[str, Any]]
    ) -> None:
        for row in rows:
            now = self._stored(type(row), [row.pk])[row.pk]
            was = before.get(row.pk)
            changes = audit.differences(was or {}, now)
            changes.pop("pk", None)
            if was is None or changes:
                action = "added in admin" if was is None else "changed in admin"
                self._record(request, action, row, changes)

    def _record_deleted(self, request: HttpRequest, rows: list[Any]) -> None:
        for row in rows:
            self._record(request, "removed in admin", row, {})

    def _record(
        self, request: HttpRequest, action: str, row: models.Model, changes: dict[str, Any]
    ) -> None:
        hidden = sorted(self.personal_fields & changes.keys())
        shown = {name: value for name, value in changes.items() if name not in hidden}
        if hidden:
            shown["personal_fields"] = hidden
        audit.record(actor=request.user, action=action, subject=row, changes=shown)


def _columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if not field.primary_key]
