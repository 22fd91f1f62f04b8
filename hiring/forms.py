"""What arrives from the hiring pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.enums import Publication
from assessments.models import Skill
from careers.enums import Family, Verdict
from careers.models import Occupation
from hiring.enums import RequisitionState, Stage
from hiring.models import Requisition
from hiring.queries.applicants import ApplicantFilter

ANY = [("", _("All"))]


class OpeningSearchForm(forms.Form):
    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    family = forms.ChoiceField(
        label=_("Line of business"), required=False, choices=[*ANY, *Family.choices]
    )


class AgreementForm(forms.Form):
    """Agreement to share what the page showed, told by its signature."""

    agreed = forms.BooleanField(
        label=_("I agree that the employer sees what is listed here, for this application only."),
        error_messages={"required": _("Tick the box if you agree. Without it nothing is shared.")},
    )
    agreed_to = forms.CharField(max_length=100, widget=forms.HiddenInput)


class ApplicationForm(AgreementForm):
    statement = forms.CharField(
        label=_("Anything you want to add"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "Optional. For example why this role, when you can start, or what a test can’t show."
        ),
    )
    field_order = ["statement", "agreed"]


class RequisitionForm(forms.ModelForm):
    class Meta:
        model = Requisition
        fields = ["occupation", "title", "location", "seats", "description"]
        labels = {"occupation": _("Role")}
        help_texts = {
            "title": _("As candidates read it, for example ‘Customer service agent, night shift’."),
            "location": _("City and country, or ‘remote’."),
            "description": _(
                "Hours, pay, team, what happens after applying. Markdown: **bold**, - lists."
            ),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupation"].queryset = Occupation.objects.filter(status=Publication.ACTIVE)
        self.fields["seats"].min_value = 1
        self.fields["seats"].widget.attrs["min"] = 1
        if self.instance.pk and self.instance.state != RequisitionState.DRAFT:
            self.fields["occupation"].disabled = True
            self.fields["occupation"].help_text = _("Fixed once the opening has been open.")

    def _post_clean(self) -> None:
        """Leaves the instance alone: it is changed by an action, under a lock."""

    def clean_seats(self) -> int:
        seats: int = self.cleaned_data["seats"]
        if seats < 1:
            raise forms.ValidationError(_("An opening has at least one seat."))
        return seats


class ApplicantFilterForm(forms.Form):
    """Filters of the applicants' list. What can't be understood filters nothing."""

    q = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[*ANY, *Stage.choices])
    verdict = forms.ChoiceField(
        label=_("Verdict"), required=False, choices=[*ANY, *Verdict.choices]
    )
    skill = forms.ChoiceField(label=_("Skill"), required=False)
    level = forms.TypedChoiceField(
        label=_("at level"),
        required=False,
        coerce=int,
        empty_value=1,
        choices=[(level, _("%(level)d or higher") % {"level": level}) for level in range(1, 6)],
    )
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("fit", _("By fit")), ("date", _("Newest first")), ("name", _("By name"))],
    )

    def __init__(self, data: Any, skills: Iterable[Skill]) -> None:
        super().__init__(data)
        self.skills = {skill.code: skill for skill in skills}
        self.fields["skill"].choices = [
            *ANY,
            *((skill.code, skill.name) for skill in self.skills.values()),
        ]

    @property
    def wanted(self) -> ApplicantFilter:
        self.is_valid()
        found = self.cleaned_data
        return ApplicantFilter(
            text=found.get("q", "").strip(),
            stage=found.get("stage", ""),
            verdict=found.get("verdict", ""),
            skill=self.skills.get(found.get("skill", "")),
            level=found.get("level") or 1,
            sort=found.get("sort") or "fit",
        )


    @property
    def chips(self) -> list[tuple[str, str]]:
        """The filters in force, each with the address of the list without it."""
        wanted = self.wanted
        found = []
        if wanted.text:
            found.append((_("Name: %(text)s") % {"text": wanted.text}, ("q",)))
        if wanted.stage:
            found.append((str(Stage(wanted.stage).label), ("stage",)))
        if wanted.verdict:
            found.append((str(Verdict(wanted.verdict).label), ("verdict",)))
        if wanted.skill is not None:
            words = _("%(skill)s at level %(level)d or higher")
            values = {"skill": wanted.skill.name, "level": wanted.level}
            found.append((words % values, ("skill", "level")))
        return [(label, self._without(names)) for label, names in found]

    def _without(self, names: Iterable[str]) -> str:
        parameters = self.data.copy()
        for name in (*names, "after"):
            parameters.pop(name, None)
        return f"?{parameters.urlencode()}"


class MoveForm(forms.Form):
    """A move to one of `stages`; `from_stage` is where the mover saw the application."""

    from_stage = forms.ChoiceField(choices=Stage, widget=forms.HiddenInput)
    to_stage = forms.ChoiceField(label=_("Move to"))
    feedback = forms.CharField(
        label=_("Feedback for the candidate"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Goes out by e-mail and stands on the candidate’s page. Say what went well and what "
            "would help next time."
        ),
    )
    note = forms.CharField(
        label=_("Note for colleagues"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Never shown to the candidate."),
    )

    def __init__(self, *args: Any, stages: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [Stage(stage) for stage in stages]
        self.fields["to_stage"].choices = [(stage.value, stage.label) for stage in known]


class BulkMoveForm(MoveForm):
    """The same move for several: each in `chosen` is an application with the stage it was in."""

    from_stage = None  # type: ignore[assignment]
    chosen = forms.MultipleChoiceField(widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, chosen: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(value, value) for value in chosen]


def chosen_applications(values: Iterable[str]) -> dict[UUID, str]:
    """'id:stage' values as applications with the stage they were in; anything else is dropped."""
    found = {}
    for value in values:
        key, _separator, stage = value.partition(":")
        try:
            found[UUID(key)] = Stage(stage).value
        except ValueError:
            continue
    return found
