"""Why an action was refused, in words that a page can show."""

from __future__ import annotations

from django.utils.translation import gettext as _


class ActionRefused(Exception):
    """An action that isn't possible now. `str()` says why, and what to do."""


class AlreadyMember(ActionRefused):
    def __str__(self) -> str:
        return _("This person is already on the staff.")


class LastManager(ActionRefused):
    def __str__(self) -> str:
        return _("An employer needs a manager. Invite another one first, then remove this one.")


class InvitationUsed(ActionRefused):
    def __str__(self) -> str:
        return _("This invitation has been used already. Ask for a new one if you need it.")


class InvitationExpired(ActionRefused):
    def __str__(self) -> str:
        return _("This invitation has expired. Ask the person who invited you for a new one.")


class InvitedAnotherAddress(ActionRefused):
    """Somebody signed in with another address than the one that was invited."""

    def __init__(self, invited: str) -> None:
        super().__init__(invited)
        self.invited = invited

    def __str__(self) -> str:
        return _(
            "This invitation is for %(address)s. Sign out, then sign in or sign up "
            "with that address."
        ) % {"address": self.invited}
