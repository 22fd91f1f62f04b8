"""What hiring does on news from the apps below."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from accounts.models import ConsentKind, User
from accounts.signals import consent_withdrawn
from hiring.actions.applications import end_sharing


@receiver(consent_withdrawn, dispatch_uid="hiring.end_sharing")
def end_sharing_without_consent(
    user: User, kind: ConsentKind, now: datetime, **kwargs: Any
) -> None:
    if kind == ConsentKind.ASSESSMENT:
        end_sharing(candidate=user, now=now)
