"""The band: how every score in the portal is drawn. Pure: no Django beyond translation.

A band stands on a track from 0 to 100 with the five levels marked. The estimate is a bar as wide
as its error band (score ± 1 SEM); what a role asks for is a notch.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Standing(StrEnum):
    MEASURED = "measured"
    FIRST_INDICATION = "first-indication"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A score from 0 to 100 with the ends of its error band, and what it rests on."""

    score: float
    low: float
    high: float
    level: int
    response_count: int
    measured_on: date
    standing: Standing = Standing.MEASURED
    provisional: bool = False
    knowledge_only: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """One skill on its track. `marks` are the scores at which levels 2 to 5 begin."""

    name: str
    marks: tuple[float, float, float, float]
    estimate: Estimate | None = None
    required_level: int | None = None

    @property
    def standing(self) -> Standing:
        return self.estimate.standing if self.estimate else Standing.UNMEASURED

    @property
    def width(self) -> float:
        return max(self.estimate.high - self.estimate.low, 1.0) if self.estimate else 0.0

    @property
    def start(self) -> float:
        """Where the bar begins, so that a very narrow one stays on the track."""
        return min(self.estimate.low, 100.0 - self.width) if self.estimate else 0.0

    @property
    def notch(self) -> float | None:
        """Where the required level begins; None for level 1, which everybody has."""
        if self.required_level is None or self.required_level < 2:
            return None
        return self.marks[self.required_level - 2]

    @property
    def level_centres(self) -> list[tuple[int, float]]:
        """(level, score) pairs that say where to write each level's number."""
        edges = (0.0, *self.marks, 100.0)
        return [(place + 1, (edges[place] + edges[place + 1]) / 2) for place in range(5)]

    @property
    def caveats(self) -> list[str]:
        """What the reader must know beside the picture."""
        if self.estimate is None:
            return []
        found = []
        if self.standing is Standing.FIRST_INDICATION:
            found.append(_("first indication"))
        if self.estimate.provisional:
            found.append(_("provisional"))
        if self.estimate.knowledge_only:
            found.append(_("knowledge only"))
        return found

    @property
    def text(self) -> str:
        """The picture in words."""
        asked = _("this role asks for level %(level)d") % {"level": self.required_level or 0}
        if self.estimate is None:
            words = _("%(name)s: not yet measured") % {"name": self.name}
            return f"{words}; {asked}" if self.required_level else words
        estimate = self.estimate
        responses = ngettext(
            "%(count)d response", "%(count)d responses", estimate.response_count
        ) % {"count": estimate.response_count}
        words = _(
            "%(name)s: level %(level)d, %(score).0f of 100, between %(low).0f and %(high).0f"
        ) % {
            "name": self.name,
            "level": estimate.level,
            "score": estimate.score,
            "low": estimate.low,
            "high": estimate.high,
        }
        parts = [words, responses, date_format(estimate.measured_on, "F Y"), *self.caveats]
        text = ", ".join(parts)
        return f"{text}; {asked}" if self.required_level else text
