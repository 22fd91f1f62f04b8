"""Why an action was refused, in words that a page can show."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.errors import ActionRefused
from hiring.enums import Stage


class NotOpen(ActionRefused):
    def __str__(self) -> str:
        return _("This opening takes no applications at the moment.")


class AddressUnverified(ActionRefused):
    def __str__(self) -> str:
        return _("Verify your e-mail address first, so that the employer’s answer reaches you.")


class AssessmentConsentMissing(ActionRefused):
    def __str__(self) -> str:
        return _("Before you apply we need your consent to process your assessment data.")


class ResultsChanged(ActionRefused):
    """What would be shared is no longer what the candidate agreed to."""

    def __str__(self) -> str:
        return _(
            "Your results or the requirements changed since you opened this page. Nothing was "
            "shared. Look at the list again before you agree."
        )


class ApplicationEnded(ActionRefused):
    def __str__(self) -> str:
        return _("This application has ended already. Nothing was changed.")


class StageChanged(ActionRefused):
    """Somebody else moved the application in the meantime."""

    def __init__(self, stage: str) -> None:
        super().__init__(stage)
        self.stage = stage

    def __str__(self) -> str:
        return _(
            "Nothing was changed: this application has been moved to ‘%(stage)s’ since you opened "
            "the page. Look at it again before you decide."
        ) % {"stage": Stage(self.stage).label}


class MoveNotPossible(ActionRefused):
    def __init__(self, from_stage: str, to_stage: str) -> None:
        super().__init__(from_stage, to_stage)
        self.from_stage, self.to_stage = from_stage, to_stage

    def __str__(self) -> str:
        return _(
            "Nothing was changed: an application can’t go from ‘%(from)s’ to ‘%(to)s’."
        ) % {"from": Stage(self.from_stage).label, "to": Stage(self.to_stage).label}


class SeatsFilled(ActionRefused):
    def __str__(self) -> str:
        return _(
            "Nothing was changed: every seat of this opening is filled. Raise the number of seats "
            "first if there is one more."
        )


class StateNotPossible(ActionRefused):
    def __str__(self) -> str:
        return _("Nothing was changed: the opening has been opened or closed in the meantime.")


class RoleFixed(ActionRefused):
    def __str__(self) -> str:
        return _("The role can’t be changed once the opening has been open.")


class RequirementsChanged(ActionRefused):
    def __str__(self) -> str:
        return _(
            "Nothing was saved: a colleague changed the requirements since you opened this page. "
            "Here is what they say now."
        )


class NothingAsked(ActionRefused):
    def __str__(self) -> str:
        return _("Ask for at least one skill: otherwise nothing speaks for anybody.")
