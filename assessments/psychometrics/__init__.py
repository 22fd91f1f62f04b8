"""From responses to a score with its error. Pure: no Django, no clock, no hidden random source."""

from __future__ import annotations

from .estimation import estimate_ability
from .types import AbilityEstimate, ItemParameters, ScoredResponse

__all__ = ["AbilityEstimate", "ItemParameters", "ScoredResponse", "estimate_ability"]
