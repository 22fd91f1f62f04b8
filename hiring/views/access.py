"""Who may open the employer's pages."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import Employer, User
from accounts.rules import membership_of
from core.pagination import CursorInvalid
from hiring.models import Application, Requisition
from hiring.queries.requisitions import requisition_of

UNREADABLE_CURSOR = (CursorInvalid, ValidationError, ValueError)
"""A page address can be well formed and still name no page."""


def reader(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def staff_employer(request: HttpRequest, slug: str) -> Employer:
    """The employer, for a member of its staff; for everybody else it doesn't exist."""
    employer = get_object_or_404(Employer, slug=slug)
    if membership_of(request.user, employer) is None:
        raise Http404
    return employer


def staff_requisition(request: HttpRequest, slug: str, requisition_id: UUID) -> Requisition:
    employer = staff_employer(request, slug)
    try:
        return requisition_of(employer, requisition_id)
    except Requisition.DoesNotExist:
        raise Http404 from None


def staff_application(request: HttpRequest, slug: str, application_id: UUID) -> Application:
    employer = staff_employer(request, slug)
    return get_object_or_404(
        Application.objects.select_related("requisition__employer"),
        pk=application_id,
        requisition__employer=employer,
    )
