"""An employer's openings as its staff see them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from accounts.models import Employer
from careers.models import RequirementSet
from careers.queries.standings import RequirementRows, requirement_rows
from core.pagination import KeysetPage, keyset_page
from hiring.actions.recompute import outdated
from hiring.enums import RequisitionState, Stage
from hiring.models import Application, Requisition
from hiring.queries.openings import requisitions_with_requirements

REQUISITIONS_A_PAGE = 30
SHOWN_STAGES = tuple(stage for stage in Stage if stage != Stage.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class RequisitionEntry:
    """A requisition with the number of applications in each stage."""

    requisition: Requisition
    counts: dict[str, int]

    @property
    def stages(self) -> list[tuple[Stage, int]]:
        return [(stage, self.counts.get(stage, 0)) for stage in SHOWN_STAGES]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.stages)

    @property
    def waiting(self) -> int:
        """Applications that nobody has touched yet."""
        return self.counts.get(Stage.APPLIED, 0)

    @property
    def hired(self) -> int:
        return self.counts.get(Stage.HIRED, 0)


@dataclass(frozen=True, slots=True)
class RequisitionPage:
    entries: list[RequisitionEntry]
    next_cursor: str | None


def requisitions(employer: Employer, state: str, cursor: str | None) -> RequisitionPage:
    """The newest first, all of them or those in one state: two queries. Raises CursorInvalid."""
    rows = Requisition.objects.filter(employer=employer).select_related("occupation")
    if state in RequisitionState.values:
        rows = rows.filter(state=state)
    page: KeysetPage[Requisition] = keyset_page(
        rows, keys=("-created_at", "id"), size=REQUISITIONS_A_PAGE, cursor=cursor
    )
    counts = stage_counts(page.rows)
    entries = [RequisitionEntry(row, counts[row.pk]) for row in page.rows]
    return RequisitionPage(entries, page.next_cursor)


def stage_counts(rows: list[Requisition]) -> dict[UUID, dict[str, int]]:
    counts: dict[UUID, dict[str, int]] = defaultdict(dict)
    found = Application.objects.filter(requisition__in=rows).values_list("requisition", "stage")
    for requisition_id, stage, count in found.annotate(count=Count("pk")).order_by():
        counts[requisition_id][stage] = count
    return counts


@dataclass(frozen=True, slots=True)
class Recomputing:
    """How far applications have been recomputed against new requirements."""

    done: int
    total: int

    @property
    def left(self) -> int:
        return self.total - self.done


def recomputing(requisition: Requisition) -> Recomputing | None:
    """None when everything is up to date, at the cost of one look into an index."""
    left = outdated(requisition)
    if not left.exists():
        return None
    total = Application.objects.filter(requisition=requisition).count()
    return Recomputing(total - left.count(), total)


@dataclass(frozen=True, slots=True)
class RequisitionDetail:
    entry: RequisitionEntry
    rows: RequirementRows
    recomputing: Recomputing | None

    @property
    def requisition(self) -> Requisition:
        return self.entry.requisition


def requisition_detail(requisition: Requisition) -> RequisitionDetail:
    """`requisition` comes from `requisition_of`."""
    entry = RequisitionEntry(requisition, stage_counts([requisition])[requisition.pk])
    return RequisitionDetail(
        entry, requirement_rows(requisition.requirements, None), recomputing(requisition)
    )


def requisition_of(employer: Employer, requisition_id: UUID) -> Requisition:
    """With its requirements. Raises Requisition.DoesNotExist for another employer's."""
    return requisitions_with_requirements().get(pk=requisition_id, employer=employer)


def askable(requisition: Requisition) -> list[tuple[Any, bool]]:
    """What the opening asks for, then what the role asks for beside it, each with whether asked."""
    role_set = (
        RequirementSet.objects.filter(occupation=requisition.occupation_id)
        .prefetch_related(
            "skill_requirements__skill", "measure_requirements", "fact_requirements"
        )
        .get()
    )
    asked = _rows(requisition.requirements)
    known = {_key(row) for row in asked}
    return [(row, True) for row in asked] + [
        (row, False) for row in _rows(role_set) if _key(row) not in known
    ]


def _rows(requirement_set: RequirementSet) -> list[Any]:
    return [
        *requirement_set.skill_requirements.all(),
        *requirement_set.measure_requirements.all(),
        *requirement_set.fact_requirements.all(),
    ]


def _key(row: Any) -> tuple[Any, ...]:
    names = ("skill_id", "measure", "device", "fact", "detail")
    return tuple(getattr(row, name, None) for name in names)
