"""Why an action was refused, in words that a page can show."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


class ActionRefused(Exception):
    """An action that isn't possible now. `str()` says why, and what to do."""


class ConsentMissing(ActionRefused):
    def __str__(self) -> str:
        return _("Before the first test we need your consent to process your answers.")


class NotOffered(ActionRefused):
    def __str__(self) -> str:
        return _("This assessment isn't offered at the moment.")


class CoolingDown(ActionRefused):
    """A retake before the cool-down has passed."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until

    def __str__(self) -> str:
        date = date_format(localtime(self.until), "DATE_FORMAT")
        return _("You can take this assessment again from %(date)s.") % {"date": date}


class ItemKeepsItsKind(ActionRefused):
    """A used item given another type or skill; `field` says which."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field

    def __str__(self) -> str:
        return _("Candidates have seen this item, so its type and skill stay. Make a new item.")
