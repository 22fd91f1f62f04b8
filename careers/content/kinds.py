"""How roles and the ladder between them are read from files, stored and written back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from assessments.content.schema import Code
from assessments.models import Battery, Skill
from careers.content.schema import (
    FactRequirementContent,
    MeasureRequirementContent,
    OccupationContent,
    RoleContent,
    SkillRequirementContent,
    ladder_problems,
)
from careers.models import (
    FactRequirement,
    LadderStep,
    MeasureRequirement,
    Occupation,
    RequirementSet,
    SkillRequirement,
)
from core.content.documents import ContentInvalid, ContentModel, read_document, write_document
from core.content.loading import Record, ReferenceInvalid, plain_data

SAME_IN_FILE_AND_MODEL = (
    *("code", "title", "family", "seniority", "summary", "day", "hours", "pressure"),
    *("pay_direction", "ways_in", "ways_up"),
)
REQUIREMENT_REASONS = ("reason", "source", "source_note", "confidence")


def read_roles(folder: Path) -> list[Record]:
    """Every role file, whole. Raises ContentInvalid."""
    records = []
    for path in sorted((folder / "roles").glob("*.yaml")):
        document = read_document(path, f"roles/{path.name}")
        role = document.parse(RoleContent)
        records.append(Record(role.code, role, document))
    problems = ladder_problems([record.content for record in records])
    if problems:
        raise ContentInvalid(
            [records[0].document.problem(("leads_to",), text) for text in problems]
        )
    return records


class RoleKind:
    """Everything that a role says of itself but where it leads."""

    name = "role"

    def read(self, folder: Path) -> list[Record]:
        return [
            Record(record.code, in_order(record.content), record.document)
            for record in read_roles(folder)
        ]

    def stored(self) -> Mapping[str, RoleContent]:
        occupations = Occupation.objects.select_related("requirements").prefetch_related(
            "requirements__skill_requirements__skill",
            "requirements__measure_requirements",
            "requirements__fact_requirements",
        )
        return {occupation.code: role_content(occupation) for occupation in occupations}

    @transaction.atomic
    def save(self, content: RoleContent) -> None:
        stored = self.stored().get(content.code)
        fields = {field: getattr(content, field) for field in SAME_IN_FILE_AND_MODEL}
        fields |= {
            "soc_code": content.soc.code if content.soc else "",
            "soc_title": content.soc.title if content.soc else "",
            "soc_note": content.soc_note or "",
            "esco_uri": content.esco or "",
            "attribution": content.source,
            "battery": Battery.objects.filter(code=content.code).first(),
        }
        if stored is None or requirements_of(stored) != requirements_of(content):
            fields["requirements"] = create_requirement_set(content)
        Occupation.objects.update_or_create(code=content.code, defaults=fields)

    def write(self, folder: Path, contents: Iterable[RoleContent]) -> None:
        ladder = LadderKind().stored()
        for role in contents:
            leads_to = ladder[role.code].leads_to if role.code in ladder else []
            whole = role.model_copy(update={"leads_to": leads_to})
            write_document(folder / "roles" / f"{role.code}.yaml", plain_data(whole))


def in_order(role: RoleContent) -> RoleContent:
    """The role without its ladder and with its requirements in the order of their weight."""
    return role.model_copy(
        update={
            "leads_to": [],
            "skill_requirements": sorted(
                role.skill_requirements,
                key=lambda asked: (not asked.essential, -asked.importance, asked.skill),
            ),
            "measure_requirements": sorted(
                role.measure_requirements, key=lambda asked: (asked.measure, asked.device)
            ),
            "fact_requirements": sorted(role.fact_requirements, key=lambda asked: asked.fact),
        }
    )


def requirements_of(role: RoleContent) -> tuple[list[ContentModel], ...]:
    return (role.skill_requirements, role.measure_requirements, role.fact_requirements)


def create_requirement_set(content: RoleContent) -> RequirementSet:
    """Raises ReferenceInvalid for a skill that doesn't exist."""
    codes = [asked.skill for asked in content.skill_requirements]
    skills = {skill.code: skill for skill in Skill.objects.filter(code__in=codes)}
    for code in codes:
        if code not in skills:
            raise ReferenceInvalid("skill_requirements", f"there is no skill {code}")
    requirement_set = RequirementSet.objects.create()
    SkillRequirement.objects.bulk_create(
        SkillRequirement(
            requirement_set=requirement_set,
            **asked.model_dump(exclude={"skill"}),
            skill=skills[asked.skill],
        )
        for asked in content.skill_requirements
    )
    MeasureRequirement.objects.bulk_create(
        MeasureRequirement(
            requirement_set=requirement_set,
            **asked.model_dump(exclude={"minimum"}),
            minimum=Decimal(asked.minimum),
        )
        for asked in content.measure_requirements
    )
    FactRequirement.objects.bulk_create(
        FactRequirement(requirement_set=requirement_set, **asked.model_dump())
        for asked in content.fact_requirements
    )
    return requirement_set


