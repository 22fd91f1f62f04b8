"""Signing in by e-mail and password where several accounts may claim one address."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress

from accounts.models import User


class EmailBackend(AuthenticationBackend):
    """Tries every account that claims the address: the one that verified it, then the oldest.

    Allauth's own tries only the verified one, if there is one. An account signed up later with
    that address could then not sign in again, which would tell that the address is known.
    """

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        owners = set(
            EmailAddress.objects.filter(email=email.lower(), verified=True).values_list(
                "user_id", flat=True
            )
        )
        accounts = sorted(
            filter_users_by_email(email, for_login=True),
            key=lambda user: (user.pk not in owners, user.date_joined, user.pk),
        )
        return next((user for user in accounts if self._check_password(user, password)), None)
