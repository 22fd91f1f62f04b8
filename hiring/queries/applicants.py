"""The applicants of an opening as the employer's staff see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from assessments.models import Skill
from assessments.psychometrics.scales import scale_score, score_band
from assessments.queries.results import estimate_band
from careers.enums import Verdict
from careers.models import SkillRequirement
from careers.sentences import exception_words
from core.band import Band
from core.pagination import capped_count, keyset_page
from hiring import pipeline
from hiring.enums import Stage
from hiring.models import Application, Requisition, SharedSkill

APPLICANTS_A_PAGE = 50
EXPORT_CHUNK = 500
SORTS: dict[str, tuple[str, ...]] = {
    "fit": ("-fit_rank", "id"),
    "date": ("-applied_at", "id"),
    "name": ("candidate_name", "id"),
}


@dataclass(frozen=True, slots=True)
class ApplicantFilter:
    """What of the list is asked for; every field may be empty."""

    text: str = ""
    stage: str = ""
    verdict: str = ""
    skill: Skill | None = None
    level: int = 1
    sort: str = "fit"

    @property
    def codes(self) -> dict[str, Any]:
        """The filter as the audit may hold it: without the name that was searched for."""
        return {
            "stage": self.stage,
            "verdict": self.verdict,
            "skill": self.skill.code if self.skill else "",
            "level": self.level if self.skill else None,
            "by_name": bool(self.text),
        }


@dataclass(frozen=True, slots=True)
class ApplicantRow:
    """One line of the list; a withdrawn application has no bands."""

    application: Application
    bands: list[Band]

    @property
    def exceptions(self) -> list[str]:
        return [exception_words(codes) for codes in self.application.exceptions]

    @property
    def may_move(self) -> bool:
        return not pipeline.is_final(self.application.stage)


@dataclass(frozen=True, slots=True)
class ApplicantPage:
    rows: list[ApplicantRow]
    essentials: list[SkillRequirement]
    count: int
    has_more_than_count: bool
    next_cursor: str | None


def filtered(requisition: Requisition, wanted: ApplicantFilter) -> QuerySet[Application]:
    rows = Application.objects.filter(requisition=requisition)
    if wanted.text:
        rows = rows.filter(candidate_name__icontains=wanted.text)
    if wanted.stage:
        rows = rows.filter(stage=wanted.stage)
    if wanted.verdict:
        rows = rows.filter(verdict=wanted.verdict)
    if wanted.skill is not None:
        shared = SharedSkill.objects.filter(
            application=OuterRef("pk"),
            skill=wanted.skill,
            level__gte=wanted.level,
            measured=True,
        )
        rows = rows.filter(Exists(shared))
    return rows


def applicants(
    requisition: Requisition, wanted: ApplicantFilter, cursor: str | None
) -> ApplicantPage:
    """Three queries, whatever the number of rows. Raises CursorInvalid."""
    rows = filtered(requisition, wanted)
    page = keyset_page(
        rows, keys=SORTS[wanted.sort], size=APPLICANTS_A_PAGE, cursor=cursor
    )
    count, more = capped_count(rows)
    essentials = essential_requirements(requisition)
    given = shared_by_application(page.rows, essentials)
    return ApplicantPage(
        rows=[
            ApplicantRow(row, _bands(essentials, given.get(row.pk, {}), row)) for row in page.rows
        ],
        essentials=essentials,
        count=count,
        has_more_than_count=more,
        next_cursor=page.next_cursor,
    )


def essential_requirements(requisition: Requisition) -> list[SkillRequirement]:
    return [row for row in requisition.requirements.skill_requirements.all() if row.essential]


def shared_by_application(
    rows: list[Application], asked: list[SkillRequirement]
) -> dict[Any, dict[int, SharedSkill]]:
    """Shared estimates by application and skill: one query."""
    given: dict[Any, dict[int, SharedSkill]] = {}
    for shared in SharedSkill.objects.filter(
        application__in=[row.pk for row in rows], skill__in=[row.skill_id for row in asked]
    ):
        given.setdefault(shared.application_id, {})[shared.skill_id] = shared
    return given


def _bands(
    essentials: list[SkillRequirement], given: dict[int, SharedSkill], application: Application
) -> list[Band]:
    if application.is_withdrawn:
        return []
    return [
        estimate_band(row.skill, given.get(row.skill_id), row.level)  # type: ignore[arg-type]
        for row in essentials
    ]


def export_header(requisition: Requisition) -> list[str]:
    header = [
        *(_("Name"), _("Stage"), _("Applied on"), _("Verdict"), _("Also open")),
        *(_("Fit, percent"), _("Fit at least"), _("Fit at most"), _("Coverage, percent")),
        *(_("Essentials met"), _("Essentials"), _("Results as of")),
    ]
    for row in requisition.requirements.skill_requirements.all():
        for part in (
            *(_("level asked"), _("level"), _("score"), _("from"), _("to"), _("responses")),
            *(_("measured on"), _("remarks")),
        ):
            header.append(f"{row.skill.name}: {part}")
    return header


def export_rows(requisition: Requisition, wanted: ApplicantFilter) -> Iterator[list[Any]]:
    """A line per applicant, read in chunks; a withdrawn application shows that and no more."""
    asked = list(requisition.requirements.skill_requirements.all())
    words = ExportWords.in_readers_language()
    rows = filtered(requisition, wanted).order_by(*SORTS[wanted.sort])
    chunk: list[Application] = []
    for application in rows.iterator(chunk_size=EXPORT_CHUNK):
        chunk.append(application)
        if len(chunk) == EXPORT_CHUNK:
            yield from _export_chunk(chunk, asked, words)
            chunk = []
    yield from _export_chunk(chunk, asked, words)


@dataclass(frozen=True, slots=True)
class ExportWords:
    """Translated once: a line has dozens of cells, and an export may have 100,000 lines."""

    stages: dict[str, str]
    verdicts: dict[str, str]
    unmeasured: str
    first_indication: str
    provisional: str
    knowledge_only: str

    @classmethod
    def in_readers_language(cls) -> ExportWords:
        return cls(
            stages={stage.value: str(stage.label) for stage in Stage},
            verdicts={verdict.value: str(verdict.label) for verdict in Verdict},
            unmeasured=_("not yet measured"),
            first_indication=_("first indication"),
            provisional=_("provisional"),
            knowledge_only=_("knowledge only"),
        )

    def remarks(self, shared: SharedSkill) -> str:
        found = []
        if not shared.measured:
            found.append(self.first_indication)
        if shared.provisional:
            found.append(self.provisional)
        if shared.knowledge_only:
            found.append(self.knowledge_only)
        return ", ".join(found)


def _export_chunk(
    rows: list[Application], asked: list[SkillRequirement], words: ExportWords
) -> Iterator[list[Any]]:
    given = shared_by_application(rows, asked)
    for row in rows:
        known = [row.candidate_name, words.stages[row.stage], row.applied_at.date()]
        if row.is_withdrawn:
            yield known
            continue
        open_points = "; ".join(exception_words(codes) for codes in row.exceptions)
        fit = (row.fit, row.lowest, row.highest, row.coverage)
        percents = [None if value is None else round(100 * value) for value in fit]
        essentials = [row.essentials_met, row.essentials]
        line = [*known, words.verdicts[row.verdict], open_points, *percents, *essentials]
        line.append(row.shared_at.date())
        shared = given.get(row.pk, {})
        for requirement in asked:
            line += _export_skill(requirement, shared.get(requirement.skill_id), words)
        yield line


def _export_skill(
    requirement: SkillRequirement, shared: SharedSkill | None, words: ExportWords
) -> list[Any]:
    if shared is None:
        return [requirement.level, *[None] * 6, words.unmeasured]
    low, high = score_band(shared.theta, shared.sem)
    return [
        *(requirement.level, shared.level, round(scale_score(shared.theta))),
        *(round(low), round(high), shared.part_count),
        *(shared.evidence_at.date(), words.remarks(shared)),
    ]


def chosen_rows(requisition: Requisition, keys: Iterable[Any]) -> list[Application]:
    """Those of the applications that belong to the requisition, by name: one query."""
    rows = Application.objects.filter(requisition=requisition, pk__in=list(keys))
    return list(rows.order_by("candidate_name", "pk"))
