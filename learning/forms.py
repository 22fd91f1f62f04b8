"""The filter of the course catalogue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learning.models import CourseFormat


class CourseFilterForm(forms.Form):
    skill = forms.ChoiceField(label=_("Skill"), required=False)
    format = forms.ChoiceField(
        label=_("Format"), required=False, choices=[("", _("Any format")), *CourseFormat.choices]
    )

    def __init__(self, *args: Any, skills: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].choices = [("", _("Every skill")), *skills]

    def chosen(self) -> dict[str, str]:
        """The valid values; a value that isn't on the list filters nothing."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}

    def chips(self) -> list[tuple[str, str]]:
        """(parameter, words) of each filter that is set."""
        return [
            (name, str(dict(self.fields[name].choices)[value]))
            for name, value in self.chosen().items()
            if value
        ]
