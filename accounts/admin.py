"""People, employers and consent texts, for platform admins only."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.actions import invite_staff
from accounts.errors import ActionRefused
from accounts.models import Consent, ConsentText, Employer, Membership, MembershipRole, User
from core.admin import AuditedAdmin, CapabilityAdmin


@admin.register(User)
class UserAdmin(AuditedAdmin, CapabilityAdmin):
    allowed = staticmethod(rules.is_platform_admin)
    personal_fields = frozenset({"email", "name", "time_zone", "password", "last_login"})
    list_display = ["email", "name", "is_active", "is_content_admin", "is_platform_admin"]
    list_filter = ["is_active", "is_content_admin", "is_platform_admin"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    show_full_result_count = False
    fields = [
        *("email", "verified_addresses", "name", "time_zone", "is_active"),
        *("is_content_admin", "is_platform_admin", "date_joined", "last_login"),
    ]
    readonly_fields = ["email", "verified_addresses", "date_joined", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: people sign up themselves."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: erasing a person is more than deleting a row."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nobody takes their own capabilities away, so that one platform admin always remains."""
        own = ["is_active", "is_platform_admin"] if obj and obj.pk == request.user.pk else []
        return [*self.readonly_fields, *own]

    @admin.display(description=_("verified addresses"))
    def verified_addresses(self, user: User) -> str:
        addresses = EmailAddress.objects.filter(user=user, verified=True)
        return ", ".join(addresses.values_list("email", flat=True)) or "–"


class EmployerForm(forms.ModelForm):
    manager = forms.EmailField(
        label=_("Invite a manager"),
        required=False,
        help_text=_("An e-mail address. The manager can then invite the rest of the staff."),
    )

    class Meta:
        model = Employer
        fields = ["name", "slug", "about"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "manager" in self.fields:
            self.fields["manager"].required = self.instance.pk is None


class MembershipInline(admin.TabularInline):
    """Who works there; managers change that on the employer's own pages."""

    model = Membership
    fields = readonly_fields = ["user", "role", "created_at"]
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return rules.is_platform_admin(request.user)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Membership]:
        return super().get_queryset(request).select_related("user", "employer")


@admin.register(Employer)
class EmployerAdmin(AuditedAdmin, CapabilityAdmin):
    allowed = staticmethod(rules.is_platform_admin)
    form = EmployerForm
    fields = ["name", "slug", "about", "manager"]
    list_display = ["name", "slug", "created_at"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ("name",)}
    inlines = [MembershipInline]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: candidates' applications would go with it."""
        return False

    @transaction.atomic
    def save_model(
        self, request: HttpRequest, obj: Employer, form: forms.ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        address = form.cleaned_data.get("manager")
        if not address:
            return
        try:
            invite_staff(
                employer=obj,
                email=address,
                role=MembershipRole.MANAGER,
                invited_by=request.user,
                now=timezone.now(),
            )
        except ActionRefused as refusal:
            messages.warning(request, str(refusal))


@admin.register(ConsentText)
class ConsentTextAdmin(AuditedAdmin, CapabilityAdmin):
    allowed = staticmethod(rules.is_platform_admin)
    list_display = ["kind", "version", "title", "published_at"]
    ordering = ["kind", "-version"]
    fields = ["kind", "version", "title", "body", "published_at"]
    readonly_fields = ["published_at"]

    def has_change_permission(self, request: HttpRequest, obj: ConsentText | None = None) -> bool:
        """Not once somebody agreed to it; PostgreSQL would refuse as well."""
        allowed = super().has_change_permission(request, obj)
        return allowed and not (obj and Consent.objects.filter(text=obj).exists())

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False
