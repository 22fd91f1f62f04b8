"""Inviting, accepting and removing staff."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.actions import accept_invitation, invite_staff, remove_member, withdraw_invitation
from accounts.errors import (
    AlreadyMember,
    InvitationExpired,
    InvitationUsed,
    InvitedAnotherAddress,
    LastManager,
)
from accounts.models import Membership, MembershipRole, StaffInvitation
from core.models import AuditEvent
from tests.accounts.helpers import at_once, link_in, mails
from tests.factories.accounts import EmployerFactory, MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
RECRUITER, MANAGER = MembershipRole.RECRUITER, MembershipRole.MANAGER


def invited(employer=None, email="new@example.com", role=RECRUITER, now=NOW):
    """An invitation and the token in its e-mail."""
    employer = employer or EmployerFactory()
    invitation = invite_staff(
        employer=employer, email=email, role=role, invited_by=UserFactory(), now=now
    )
    return invitation, link_in(mails(invitation.email)[-1], "/invitations/").split("/")[2]


def test_an_invitation_is_mailed_by_a_job_and_only_its_digest_is_stored():
    invitation, token = invited(EmployerFactory(name="Acme & Sons"), "New@Example.com")
    [mail] = mails("new@example.com")
    assert mail["subject"] == "Join the staff of Acme & Sons"
    assert "Acme &amp; Sons" in mail["html"]
    assert token not in str(StaffInvitation.objects.values().get())
    assert len(token) >= 43
    assert invitation.expires_at == NOW + timedelta(days=14)


def test_an_invitation_that_rolls_back_is_never_mailed():
    with transaction.atomic():
        invited()
        transaction.set_rollback(True)
    assert mails() == []
    assert not AuditEvent.objects.exists()


def test_the_audit_names_no_person():
    invited()
    event = AuditEvent.objects.get(action="staff invited")
    assert "example.com" not in str(event.changes)
    assert event.changes["role"] == RECRUITER


def test_inviting_again_replaces_the_open_invitation():
    employer = EmployerFactory()
    _, old = invited(employer)
    second, new = invited(employer, "NEW@example.com", MANAGER)
    assert StaffInvitation.objects.count() == 1
    user = UserFactory(email="new@example.com")
    with pytest.raises(StaffInvitation.DoesNotExist):
        accept_invitation(user=user, token=old, now=NOW)
    assert accept_invitation(user=user, token=new, now=NOW).role == MANAGER
    assert second.employer == employer


def test_a_member_isnt_invited_again():
    member = MembershipFactory(user__email="ann@example.com")
    with pytest.raises(AlreadyMember):
        invited(member.employer, "Ann@example.com")
    assert mails() == []


def test_accepting_makes_a_member_and_is_audited():
    invitation, token = invited()
    user = UserFactory(email="new@example.com")
    membership = accept_invitation(user=user, token=token, now=NOW)
    assert (membership.employer, membership.role) == (invitation.employer, RECRUITER)
    event = AuditEvent.objects.get(action="staff joined")
    assert event.actor_id == user.pk
    assert event.changes == {"employer": invitation.employer_id, "role": [None, RECRUITER]}


def test_accepting_twice_changes_nothing_more():
    _, token = invited()
    user = UserFactory(email="new@example.com")
    first = accept_invitation(user=user, token=token, now=NOW)
    assert accept_invitation(user=user, token=token, now=NOW) == first
    assert AuditEvent.objects.filter(action="staff joined").count() == 1


def test_a_used_invitation_doesnt_bring_a_removed_member_back():
    invitation, token = invited()
    user = UserFactory(email="new@example.com")
    membership = accept_invitation(user=user, token=token, now=NOW)
    remove_member(membership=membership, removed_by=UserFactory())
    with pytest.raises(InvitationUsed):
        accept_invitation(user=user, token=token, now=NOW)
    assert not Membership.objects.filter(employer=invitation.employer).exists()


def test_it_expires_after_fourteen_days_to_the_second():
    _, token = invited()
    user = UserFactory(email="new@example.com")
    with pytest.raises(InvitationExpired):
        accept_invitation(user=user, token=token, now=NOW + timedelta(days=14))
    just_before = NOW + timedelta(days=14) - timedelta(seconds=1)
    assert accept_invitation(user=user, token=token, now=just_before)


def test_it_is_for_the_invited_address_only():
    _, token = invited()
    with pytest.raises(InvitedAnotherAddress, match=r"new@example\.com"):
        accept_invitation(user=UserFactory(email="other@example.com"), token=token, now=NOW)
    assert not Membership.objects.exists()


def test_a_second_verified_address_counts():
    _, token = invited()
    user = UserFactory(verified=True)
    user.emailaddress_set.create(email="new@example.com", verified=True)
    assert accept_invitation(user=user, token=token, now=NOW)


def test_a_guessed_token_leads_nowhere():
    invited()
    with pytest.raises(StaffInvitation.DoesNotExist):
        accept_invitation(user=UserFactory(email="new@example.com"), token="guess", now=NOW)


def test_withdrawing_stops_the_link():
    invitation, token = invited()
    withdraw_invitation(invitation=invitation, withdrawn_by=UserFactory())
    with pytest.raises(StaffInvitation.DoesNotExist):
        accept_invitation(user=UserFactory(email="new@example.com"), token=token, now=NOW)
    assert AuditEvent.objects.filter(action="staff invitation withdrawn").count() == 1


def test_an_accepted_invitation_cant_be_withdrawn():
    invitation, token = invited()
    accept_invitation(user=UserFactory(email="new@example.com"), token=token, now=NOW)
    with pytest.raises(InvitationUsed):
        withdraw_invitation(invitation=invitation, withdrawn_by=UserFactory())


def test_the_last_manager_stays():
    manager = MembershipFactory(manager=True)
    MembershipFactory(employer=manager.employer)
    with pytest.raises(LastManager):
        remove_member(membership=manager, removed_by=manager.user)


def test_a_manager_goes_once_there_is_another():
    manager = MembershipFactory(manager=True)
    MembershipFactory(employer=manager.employer, manager=True)
    remove_member(membership=manager, removed_by=manager.user)
    event = AuditEvent.objects.get(action="staff removed")
    assert event.changes["role"] == [MANAGER, None]
    remove_member(membership=manager, removed_by=manager.user)
    assert AuditEvent.objects.filter(action="staff removed").count() == 1


def test_postgresql_keeps_one_open_invitation_to_an_address():
    invitation, _ = invited()
    with pytest.raises(IntegrityError, match="staff_invitation_open_once"), transaction.atomic():
        StaffInvitation.objects.create(
            employer=invitation.employer,
            email="NEW@example.com",
            role=RECRUITER,
            token_digest="x",
            expires_at=NOW,
        )


def test_two_managers_who_remove_each_other_at_once_leave_one(committed):
    first = MembershipFactory(manager=True)
    second = MembershipFactory(employer=first.employer, manager=True)
    outcomes = at_once(
        lambda: remove_member(membership=second, removed_by=first.user),
        lambda: remove_member(membership=first, removed_by=second.user),
    )
    assert set(outcomes) == {None, LastManager}
    assert Membership.objects.filter(employer=first.employer, role=MANAGER).count() == 1


def test_two_acceptances_at_once_make_one_member(committed):
    _, token = invited()
    user = UserFactory(email="new@example.com")
    outcomes = at_once(*2 * [lambda: accept_invitation(user=user, token=token, now=NOW)])
    assert outcomes == [None, None]
    assert Membership.objects.count() == 1
    assert AuditEvent.objects.filter(action="staff joined").count() == 1


def test_two_invitations_at_once_leave_one_open(committed):
    employer, manager = EmployerFactory(), UserFactory()

    def invite():
        invite_staff(
            employer=employer, email="a@example.com", role=RECRUITER, invited_by=manager, now=NOW
        )

    assert at_once(invite, invite) == [None, None]
    assert StaffInvitation.objects.count() == 1
