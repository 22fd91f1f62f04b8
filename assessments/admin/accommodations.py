"""Extra time, for platform admins: it tells something about a person's health."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from accounts import rules
from accounts.models import User
from assessments.models import Accommodation
from core.admin import AuditedAdmin, CapabilityAdmin


class AccommodationForm(forms.ModelForm):
    email = forms.EmailField(
        label=_("Candidate's e-mail address"),
        help_text=_("Extra time counts from the next attempt that this person starts."),
    )

    class Meta:
        model = Accommodation
        fields = ["extra_time_percent"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["email"].initial = self.instance.candidate.email
            self.fields["email"].disabled = True

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has signed up with this address."))
        if not self.instance.pk and Accommodation.objects.filter(candidate=person).exists():
            raise forms.ValidationError(_("This person has extra time already: change that one."))
        self.instance.candidate = person
        return email


@admin.register(Accommodation)
class AccommodationAdmin(AuditedAdmin, CapabilityAdmin):
    allowed = staticmethod(rules.is_platform_admin)
    personal_fields = frozenset({"candidate_id", "extra_time_percent"})
    form = AccommodationForm
    fields = ["email", "extra_time_percent"]
    list_display = ["candidate_email", "extra_time_percent"]
    list_select_related = ["candidate"]
    search_fields = ["candidate__email", "candidate__name"]

    @admin.display(description=_("candidate"), ordering="candidate__email")
    def candidate_email(self, accommodation: Accommodation) -> str:
        return accommodation.candidate.email
