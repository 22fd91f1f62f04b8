"""Courses with their lessons and prerequisites, for content admins.

What may be entered is what a content file may hold, so that an export can always be loaded again.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaInvalid

from accounts import rules
from core import audit
from core.admin import AuditedAdmin, CapabilityAdmin, CapabilityInline
from learning.circles import find_circle
from learning.content.kinds import SAME_IN_FILE_AND_MODEL, CourseRecord
from learning.models import Course, PlannedLesson

OUT_OF_THE_WAY = 1000
"""Added to positions while lessons change places, since two may never share one."""


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 80})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = (line.strip() for line in super().clean(value).splitlines())
        return [line for line in lines if line]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed("\n".join(initial or []), "\n".join((data or "").splitlines()))


class CourseForm(forms.ModelForm):
    outcomes = LinesField(label=_("outcomes"), help_text=_("Three, one on each line."))

    class Meta:
        model = Course
        fields = [
            *("code", "title", "status", "summary", "skill", "from_level", "to_level", "hours"),
            *("format", "outcomes", "practice_task", "practice_minutes", "prerequisites"),
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        skill, low, high = data.get("skill"), data.get("from_level"), data.get("to_level")
        if skill and low and high and data.get("code") != f"{skill.code}-{low}-to-{high}":
            expected = f"{skill.code}-{low}-to-{high}"
            self.add_error("code", _("The code must be %(code)s.") % {"code": expected})
        if data.get("prerequisites") is not None and data.get("code"):
            self._refuse_circle(data["code"], data["prerequisites"])
        return data

    def _refuse_circle(self, code: str, prerequisites: models.QuerySet[Course]) -> None:
        courses = Course.objects.exclude(pk=self.instance.pk).prefetch_related("prerequisites")
        needs = {row.code: [needed.code for needed in row.prerequisites.all()] for row in courses}
        stored = Course.objects.filter(pk=self.instance.pk).values_list("code", flat=True).first()
        if stored and stored != code:  # the others still know this course by its old code
            needs = {one: [code if n == stored else n for n in of] for one, of in needs.items()}
        needs[code] = [code if row.code == stored else row.code for row in prerequisites]
        circle = find_circle(needs)
        if circle:
            way = " → ".join(circle)
            message = _("These courses would need each other: %(way)s") % {"way": way}
            self.add_error("prerequisites", message)


class LessonForm(forms.ModelForm):
    place = forms.IntegerField(label=_("place"), min_value=1, max_value=99)

    class Meta:
        model = PlannedLesson
        fields = ["place", "title", "minutes", "aim"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].initial = self.instance.position


class LessonFormSet(forms.BaseInlineFormSet):
    def kept(self) -> list[forms.ModelForm]:
        """The rows that stay, in the order of their places."""
        rows = [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]
        return sorted(rows, key=lambda form: form.cleaned_data.get("place") or 0)

    def clean(self) -> None:
        """The course as a whole, lessons included, as a content file would hold it."""
        super().clean()
        course: Course = self.instance
        if any(self.errors) or course.skill_id is None or course.hours is None:
            return
        try:
            CourseRecord(
                **{field: getattr(course, field) for field in SAME_IN_FILE_AND_MODEL},
                skill=course.skill.code,
                hours=float(course.hours),
                lessons=[
                    {name: form.cleaned_data[name] for name in ("title", "minutes", "aim")}
                    for form in self.kept()
                ],
                practice={"minutes": course.practice_minutes, "task": course.practice_task},
            )
        except SchemaInvalid as error:
            raise ValidationError(
                [
                    f"{'.'.join(map(str, row['loc']))}: {row['msg']}".lstrip(": ")
                    for row in error.errors()
                ]
            ) from None

    def save(self, commit: bool = True) -> list[PlannedLesson]:
        """Number the lessons anew, 1 to n, in the order of their places."""
        rows = super().save(commit=False)
        for lesson in self.deleted_objects:
            lesson.delete()
        PlannedLesson.objects.filter(course=self.instance).update(
            position=F("position") + OUT_OF_THE_WAY
        )
        for position, form in enumerate(self.kept(), start=1):
            form.instance.position = position
            form.instance.course = self.instance
            form.instance.save()
        return rows


class LessonInline(CapabilityInline):
    model = PlannedLesson
    form = LessonForm
    formset = LessonFormSet


@admin.register(Course)
class CourseAdmin(AuditedAdmin, CapabilityAdmin):
    allowed = staticmethod(rules.is_content_admin)
    form = CourseForm
    inlines = [LessonInline]
    list_display = ["title", "skill", "from_level", "to_level", "hours", "format", "status"]
    list_filter = ["status", "format", "skill"]
    list_select_related = ["skill"]
    search_fields = ["title", "code"]
    filter_horizontal = ["prerequisites"]

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never: people take it. Retire a course instead."""
        return False

    @transaction.atomic
    def save_related(
        self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool
    ) -> None:
        course: Course = form.instance
        before = _prerequisite_codes(course)
        super().save_related(request, form, formsets, change)
        after = _prerequisite_codes(course)
        if after != before:
            changes = {"prerequisites": [before, after]}
            audit.record(
                actor=request.user, action="changed in admin", subject=course, changes=changes
            )


def _prerequisite_codes(course: Course) -> list[str]:
    return sorted(course.prerequisites.values_list("code", flat=True))
