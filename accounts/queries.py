"""What the pages about people read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import BooleanField, ExpressionWrapper, Q

from accounts.models import (
    Consent,
    ConsentKind,
    ConsentText,
    Employer,
    Membership,
    StaffInvitation,
    User,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything about a person that the profile page shows."""

    addresses: list[EmailAddress]
    consents: list[Consent]
    memberships: list[Membership]

    @property
    def unverified(self) -> EmailAddress | None:
        """The address that waits to be verified, where none is verified yet."""
        if any(address.verified for address in self.addresses):
            return None
        return next(iter(self.addresses), None)


def profile(user: User) -> Profile:
    return Profile(
        addresses=list(EmailAddress.objects.filter(user=user).order_by("-primary", "email")),
        consents=consents_of(user),
        memberships=list(
            Membership.objects.filter(user=user)
            .select_related("employer")
            .order_by("employer__name")
        ),
    )


def consents_of(user: User) -> list[Consent]:
    """All that the person ever agreed to, what is in force first."""
    consents = Consent.objects.filter(user=user).select_related("text")
    return sorted(
        consents.order_by("-given_at"), key=lambda consent: consent.withdrawn_at is not None
    )


def current_texts() -> list[ConsentText]:
    """The newest text of each kind."""
    newest = ConsentText.objects.order_by("kind", "-version").distinct("kind")
    return [text for text in newest if text.kind in ConsentKind.values]


@dataclass(frozen=True, slots=True)
class Staff:
    """The people who work for an employer, and those who are invited to."""

    members: list[Membership]
    invitations: list[StaffInvitation]


def staff_of(employer: Employer, now: datetime) -> Staff:
    """Everybody; invitations say in `has_expired` whether their link still works."""
    has_expired = ExpressionWrapper(Q(expires_at__lte=now), BooleanField())
    return Staff(
        members=list(
            Membership.objects.filter(employer=employer)
            .select_related("user")
            .order_by("role", "user__name", "pk")
        ),
        invitations=list(
            StaffInvitation.objects.filter(employer=employer, accepted_at=None)
            .annotate(has_expired=has_expired)
            .order_by("-created_at")
        ),
    )
