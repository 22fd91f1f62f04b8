"""Times are shown in the reader's own zone."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo, available_timezones

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

COOKIE = "time_zone"


class TimeZoneMiddleware:
    """Activates the zone that a person chose, else the one that the browser told by a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.known_zones = available_timezones()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The user is asked only where something has loaded it already: no page pays a query here.
        user = getattr(request, "_cached_user", None)
        name = getattr(user, "time_zone", "") or request.COOKIES.get(COOKIE, "")
        if name in self.known_zones:
            timezone.activate(ZoneInfo(name))
        else:
            timezone.deactivate()
        return self.get_response(request)
