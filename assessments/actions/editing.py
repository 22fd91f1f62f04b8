"""What content admins change: each change audited with what was there before."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from assessments.actions.bank import save_item
from assessments.content.schema import BatteryStepContent, BlueprintRowContent, ItemContent
from assessments.enums import Publication, ReportState
from assessments.models import (
    Assessment,
    Battery,
    BatteryStep,
    BlueprintRow,
    Facet,
    Item,
    ItemReport,
    Skill,
    TestForm,
)
from assessments.queries.bank import current_content
from core import audit
from core.content.loading import plain_data


@transaction.atomic
def edit_item(*, content: ItemContent, skill: Skill, actor: User) -> Item:
    """Save an item as `save_item` does, with an audit event that names what changed."""
    existing = Item.objects.filter(code=content.code).first()
    before = plain_data(current_content(existing)) if existing else {}
    item = save_item(content=content, skill=skill)
    # A field that went back to its default is missing from the new content.
    changes = audit.differences(before, dict.fromkeys(before) | plain_data(content))
    if changes:
        action = "item changed" if existing else "item added"
        audit.record(actor=actor, action=action, subject=item, changes=changes)
    return item


@transaction.atomic
def set_status(*, items: QuerySet[Item], status: Publication, actor: User) -> int:
    """Activate or retire items; the number of those that changed is returned."""
    changed = list(items.exclude(status=status).select_for_update())
    for item in changed:
        changes = {"status": [item.status, str(status)]}
        item.status = status
        item.save(update_fields=["status"])
        audit.record(actor=actor, action="item status changed", subject=item, changes=changes)
    return len(changed)


@transaction.atomic
def settle_reports(*, reports: QuerySet[ItemReport], actor: User) -> int:
    """Settle open reports; the number of those that were open is returned."""
    settled = list(reports.filter(state=ReportState.OPEN).select_for_update(of=("self",)))
    for report in settled:
        report.state = ReportState.SETTLED
        report.save(update_fields=["state"])
        audit.record(actor=actor, action="item report settled", subject=report)
    return len(settled)


@transaction.atomic
def set_blueprint(
    *, assessment: Assessment, rows: Sequence[BlueprintRowContent], actor: User
) -> None:
    """Give the assessment a new test form of these rows, unless its form has them already.

    Attempts keep the form that they were drawn from. Raises Facet.DoesNotExist.
    """
    before = blueprint(assessment)
    if before == list(rows):
        return
    facets = {
        row.facet: Facet.objects.get(skill=assessment.skill_id, code=row.facet)
        for row in rows
        if row.facet
    }
    newest = assessment.test_forms.order_by("-number").first()
    assessment.test_forms.update(is_current=False)
    form = TestForm.objects.create(
        assessment=assessment, number=newest.number + 1 if newest else 1
    )
    BlueprintRow.objects.bulk_create(
        BlueprintRow(
            test_form=form,
            position=position,
            count=row.count,
            level_min=row.level_min,
            level_max=row.level_max,
            facet=facets.get(row.facet),
            item_type=row.type or "",
        )
        for position, row in enumerate(rows)
    )
    changes = {"blueprint": [[plain_data(row) for row in side] for side in (before, rows)]}
    audit.record(actor=actor, action="blueprint changed", subject=assessment, changes=changes)


def blueprint(assessment: Assessment) -> list[BlueprintRowContent]:
    """The rows of the current test form, as a content file would hold them."""
    rows = BlueprintRow.objects.filter(
        test_form__assessment=assessment, test_form__is_current=True
    ).select_related("facet")
    return [
        BlueprintRowContent(
            count=row.count,
            level_min=row.level_min,
            level_max=row.level_max,
            facet=row.facet.code if row.facet else None,
            type=row.item_type or None,
        )
        for row in rows.order_by("position")
    ]


@transaction.atomic
def set_steps(*, battery: Battery, steps: Sequence[BatteryStepContent], actor: User) -> None:
    """Give the battery these steps in this order. Raises Assessment.DoesNotExist."""
    before = battery_steps(battery)
    if before == list(steps):
        return
    assessments = {
        step.assessment: Assessment.objects.get(code=step.assessment) for step in steps
    }
    battery.steps.all().delete()
    BatteryStep.objects.bulk_create(
        BatteryStep(
            battery=battery,
            assessment=assessments[step.assessment],
            position=position,
            break_minutes=step.break_minutes,
        )
        for position, step in enumerate(steps, start=1)
    )
    changes = {"steps": [[plain_data(step) for step in side] for side in (before, steps)]}
    audit.record(actor=actor, action="battery steps changed", subject=battery, changes=changes)


def battery_steps(battery: Battery) -> list[BatteryStepContent]:
    return [
        BatteryStepContent(assessment=step.assessment.code, break_minutes=step.break_minutes)
        for step in battery.steps.select_related("assessment").order_by("position")
    ]
