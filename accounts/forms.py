"""Forms about people."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.locks import lock_address
from accounts.models import MembershipRole, User
from accounts.time_zones import zone_choices
from core import audit


class PlainFields:
    """Allauth's form without placeholders: they look like values and vanish on the first key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in {"login", "email"}:
                field.label = _("E-mail address")
            if name == "password1":
                field.help_text = _(
                    "At least 10 characters. Not only digits, not a common password, not your name."
                )


class SignInForm(PlainFields, allauth_forms.LoginForm):
    pass


class ReauthenticateForm(PlainFields, allauth_forms.ReauthenticateForm):
    pass


class NewAddressForm(PlainFields, allauth_forms.AddEmailForm):
    pass


class ChangePasswordForm(PlainFields, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(PlainFields, allauth_forms.SetPasswordForm):
    pass


class ForgottenPasswordForm(PlainFields, allauth_forms.ResetPasswordForm):
    pass


class ResetPasswordForm(PlainFields, allauth_forms.ResetPasswordKeyForm):
    pass


class SignUpForm(PlainFields, allauth_forms.SignupForm):
    """Allauth's, with a name, an age and no second password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    old_enough = forms.BooleanField(
        label=_("I am at least %(years)d years old") % {"years": settings.MINIMUM_AGE_YEARS},
        error_messages={"required": _("Accounts are for people of that age or older.")},
    )

    field_order = ["name", "email", "password1", "old_enough"]

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Whoever has an account already and knows its password is signed in to it.

        Anybody else gets an account, even with a known address: sign-up reveals nothing. The
        owner of the address is told by e-mail.
        """
        credentials = {
            "email": self.cleaned_data["email"],
            "password": self.cleaned_data["password1"],
        }
        earlier = list(_claims(credentials["email"]).values_list("pk", flat=True))
        try:
            known = get_adapter().authenticate(request, **credentials)
        except forms.ValidationError:
            # Too many attempts: whether the password fits is no longer looked at.
            known = None
        if known is None:
            with transaction.atomic():
                lock_address(credentials["email"])
                # A double click sends the form twice; the second finds the account of the first.
                meanwhile = _claims(credentials["email"]).exclude(pk__in=earlier)
                fitting = (u for u in meanwhile if u.check_password(credentials["password"]))
                known = next(fitting, None)
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


def _claims(email: str) -> models.QuerySet[User]:
    return User.objects.filter(email=email)
