"""Access to candidate data is recorded."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from core import audit
from hiring.models import Application, Requisition


@transaction.atomic
def record_view(*, application: Application, viewer: User) -> None:
    audit.record(actor=viewer, action="applicant viewed", subject=application)


@transaction.atomic
def record_export(*, requisition: Requisition, exporter: User, filters: dict[str, Any]) -> None:
    """`filters` holds codes only: a name that was searched for stays out of the audit."""
    audit.record(
        actor=exporter, action="applicants exported", subject=requisition, changes=filters
    )
