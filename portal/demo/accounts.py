"""Accounts with a known password, for development and tests alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assessments.models import Accommodation

from .by_actions import agree_and_verify, declare, study, take
from .catalogue import Catalogue, PlannedSitting
from .openings import Openings
from .people import Person, person
from .sitting import Typist

DEMO_PASSWORD = "demo-portal-2026"  # noqa: S105  (known on purpose, never in production)

CANDIDATE = "candidate@example.com"
NEW_CANDIDATE = "new@example.com"
MANAGER = "hr@example.com"
RECRUITER = "recruiter@example.com"
CONTENT_ADMIN = "content@example.com"
PLATFORM_ADMIN = "admin@example.com"

DEMO_ACCOUNTS = {
    CANDIDATE: _("a candidate, half-way through"),
    NEW_CANDIDATE: _("a candidate who has just signed up"),
    MANAGER: _("HR: manager of an employer"),
    RECRUITER: _("HR: recruiter of the same employer"),
    CONTENT_ADMIN: _("content admin"),
    PLATFORM_ADMIN: _("platform admin"),
}
NAMES = {
    CANDIDATE: "Marisol Reyes",
    NEW_CANDIDATE: "Tomás Vega",
    MANAGER: "Ingrid Okafor",
    RECRUITER: "Dev Malhotra",
    CONTENT_ADMIN: "Saskia Brandt",
    PLATFORM_ADMIN: "Portal Admin",
}
CANDIDATE_ROLE = "customer-service-agent-voice"
MEASURED = 4
ANSWERED = 4
"""Tests that the candidate has finished, and questions answered in the one that is open."""


class DemoAccountsRefused(Exception):
    """Accounts with a known password don't belong into production."""


def require_demo_accounts_allowed(force: bool = False) -> None:
    """Raises DemoAccountsRefused."""
    if settings.IN_PRODUCTION and not force:
        raise DemoAccountsRefused


@transaction.atomic
def ensure_accounts(now: datetime) -> dict[str, User]:
    """The accounts by address; one that exists is left as it is, its password too."""
    password = make_password(DEMO_PASSWORD)
    found = {}
    for email in DEMO_ACCOUNTS:
        user = User.objects.filter(email=email, emailaddress__verified=True).first()
        if user is None:
            user = User(email=email, name=NAMES[email], password=password)
            user.is_content_admin = email == CONTENT_ADMIN
            user.is_platform_admin = email == PLATFORM_ADMIN
            user.save()
            agree_and_verify(user, now - timedelta(days=30 if email != NEW_CANDIDATE else 0))
        found[email] = user
    return found


@transaction.atomic
def ensure_candidate_history(
    user: User, catalogue: Catalogue, openings: Openings, now: datetime
) -> None:
    """Half-way through: some skills measured, a test open, a course begun, an application sent.

    Who has taken any test is left alone. Extra time keeps the open test open for a while.
    """
    role = next((role for role in catalogue.roles if role.code == CANDIDATE_ROLE), None)
    if role is None or user.attempts.exists():
        return
    candidate = _candidate(user, now)
    Accommodation.objects.get_or_create(candidate=user, defaults={"extra_time_percent": 100})
    declare(user, candidate, role, candidate.joined_at + timedelta(minutes=10))
    battery = [catalogue.assessments[code] for code in catalogue.batteries[role.pk]]
    at = candidate.joined_at
    for assessment in battery[:MEASURED]:
        at += timedelta(days=2, hours=3)
        take(user, candidate, catalogue, PlannedSitting(assessment, at))
    study(user, candidate, catalogue, role, now - timedelta(days=1))
    openings.apply_by_action(user, candidate, role, at + timedelta(hours=1), now)
    for assessment in battery[MEASURED : MEASURED + 1]:
        open_test = PlannedSitting(assessment, now)
        take(user, candidate, catalogue, open_test, until_position=ANSWERED + 1)


def _candidate(user: User, now: datetime) -> Person:
    drawn = person(seed=0, number=1052, now=now)
    return replace(
        drawn,
        email=user.email,
        name=user.name,
        joined_at=now - timedelta(days=24),
        general=0.3,
        pace=0.8,
        typist=Typist(gross_wpm=41, accuracy=0.975, device="keyboard"),
        english="B2",
    )
