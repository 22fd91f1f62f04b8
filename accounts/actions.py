"""Changes to a profile and to the staff of an employer."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.errors import (
    AlreadyMember,
    InvitationExpired,
    InvitationUsed,
    InvitedAnotherAddress,
    LastManager,
)
from accounts.mails import send_staff_invitation
from accounts.models import Employer, Membership, MembershipRole, StaffInvitation, User
from accounts.rules import is_address_of, is_expired
from accounts.tokens import new_token, token_digest
from core import audit

INVITATION_LIFETIME = timedelta(days=14)


@transaction.atomic
def change_profile(*, user: User, name: str, time_zone: str) -> None:
    wanted = {"name": name, "time_zone": time_zone}
    changed = [field for field, value in wanted.items() if getattr(user, field) != value]
    if not changed:
        return
    for field in changed:
        setattr(user, field, wanted[field])
    user.save(update_fields=changed)
    audit.record(
        actor=user, action="profile changed", subject=user, changes={"personal_fields": changed}
    )


@transaction.atomic
def invite_staff(
    *, employer: Employer, email: str, role: MembershipRole, invited_by: User, now: datetime
) -> StaffInvitation:
    """Offer a membership by e-mail; an open invitation to that address stops working.

    Raises AlreadyMember.
    """
    _lock_staff(employer)
    email = email.lower()
    if _has_member(employer, email):
        raise AlreadyMember
    token = new_token()
    invitation = StaffInvitation.objects.filter(
        employer=employer, email__iexact=email, accepted_at=None
    ).first() or StaffInvitation(employer=employer, email=email)
    invitation.role = role
    invitation.token_digest = token_digest(token)
    invitation.invited_by = invited_by
    invitation.expires_at = now + INVITATION_LIFETIME
    invitation.save()
    audit.record(
        actor=invited_by,
        action="staff invited",
        subject=invitation,
        changes={"employer": employer.pk, "role": role},
    )
    send_staff_invitation(invitation, token)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: StaffInvitation, withdrawn_by: User) -> None:
    """Raises InvitationUsed when it was accepted in the meantime."""
    _lock_staff(invitation.employer)
    open_ones = StaffInvitation.objects.filter(pk=invitation.pk, accepted_at=None)
    if not open_ones.exists():
        raise InvitationUsed
    audit.record(
        actor=withdrawn_by,
        action="staff invitation withdrawn",
        subject=invitation,
        changes={"employer": invitation.employer_id, "role": [invitation.role, None]},
    )
    open_ones.delete()


@transaction.atomic
def accept_invitation(*, user: User, token: str, now: datetime) -> Membership:
    """Make `user` a member; whoever accepted already just gets the membership again.

    Raises StaffInvitation.DoesNotExist for a token that was never sent or has been replaced,
    InvitationUsed, InvitationExpired, InvitedAnotherAddress.
    """
    invitation = (
        StaffInvitation.objects.select_for_update(of=("self",))
        .select_related("employer")
        .get(token_digest=token_digest(token))
    )
    if not is_address_of(user, invitation.email):
        raise InvitedAnotherAddress(invitation.email)
    if invitation.accepted_at:
        membership = Membership.objects.filter(user=user, employer=invitation.employer).first()
        if membership is None:
            raise InvitationUsed
        return membership
    if is_expired(invitation, now):
        raise InvitationExpired
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    membership, _ = Membership.objects.get_or_create(
        user=user, employer=invitation.employer, defaults={"role": invitation.role}
    )
    changes = {"employer": invitation.employer_id, "role": [None, membership.role]}
    audit.record(actor=user, action="staff joined", subject=membership, changes=changes)
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, removed_by: User) -> None:
    """End a membership; one that has ended already is left alone. Raises LastManager."""
    _lock_staff(membership.employer)
    staff = Membership.objects.filter(employer=membership.employer)
    member = staff.filter(pk=membership.pk).first()
    if member is None:
        return
    managers = staff.filter(role=MembershipRole.MANAGER)
    if member.role == MembershipRole.MANAGER and not managers.exclude(pk=member.pk).exists():
        raise LastManager
    changes = {
        "employer": member.employer_id,
        "user": member.user_id,
        "role": [member.role, None],
    }
    audit.record(actor=removed_by, action="staff removed", subject=member, changes=changes)
    member.delete()


def _lock_staff(employer: Employer) -> None:
    """Changes to one employer's staff happen one after the other.

    NO KEY: rows that refer to the employer, applications for instance, needn't wait.
    """
    Employer.objects.select_for_update(no_key=True).get(pk=employer.pk)


def _has_member(employer: Employer, email: str) -> bool:
    people = EmailAddress.objects.filter(email=email, verified=True).values("user")
    members = Membership.objects.filter(employer=employer)
    return members.filter(user__in=people).exists() or members.filter(user__email=email).exists()
