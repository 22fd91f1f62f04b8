"""Who changed what, when, from what to what."""

from __future__ import annotations

from typing import Any, Protocol

from django.db import models, transaction

from core.models import AuditEvent


class Actor(Protocol):
    pk: int | None


def record(
    *,
    actor: Actor | None,
    action: str,
    subject: models.Model,
    changes: dict[str, Any] | None = None,
) -> None:
    """Write one audit event in the transaction of the change itself.

    `actor` is None for the portal itself. `changes` maps a field to `[before, after]`, or holds
    facts of the event; it must hold no personal value. Raises TransactionManagementError outside
    a transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("audit events belong into a transaction")
    AuditEvent.objects.create(
        actor_id=actor.pk if actor else None,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        changes=changes or {},
    )


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """`{field: [before, after]}` for the fields that differ, as JSON can hold them."""
    return {
        field: [_plain(before.get(field)), _plain(value)]
        for field, value in after.items()
        if before.get(field) != value
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
