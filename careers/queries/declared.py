"""What a candidate declared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from careers.models import HeldCertificate, LanguageSkill, WorkExperience


@dataclass(frozen=True, slots=True)
class DeclaredFacts:
    experience: list[WorkExperience]
    languages: list[LanguageSkill]
    certificates: list[HeldCertificate]


def declared_page(candidate: User) -> DeclaredFacts:
    """Three queries."""
    return DeclaredFacts(
        experience=list(WorkExperience.objects.filter(candidate=candidate)),
        languages=list(LanguageSkill.objects.filter(candidate=candidate)),
        certificates=list(HeldCertificate.objects.filter(candidate=candidate)),
    )


def days_covered(periods: Iterable[tuple[int, int]]) -> int:
    """Days in any of the periods (first and last as ordinals); two jobs at once count once."""
    total, reached = 0, 0
    for first, last in sorted(periods):
        total += max(last - max(first, reached), 0)
        reached = max(reached, last)
    return total
