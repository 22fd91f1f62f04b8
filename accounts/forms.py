"""Forms about people."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignUpDetailsForm(forms.Form):
    """What sign-up asks for beside e-mail and password; allauth adds those."""

    name = forms.CharField(label=_("Your name"), max_length=150)
    old_enough = forms.BooleanField(
        label=_("I am at least %(years)d years old") % {"years": settings.MINIMUM_AGE_YEARS}
    )

    field_order = ["name", "email", "password1", "old_enough"]

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
