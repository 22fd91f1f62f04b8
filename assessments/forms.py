"""What arrives from the pages of an attempt."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """The envelope of an answer; the answer itself is read by its item type."""

    answer_id = forms.UUIDField()
    revision = forms.IntegerField(min_value=0)
    held = forms.RegexField(r"^[0-9,]*$", required=False, max_length=200)

    def held_positions(self) -> set[int]:
        """Positions of the questions that the page holds already."""
        return {int(text) for text in self.cleaned_data["held"].split(",") if text}


class ItemReportForm(forms.Form):
    text = forms.CharField(
        label=_("What is wrong with this question?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
