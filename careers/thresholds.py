"""From where on a verdict is given: settings, chosen from a simulation (docs/measurement.md)."""

from fractions import Fraction

from django.conf import settings

from careers.matching.fit import VerdictThresholds


def verdict_thresholds() -> VerdictThresholds:
    return VerdictThresholds(
        coverage=Fraction(settings.VERDICT_COVERAGE),
        ready_fit=settings.VERDICT_READY_FIT,
        nearly_ready_fit=settings.VERDICT_NEARLY_READY_FIT,
    )
