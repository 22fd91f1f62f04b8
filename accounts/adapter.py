"""How allauth is fitted into the portal."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Allauth's own behaviour, for a user model with one name and no username."""
