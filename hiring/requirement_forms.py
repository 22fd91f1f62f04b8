"""The form on which an opening's requirements are adjusted: one small form for each row."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from careers.enums import Fact
from careers.matching.facts import CEFR_LEVELS
from careers.matching.requirements import (
    HIGHEST_IMPORTANCE,
    HIGHEST_LEVEL_ASKED,
    LOWEST_LEVEL_ASKED,
)
from careers.models import FactRequirement, MeasureRequirement, SkillRequirement
from careers.sentences import capitalised, exception_words
from hiring.actions.requirements import Asked, AskedSkill

NOT_ASKED = ("", _("Not asked for"))
LEVELS = [
    NOT_ASKED,
    *(
        (level, _("Level %(level)d") % {"level": level})
        for level in range(LOWEST_LEVEL_ASKED, HIGHEST_LEVEL_ASKED + 1)
    ),
]
IMPORTANCES = [
    *((1, _("1, helpful")), (2, "2"), (3, "3"), (4, "4"), (HIGHEST_IMPORTANCE, _("5, decisive"))),
]


class SkillRowForm(forms.Form):
    level = forms.TypedChoiceField(
        label=_("Level"), choices=LEVELS, required=False, coerce=int, empty_value=None
    )
    importance = forms.TypedChoiceField(label=_("Importance"), choices=IMPORTANCES, coerce=int)
    essential = forms.BooleanField(label=_("Essential"), required=False)

    def __init__(self, data: Any, row: SkillRequirement, asked: bool) -> None:
        initial = {
            "level": row.level if asked else "",
            "importance": row.importance,
            "essential": row.essential,
        }
        super().__init__(data, prefix=f"skill-{row.skill_id}", initial=initial)
        self.row = row


class MeasureRowForm(forms.Form):
    minimum = forms.DecimalField(
        label=_("At least"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
        help_text=_("Empty: not asked for."),
    )

    def __init__(self, data: Any, row: MeasureRequirement, asked: bool) -> None:
        # Without zeros that say nothing, and as an HTML number field reads it.
        initial = {"minimum": f"{row.minimum.normalize():f}" if asked else None}
        super().__init__(data, prefix=f"measure-{row.measure}-{row.device}", initial=initial)
        self.row = row
        self.name = capitalised(exception_words({"measure": row.measure, "device": row.device}))


class FactRowForm(forms.Form):
    minimum = forms.CharField(label=_("At least"), required=False)

    def __init__(self, data: Any, row: FactRequirement, asked: bool, number: int) -> None:
        initial = {"minimum": row.minimum if asked else ""}
        super().__init__(data, prefix=f"fact-{number}", initial=initial)
        self.row = row
        self.name = Fact(row.fact).label
        if row.fact == Fact.CEFR:
            choices = [NOT_ASKED, *((level, level) for level in CEFR_LEVELS)]
            self.fields["minimum"] = forms.ChoiceField(
                label=_("At least"), choices=choices, required=False
            )
        else:
            self.fields["minimum"] = forms.DecimalField(
                label=_("At least, in years"),
                required=False,
                min_value=0,
                max_value=50,
                decimal_places=1,
                help_text=_("Empty: not asked for."),
            )


class RequirementsForm:
    """All rows together; `base` is the requirement set they were shown from."""

    def __init__(self, data: Any, rows: Iterable[tuple[Any, bool]]) -> None:
        self.skills: list[SkillRowForm] = []
        self.measures: list[MeasureRowForm] = []
        self.facts: list[FactRowForm] = []
        for row, asked in rows:
            match row:
                case SkillRequirement():
                    self.skills.append(SkillRowForm(data, row, asked))
                case MeasureRequirement():
                    self.measures.append(MeasureRowForm(data, row, asked))
                case _:
                    self.facts.append(FactRowForm(data, row, asked, len(self.facts)))

    def is_valid(self) -> bool:
        """Every row is looked at, so that the page shows all that is wrong at once."""
        invalid = [row for row in (*self.skills, *self.measures, *self.facts) if not row.is_valid()]
        return not invalid

    @property
    def asked(self) -> Asked:
        return Asked(
            skills={
                form.row.skill.code: AskedSkill(
                    form.cleaned_data["level"],
                    form.cleaned_data["importance"],
                    form.cleaned_data["essential"],
                )
                for form in self.skills
                if form.cleaned_data["level"] is not None
            },
            measures={
                (form.row.measure, form.row.device): form.cleaned_data["minimum"]
                for form in self.measures
                if form.cleaned_data["minimum"] is not None
            },
            facts={
                (form.row.fact, form.row.detail): str(form.cleaned_data["minimum"])
                for form in self.facts
                if form.cleaned_data["minimum"] not in (None, "")
            },
        )
