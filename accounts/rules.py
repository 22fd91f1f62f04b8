"""Who somebody is, as small predicates."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from accounts.models import Employer, Membership, MembershipRole, StaffInvitation, User

Person = User | AnonymousUser


def is_content_admin(user: Person) -> bool:
    return user.is_authenticated and user.is_active and user.is_content_admin


def is_platform_admin(user: Person) -> bool:
    return user.is_authenticated and user.is_active and user.is_platform_admin


def membership_of(user: Person, employer: Employer) -> Membership | None:
    if not user.is_authenticated or not user.is_active:
        return None
    return Membership.objects.filter(user=user, employer=employer).first()


def may_manage_staff(membership: Membership) -> bool:
    return membership.role == MembershipRole.MANAGER


def is_address_of(user: User, address: str) -> bool:
    """Whether the address is one that this person gave, verified or not."""
    address = address.lower()
    return user.email == address or EmailAddress.objects.filter(user=user, email=address).exists()


def is_expired(invitation: StaffInvitation, now: datetime) -> bool:
    return now >= invitation.expires_at
