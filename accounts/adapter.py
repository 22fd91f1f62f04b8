"""How allauth is fitted into the portal."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.password_reset import get_reset_password_url
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.core.internal.ratelimit import truncate_ip
from django.http import HttpRequest
from django.urls import reverse


class AccountAdapter(DefaultAccountAdapter):
    """Allauth's own behaviour but for whose failed sign-ins are counted, and one message."""

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count for an account and a network address together.

        Allauth counts them for the account alone, so that a stranger could keep its owner out.
        """
        key = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{key}:{truncate_ip(self.get_client_ip(request))}"

    def send_confirmation_mail(
        self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC, signup: bool
    ) -> None:
        """After a sign-up with a known address, tell its owner of the account there was before."""
        address = emailconfirmation.email_address
        others = EmailAddress.objects.filter(email=address.email).exclude(user=address.user_id)
        if not (signup and others.exists()):
            super().send_confirmation_mail(request, emailconfirmation, signup)
            return
        context = {
            "login_url": request.build_absolute_uri(reverse("account_login")),
            "password_reset_url": get_reset_password_url(request),
        }
        if address.can_set_verified():
            context["activate_url"] = self.get_email_confirmation_url(request, emailconfirmation)
        self.send_mail("account/email/account_already_exists", address.email, context)
