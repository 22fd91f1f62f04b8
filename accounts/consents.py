"""Consent: asked for, recorded with the version of its text, and withdrawn at any time."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import Consent, ConsentKind, ConsentText, User
from accounts.signals import consent_withdrawn
from core import audit


def current_text(kind: ConsentKind) -> ConsentText:
    """The newest published text. Raises ConsentText.DoesNotExist before content is loaded."""
    return ConsentText.objects.filter(kind=kind).order_by("-version")[:1].get()


def has_consent(user: User, kind: ConsentKind) -> bool:
    return Consent.objects.filter(user=user, kind=kind, withdrawn_at=None).exists()


@transaction.atomic
def give_consent(*, user: User, text: ConsentText) -> Consent:
    """Record agreement to `text`; giving it twice changes nothing."""
    consent, created = Consent.objects.get_or_create(
        user=user, kind=text.kind, withdrawn_at=None, defaults={"text": text}
    )
    if created:
        changes = {"kind": text.kind, "version": text.version}
        audit.record(actor=user, action="consent given", subject=consent, changes=changes)
    return consent


@transaction.atomic
def withdraw_consent(*, user: User, kind: ConsentKind, now: datetime) -> None:
    """Withdraw; without a consent in force nothing happens."""
    for consent in Consent.objects.select_for_update().filter(
        user=user, kind=kind, withdrawn_at=None
    ):
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        audit.record(
            actor=user, action="consent withdrawn", subject=consent, changes={"kind": kind}
        )
        consent_withdrawn.send(sender=Consent, user=user, kind=kind, now=now)
