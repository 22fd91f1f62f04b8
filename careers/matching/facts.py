"""The facts a candidate declares, and the order of their values. A fact never becomes a score."""

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final

CEFR_LEVELS: Final = ("A1", "A2", "A2+", "B1", "B1+", "B2", "B2+", "C1", "C2")
"""CEFR levels from lowest to highest; 'high B1' in an advertisement is B1+.

Source: Council of Europe, CEFR Companion Volume (2020), section 2.5, for the plus levels.
"""


class DeclaredFact(StrEnum):
    """What a candidate may declare and HR may confirm."""

    CEFR = "cefr"
    YEARS_EXPERIENCE = "years-experience"


def fact_rank(fact: DeclaredFact, value: str) -> Decimal:
    """Return the place of a value in its fact's order: higher is more.

    Ranks compare within one fact only. Raises ValueError for anything but a CEFR level, or
    years as a finite decimal from 0 up.
    """
    match fact:
        case DeclaredFact.CEFR:
            if value not in CEFR_LEVELS:
                raise ValueError(f"{value!r} is not a CEFR level: {', '.join(CEFR_LEVELS)}")
            return Decimal(CEFR_LEVELS.index(value))
        case DeclaredFact.YEARS_EXPERIENCE:
            try:
                years = Decimal(value)
            except InvalidOperation:
                raise ValueError(f"years of experience must be a number, not {value!r}") from None
            if not years.is_finite() or years < 0:
                raise ValueError(f"years of experience must be finite and not negative: {value!r}")
            return years
