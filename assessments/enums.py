"""The states and kinds that assessments know."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Publication(TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    RETIRED = "retired", _("Retired")


class ItemUse(TextChoices):
    SCORED = "scored", _("Scored")
    PRACTICE = "practice", _("Practice, with feedback")


class ParameterOrigin(TextChoices):
    JUDGED = "judged", _("Judged by experts")
    CALIBRATED = "calibrated", _("Calibrated from responses")


class AttemptState(TextChoices):
    IN_PROGRESS = "in-progress", _("In progress")
    PAUSED = "paused", _("Paused")
    AWAITING_RATING = "awaiting-rating", _("Awaiting rating")
    SCORED = "scored", _("Scored")
    VOIDED = "voided", _("Voided")


class Ending(TextChoices):
    """How an attempt came to its end."""

    SUBMITTED = "submitted", _("Submitted")
    TIMED_OUT = "timed-out", _("Time ran out")


class Device(TextChoices):
    KEYBOARD = "keyboard", _("Keyboard")
    PHONE = "phone", _("Phone")


class ReportState(TextChoices):
    OPEN = "open", _("Open")
    SETTLED = "settled", _("Settled")


OPEN_STATES = (AttemptState.IN_PROGRESS, AttemptState.PAUSED)
