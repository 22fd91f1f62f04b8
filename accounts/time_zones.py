"""The time zones that a person can choose from."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from zoneinfo import available_timezones

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# The other names in the database (US, Etc, SystemV …) are older names of places in these.
CONTINENTS = {
    "Africa": gettext_lazy("Africa"),
    "America": gettext_lazy("America"),
    "Antarctica": gettext_lazy("Antarctica"),
    "Arctic": gettext_lazy("Arctic"),
    "Asia": gettext_lazy("Asia"),
    "Atlantic": gettext_lazy("Atlantic Ocean"),
    "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"),
    "Indian": gettext_lazy("Indian Ocean"),
    "Pacific": gettext_lazy("Pacific Ocean"),
}
Choices = list[tuple[str | Promise, str | list[tuple[str, str]]]]


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@cache
def _zones_by_continent() -> Choices:
    places: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(known_zones()):
        continent, _slash, place = name.partition("/")
        if continent in CONTINENTS and place:
            places[continent].append((name, place_name(place)))
    return [(label, places[continent]) for continent, label in CONTINENTS.items()]


def place_name(place: str) -> str:
    """'Argentina/Buenos_Aires' as 'Buenos Aires, Argentina'."""
    return ", ".join(reversed(place.replace("_", " ").split("/")))


def zone_choices(device_zone: str) -> Choices:
    """Every zone by continent, after 'as on this device'."""
    device = place_name(device_zone.partition("/")[2]) if device_zone in known_zones() else ""
    first = _("As on this device")
    if device:
        first = _("As on this device (%(place)s)") % {"place": device}
    return [("", first), ("UTC", "UTC"), *_zones_by_continent()]
