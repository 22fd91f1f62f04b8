"""Forms that hold rows: an assessment with its blueprint, a battery with its steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from assessments.actions.editing import battery_steps, blueprint
from assessments.content.schema import BatteryStepContent, BlueprintRowContent
from assessments.item_types.registry import ITEM_TYPES
from assessments.models import Assessment, Battery, Facet
from assessments.models.skill import HIGHEST_LEVEL, LOWEST_LEVEL

LEVEL = {"min_value": LOWEST_LEVEL, "max_value": HIGHEST_LEVEL}


class BlueprintRowForm(forms.Form):
    count = forms.IntegerField(label=_("Number of items"), min_value=1, max_value=30)
    level_min = forms.IntegerField(label=_("From level"), initial=1, **LEVEL)
    level_max = forms.IntegerField(label=_("To level"), initial=5, **LEVEL)
    facet = forms.ChoiceField(label=_("Facet"), required=False)
    type = forms.ChoiceField(
        label=_("Type"),
        required=False,
        choices=[("", _("Any")), *((code, code) for code in sorted(ITEM_TYPES))],
    )

    def __init__(self, *args: Any, facets: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facet"].choices = [("", _("Any")), *facets]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        low, high = said.get("level_min"), said.get("level_max")
        if low and high and high < low:
            self.add_error("level_max", _("This lies below the first level."))
        return said


class StepForm(forms.Form):
    assessment = forms.ChoiceField(label=_("Assessment"))
    break_minutes = forms.IntegerField(
        label=_("Break after it, in minutes"), min_value=0, max_value=60, initial=0
    )

    def __init__(self, *args: Any, assessments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assessment"].choices = assessments


class OrderedRows(BaseFormSet):
    """Rows in the order of their numbers; a row without a number comes last."""

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                name: value
                for name, value in form.cleaned_data.items()
                if name not in {"ORDER", "DELETE"} and value not in (None, "")
            }
            for form in self.ordered_forms
        ]

    def clean(self) -> None:
        if not any(self.errors) and not self.ordered_forms:
            raise forms.ValidationError(_("At least one row is needed."))


class WithRows(forms.ModelForm):
    """A model form that carries a formset, `rows`, and is valid only together with it."""

    rows: OrderedRows

    def is_valid(self) -> bool:
        rows_valid = self.rows.is_valid()
        return super().is_valid() and rows_valid


def _formset(form: type[forms.Form], most: int) -> type[OrderedRows]:
    return formset_factory(
        form, formset=OrderedRows, extra=2, can_order=True, can_delete=True, max_num=most,
        absolute_max=most,
    )


BlueprintFormSet = _formset(BlueprintRowForm, 20)
StepFormSet = _formset(StepForm, 6)


class AssessmentForm(WithRows):
    class Meta:
        model = Assessment
        fields = [
            *("code", "name", "skill", "summary", "instructions", "status", "stated_minutes"),
            *("stated_kilobytes", "device", "knowledge_only", "time_limit_seconds"),
            *("cool_down_days", "validity_days"),
        ]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        known = self.instance.pk is not None
        facets = Facet.objects.select_related("skill")
        facets = facets.filter(skill=self.instance.skill_id) if known else facets.none()
        self.rows = BlueprintFormSet(
            data or None,
            prefix="blueprint",
            initial=[row.model_dump() for row in blueprint(self.instance)] if known else [],
            form_kwargs={"facets": [(facet.code, facet.name) for facet in facets]},
        )

    def blueprint(self) -> list[BlueprintRowContent]:
        return [BlueprintRowContent(**row) for row in self.rows.rows()]


class BatteryForm(WithRows):
    class Meta:
        model = Battery
        fields = ["code", "name", "summary", "status"]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        known = self.instance.pk is not None
        offered = Assessment.objects.select_related("skill")
        self.rows = StepFormSet(
            data or None,
            prefix="steps",
            initial=[step.model_dump() for step in battery_steps(self.instance)] if known else [],
            form_kwargs={"assessments": [("", "–"), *((row.code, row.name) for row in offered)]},
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        codes = [row["assessment"] for row in self.rows.rows()] if self.rows.is_valid() else []
        if len(set(codes)) != len(codes):
            raise forms.ValidationError(_("An assessment stands in a battery only once."))
        return said

    def steps(self) -> list[BatteryStepContent]:
        return [BatteryStepContent(**row) for row in self.rows.rows()]
