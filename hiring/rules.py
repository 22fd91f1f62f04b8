"""Who may do what here, as small predicates. Staff are told by `accounts.rules.membership_of`."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from accounts.models import User
from hiring import pipeline
from hiring.enums import RequisitionState
from hiring.models import Application, Requisition


def has_verified_address(user: User) -> bool:
    return EmailAddress.objects.filter(user=user, verified=True).exists()


def is_candidate_of(user: User, application: Application) -> bool:
    return application.candidate_id == user.pk


def may_withdraw(user: User, application: Application) -> bool:
    return is_candidate_of(user, application) and pipeline.may_withdraw(application.stage)


def may_share(user: User, application: Application) -> bool:
    """Newer results help nobody once the application has ended."""
    return is_candidate_of(user, application) and not pipeline.is_final(application.stage)


def takes_applications(requisition: Requisition) -> bool:
    return requisition.state == RequisitionState.OPEN


def is_public(requisition: Requisition) -> bool:
    """Whether anybody may look: a closed opening says so, a draft doesn't exist."""
    return requisition.state != RequisitionState.DRAFT