def role_content(occupation: Occupation) -> RoleContent:
    """The role as a content file would hold it, without its ladder."""
    asked = occupation.requirements
    role = RoleContent(
        **{field: getattr(occupation, field) for field in SAME_IN_FILE_AND_MODEL},
        soc=OccupationContent(code=occupation.soc_code, title=occupation.soc_title)
        if occupation.soc_code
        else None,
        soc_note=occupation.soc_note or None,
        esco=occupation.esco_uri or None,
        source=occupation.attribution,
        skill_requirements=[
            SkillRequirementContent(
                skill=row.skill.code,
                level=row.level,
                importance=row.importance,
                essential=row.essential,
                **_reasons(row),
            )
            for row in asked.skill_requirements.all()
        ],
        measure_requirements=[
            MeasureRequirementContent(
                measure=row.measure,
                device=row.device,
                minimum=f"{row.minimum.normalize():f}",
                **_reasons(row),
            )
            for row in asked.measure_requirements.all()
        ],
        fact_requirements=[
            FactRequirementContent(
                fact=row.fact, minimum=row.minimum, detail=row.detail, **_reasons(row)
            )
            for row in asked.fact_requirements.all()
        ],
    )
    return in_order(role)


def _reasons(row: SkillRequirement | MeasureRequirement | FactRequirement) -> dict[str, str]:
    return {field: getattr(row, field) for field in REQUIREMENT_REASONS}


class LadderRecord(ContentModel):
    code: Code
    leads_to: list[Code]


class LadderKind:
    """Where a role leads; loaded once all roles exist. A role that leads nowhere has no record."""

    name = "ladder"

    def read(self, folder: Path) -> list[Record]:
        return [
            Record(
                record.code,
                LadderRecord(code=record.code, leads_to=sorted(record.content.leads_to)),
                record.document,
            )
            for record in read_roles(folder)
            if record.content.leads_to
        ]

    def stored(self) -> Mapping[str, LadderRecord]:
        steps = defaultdict(list)
        for step in LadderStep.objects.select_related("from_occupation", "to_occupation"):
            steps[step.from_occupation.code].append(step.to_occupation.code)
        return {
            code: LadderRecord(code=code, leads_to=sorted(targets))
            for code, targets in steps.items()
        }

    def save(self, content: LadderRecord) -> None:
        occupation = Occupation.objects.get(code=content.code)
        occupation.steps_up.all().delete()
        LadderStep.objects.bulk_create(
            LadderStep(from_occupation=occupation, to_occupation=target)
            for target in Occupation.objects.filter(code__in=content.leads_to)
        )

    def write(self, folder: Path, contents: Iterable[LadderRecord]) -> None:
        """The ladder is written with the roles."""


KINDS = (RoleKind(), LadderKind())
