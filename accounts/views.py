"""Pages about oneself, one's consent, and the staff of an employer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions import (
    accept_invitation,
    change_profile,
    invite_staff,
    remove_member,
    withdraw_invitation,
)
from accounts.consents import current_text, give_consent, has_consent, withdraw_consent
from accounts.errors import ActionRefused
from accounts.forms import ConsentForm, InvitationForm, ProfileForm
from accounts.middleware import COOKIE
from accounts.models import ConsentKind, ConsentText, Membership, MembershipRole, StaffInvitation
from accounts.queries import consents_of, current_texts, profile, staff_of
from accounts.rules import is_address_of, is_expired, may_manage_staff
from accounts.tokens import token_digest


def profile_page(request: HttpRequest) -> HttpResponse:
    user = request.user
    form = ProfileForm(
        request.POST or None,
        initial={"name": user.name, "time_zone": user.time_zone},
        device_zone=request.COOKIES.get(COOKIE, ""),
    )
    if request.method == "POST" and form.is_valid():
        change_profile(user=user, **form.cleaned_data)
        messages.success(request, _("Your details are saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form, "profile": profile(user)})


def consent(request: HttpRequest) -> HttpResponse:
    """Ask for consent before the first test, and go on where the person came from."""
    try:
        text = current_text(ConsentKind.ASSESSMENT)
    except ConsentText.DoesNotExist:
        raise Http404 from None
    going_on = _safe_page(request)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_consent(user=request.user, text=text)
        messages.success(request, _("Thank you. You can withdraw this any time under Your data."))
        return redirect(going_on or "privacy")
    context = {
        "text": text,
        "form": form,
        "next": going_on,
        "given": has_consent(request.user, text.kind),
    }
    return render(request, "accounts/consent.html", context)


def withdraw(request: HttpRequest, kind: str) -> HttpResponse:
    if kind not in ConsentKind.values or not has_consent(request.user, ConsentKind(kind)):
        raise Http404
    if request.method == "POST":
        withdraw_consent(user=request.user, kind=ConsentKind(kind), now=timezone.now())
        messages.success(request, _("Your consent is withdrawn. You can give it again any time."))
        return redirect("privacy")
    return render(request, "accounts/withdraw_consent.html", {"kind": ConsentKind(kind)})


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    consents = consents_of(request.user) if request.user.is_authenticated else []
    context = {"consents": consents, "texts": current_texts()}
    return render(request, "accounts/privacy.html", context)


def members(request: HttpRequest, slug: str) -> HttpResponse:
    membership = _own_membership(request, slug)
    return _members_page(request, membership, InvitationForm())


@require_POST
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    membership = _manager(request, slug)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _members_page(request, membership, form, status=422)
    address = form.cleaned_data["email"]
    try:
        invite_staff(
            employer=membership.employer,
            email=address,
            role=MembershipRole(form.cleaned_data["role"]),
            invited_by=request.user,
            now=timezone.now(),
        )
    except ActionRefused as refusal:
        form.add_error("email", str(refusal))
        return _members_page(request, membership, form, status=422)
    told = _("An invitation is on its way to %(address)s.") % {"address": address}
    messages.success(request, told)
    return redirect("accounts:members", slug)


def remove(request: HttpRequest, slug: str, membership_id: int) -> HttpResponse:
    own = _manager(request, slug)
    staff = Membership.objects.select_related("user", "employer")
    member = get_object_or_404(staff, pk=membership_id, employer=own.employer)
    if request.method != "POST":
        context = {"member": member, "employer": own.employer, "oneself": member.pk == own.pk}
        return render(request, "accounts/remove_member.html", context)
    try:
        remove_member(membership=member, removed_by=request.user)
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("accounts:members", slug)
    messages.success(request, _("%(name)s is no longer on the staff.") % {"name": member.user})
    return redirect("home") if member.pk == own.pk else redirect("accounts:members", slug)


@require_POST
def withdraw_invitation_page(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponse:
    own = _manager(request, slug)
    invitations = StaffInvitation.objects.select_related("employer")
    offered = get_object_or_404(invitations, pk=invitation_id, employer=own.employer)
    try:
        withdraw_invitation(invitation=offered, withdrawn_by=request.user)
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn; its link no longer works."))
    return redirect("accounts:members", slug)


@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of an invitation leads: accept it, or first sign in with that address."""
    invitations = StaffInvitation.objects.select_related("employer", "invited_by")
    offered = get_object_or_404(invitations, token_digest=token_digest(token))
    user = request.user
    if request.method == "POST":
        return _accept(request, token) if user.is_authenticated else redirect_to_login(request.path)
    context = {
        "invitation": offered,
        "expired": not offered.accepted_at and is_expired(offered, timezone.now()),
        "addressed": user.is_authenticated and is_address_of(user, offered.email),
    }
    return render(request, "accounts/invitation.html", context)


def _accept(request: HttpRequest, token: str) -> HttpResponse:
    try:
        membership = accept_invitation(user=request.user, token=token, now=timezone.now())
    except StaffInvitation.DoesNotExist:
        raise Http404 from None
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect(request.path)
    employer = membership.employer
    messages.success(request, _("Welcome to the staff of %(employer)s.") % {"employer": employer})
    return redirect("accounts:members", employer.slug)


def _own_membership(request: HttpRequest, slug: str) -> Membership:
    """404 for everybody who isn't on that employer's staff, as if it didn't exist."""
    memberships = Membership.objects.select_related("employer")
    return get_object_or_404(memberships, user=request.user, employer__slug=slug)


def _manager(request: HttpRequest, slug: str) -> Membership:
    membership = _own_membership(request, slug)
    if not may_manage_staff(membership):
        raise PermissionDenied
    return membership


def _members_page(
    request: HttpRequest, membership: Membership, form: InvitationForm, status: int = 200
) -> HttpResponse:
    context = {
        "membership": membership,
        "employer": membership.employer,
        "staff": staff_of(membership.employer, timezone.now()),
        "may_manage": may_manage_staff(membership),
        "form": form,
    }
    return render(request, "accounts/members.html", context, status=status)


def _safe_page(request: HttpRequest) -> str:
    """Where `next` leads, if it is a page of this portal; else ''."""
    page = request.POST.get("next") or request.GET.get("next", "")
    here = url_has_allowed_host_and_scheme(
        page, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return page if here else ""
