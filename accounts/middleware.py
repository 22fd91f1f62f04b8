"""Who is signed in, and in which time zone they read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import middleware
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.time_zones import known_zones

COOKIE = "time_zone"


class LoginRequiredMiddleware(middleware.LoginRequiredMiddleware):
    """Django's, but a script gets 401 and the sign-in address: it can't follow a redirect.

    So a page in mid-test can keep what it holds and offer to sign in again.
    """

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponse:
        if request.get_preferred_type(["text/html", "application/json"]) != "application/json":
            return super().handle_no_permission(request, view_func)
        login_url = resolve_url(self.get_login_url(view_func))
        parameters = {self.get_redirect_field_name(view_func): _page_of(request)}
        answer = {"error": "sign-in-needed", "login_url": f"{login_url}?{urlencode(parameters)}"}
        return JsonResponse(answer, status=401)


def _page_of(request: HttpRequest) -> str:
    """The page that sent the request; its own address may be one that only takes data."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    parts = urlsplit(page)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"


class TimeZoneMiddleware:
    """Activates the zone that a person chose, else the one that the browser told by a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Threads are used again: without this, a zone would leak into the next request.
        timezone.deactivate()
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        # The user is asked only where LoginRequiredMiddleware, which runs before, has loaded it:
        # no page pays a query here.
        user = getattr(request, "_cached_user", None)
        name = getattr(user, "time_zone", "") or request.COOKIES.get(COOKIE, "")
        if name in known_zones():
            timezone.activate(ZoneInfo(name))
