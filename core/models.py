"""Audit, the ledger of loaded content, and the development mailbox."""

from django.db import models


class AuditEvent(models.Model):
    """One change, written in its own transaction; PostgreSQL refuses to alter or remove it.

    Actors and subjects are named by opaque ids and `changes` holds no personal value, so that
    erasing a person leaves the audit whole.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True, help_text="User, or null for the portal itself.")
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    changes = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-at"], name="audit_by_subject"),
            models.Index(fields=["actor_id", "-at"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"


class ContentRecord(models.Model):
    """What a content file held when it was last loaded, so that an admin's edit is noticed."""

    kind = models.CharField(max_length=30)
    code = models.CharField(max_length=80)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="content_record_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


class MailboxMessage(models.Model):
    """An e-mail that was kept instead of sent, in development and tests."""

    sent_at = models.DateTimeField(auto_now_add=True)
    recipient = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"
