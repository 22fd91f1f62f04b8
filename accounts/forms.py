"""Forms about people."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, SignupForm
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.models import MembershipRole, User
from accounts.time_zones import zone_choices
from core import audit


class SignInForm(LoginForm):
    """Allauth's, without placeholders: they look like values and vanish on the first key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        _without_placeholders(self)


class SignUpForm(SignupForm):
    """Allauth's, with a name, an age and no second password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    old_enough = forms.BooleanField(
        label=_("I am at least %(years)d years old") % {"years": settings.MINIMUM_AGE_YEARS}
    )

    field_order = ["name", "email", "password1", "old_enough"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["password1"].help_text = _(
            "At least 10 characters. Not only digits, not a common password, not your name."
        )
        _without_placeholders(self)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Whoever has an account already and knows its password is signed in to it.

        Anybody else gets an account, even with a known address: sign-up reveals nothing. The
        owner of the address is told by e-mail.
        """
        credentials = {
            "email": self.cleaned_data["email"],
            "password": self.cleaned_data["password1"],
        }
        try:
            known = get_adapter().authenticate(request, **credentials)
        except forms.ValidationError:
            # Too many attempts: whether the password fits is no longer looked at.
            known = None
        if known is None:
            return super().try_save(request)
        login = Login(user=known, email=credentials["email"])
        return known, perform_password_login(request, credentials, login)

    @transaction.atomic
    def save(self, request: HttpRequest) -> User:
        user = super().save(request)
        audit.record(actor=user, action="account made", subject=user)
        return user

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Employers to whom you apply see this name."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        help_text=_("Dates and times are shown in this zone."),
    )

    def __init__(self, *args: Any, device_zone: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices(device_zone)


class ConsentForm(forms.Form):
    agreed = forms.BooleanField(
        label=_("I agree that my answers and results are processed as described above."),
        error_messages={"required": _("Tick the box if you agree. Without it, no test can start.")},
    )


class InvitationForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(
        label=_("Role"), choices=MembershipRole.choices, initial=MembershipRole.RECRUITER
    )


def _without_placeholders(form: forms.Form) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
