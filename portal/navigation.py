"""The links at the top of each page: what this person can do here, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from accounts.models import Membership, User


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    main: list[Link]
    account: list[Link]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Template context: `navigation`, computed only by pages that show it."""
    return {"navigation": SimpleLazyObject(lambda: _navigation(request))}


def _navigation(request: HttpRequest) -> Navigation:
    def link(label: str, name: str, *arguments: Any) -> Link:
        url = reverse(name, args=arguments)
        current = request.path == url if url == "/" else request.path.startswith(url)
        return Link(label, url, current)

    main = [
        link(_("Assessments"), "assessments:catalogue"),
        link(_("Roles"), "careers:roles"),
        link(_("Courses"), "learning:catalogue"),
        link(_("Openings"), "hiring:openings"),
    ]
    user = request.user
    if not isinstance(user, User):
        account = [link(_("Sign in"), "account_login"), link(_("Sign up"), "account_signup")]
        return Navigation(main, account)
    personal = [
        link(_("Your skills"), "assessments:skill_profile"),
        link(_("Career map"), "careers:career_map"),
        link(_("Applications"), "hiring:applications"),
    ]
    memberships = Membership.objects.filter(user=user).select_related("employer")
    staff = [
        link(membership.employer.name, "hiring:requisitions", membership.employer.slug)
        for membership in memberships
    ]
    if user.is_staff:
        staff.append(link(_("Administration"), "admin:index"))
    account = [link(user.name or user.email, "accounts:profile")]
    return Navigation([*main, *personal, *staff], account)
