"""Audit events are written with the change, and never changed or removed."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from core import audit
from core.models import AuditEvent, MailboxMessage


@pytest.fixture
def event(db):
    subject = MailboxMessage.objects.create(recipient="a@b.example", subject="s", text="t")
    audit.record(actor=None, action="tested", subject=subject, changes={"x": [1, 2]})
    return AuditEvent.objects.get()


def test_an_event_names_its_subject_and_holds_what_changed(event):
    assert event.actor_id is None
    assert event.action == "tested"
    assert event.subject_type == "core.mailboxmessage"
    assert event.subject_id == str(MailboxMessage.objects.get().pk)
    assert event.changes == {"x": [1, 2]}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditevent SET action = 'forged'",
        "UPDATE core_auditevent SET at = now()",
        "DELETE FROM core_auditevent",
    ],
)
def test_postgresql_refuses_to_change_or_remove_an_event(event, statement):
    with (
        pytest.raises(IntegrityError, match="never changed or removed") as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert refusal.value.__cause__.diag.constraint_name == "audit_is_append_only"
    assert AuditEvent.objects.get().action == "tested"


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused():
    subject = MailboxMessage.objects.create(recipient="a@b.example", subject="s", text="t")

    with pytest.raises(transaction.TransactionManagementError, match="into a transaction"):
        audit.record(actor=None, action="tested", subject=subject)


def test_an_event_goes_with_the_change_that_is_rolled_back(db):
    subject = MailboxMessage.objects.create(recipient="a@b.example", subject="s", text="t")

    with transaction.atomic():
        audit.record(actor=None, action="tested", subject=subject)
        transaction.set_rollback(True)

    assert not AuditEvent.objects.exists()


def test_differences_name_before_and_after_of_what_changed_only():
    before = {"a": 1, "b": "x", "when": datetime(2026, 1, 1, tzinfo=UTC)}
    after = {"a": 1, "b": "y", "when": datetime(2026, 1, 2, tzinfo=UTC), "new": None, "more": [1]}

    assert audit.differences(before, after) == {
        "b": ["x", "y"],
        "when": ["2026-01-01 00:00:00+00:00", "2026-01-02 00:00:00+00:00"],
        "more": [None, [1]],
    }
