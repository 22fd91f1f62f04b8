"""Fit as a fill: what is secured, what it could become, and the fit over what is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

EVERYTHING_MEASURED = 1e-9
"""A spread below this is no more than the rounding of the bounds."""


class HasFit(Protocol):
    """A readiness, computed or stored."""

    @property
    def fit(self) -> float | None: ...
    @property
    def lowest(self) -> float: ...
    @property
    def highest(self) -> float: ...


@dataclass(frozen=True, slots=True)
class FitPicture:
    """Shares from 0 to 1."""

    fit: float | None
    lowest: float
    highest: float

    @property
    def spread(self) -> float:
        """What skills not yet measured could still add."""
        return self.highest - self.lowest

    @property
    def percent(self) -> dict[str, int]:
        """Whole percents, rounded down: nobody is a perfect match by rounding."""
        shares = {"fit": self.fit or 0.0, "lowest": self.lowest, "highest": self.highest}
        return {name: int(100 * share) for name, share in shares.items()}

    @property
    def text(self) -> str:
        """The picture in words."""
        if self.fit is None:
            return _("Fit: not known yet")
        values = self.percent
        if self.spread < EVERYTHING_MEASURED:
            return _("Fit %(fit)d percent, everything measured") % values
        return (
            _("Fit %(fit)d percent so far; between %(lowest)d and %(highest)d with all measured")
            % values
        )


def fit_picture(found: HasFit) -> FitPicture:
    return FitPicture(found.fit, found.lowest, found.highest)
