"""Made-up bands and a form for the first visit, the measurement page and the style guide."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext as _

from core.band import Band, Estimate, Standing

MARKS = (35.0, 46.25, 61.25, 72.5)
EXAMPLE_DATE = date(2026, 3, 5)


def _estimate(score: float, margin: float, level: int, count: int, **more: object) -> Estimate:
    return Estimate(score, score - margin, score + margin, level, count, EXAMPLE_DATE, **more)  # type: ignore[arg-type]


def first_visit_bands() -> list[Band]:
    return [
        Band(_("Active listening"), MARKS, _estimate(58, 8, 3, 13), required_level=3),
        Band(_("Written communication"), MARKS, _estimate(41, 9, 2, 13), required_level=3),
        Band(_("Problem solving"), MARKS, None, required_level=3),
    ]


def example_bands() -> list[tuple[str, Band]]:
    name = "Active listening"
    first = _estimate(50, 14, 3, 5, standing=Standing.FIRST_INDICATION, provisional=True)
    knowledge = _estimate(64, 8, 4, 13, provisional=True, knowledge_only=True)
    return [
        ("Measured", Band(name, MARKS, _estimate(58, 8, 3, 13))),
        ("Requirement met", Band(name, MARKS, _estimate(69, 7, 4, 13), required_level=3)),
        ("Requirement not met", Band(name, MARKS, _estimate(38, 9, 2, 13), required_level=4)),
        ("Provisional, knowledge only", Band(name, MARKS, knowledge, required_level=3)),
        ("First indication", Band(name, MARKS, first, required_level=3)),
        ("Not yet measured", Band(name, MARKS, None, required_level=3)),
        ("At the low end", Band(name, MARKS, Estimate(4, 0, 12, 1, 13, EXAMPLE_DATE))),
    ]


class StyleGuideForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As colleagues call you.")
    role = forms.ChoiceField(label="Role", choices=[("a", "Agent"), ("b", "Team lead")])
    about = forms.CharField(label="About", widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label="I agree to the example")
