"""Accounts with a known password, for development and tests alone."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
