"""How skills, items, assessments and batteries are read from files, stored and written back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from django.db import transaction

from assessments.actions.bank import item_content, save_item
from assessments.content.schema import (
    AssessmentContent,
    AssessmentsFile,
    BatteriesFile,
    BatteryContent,
    BatteryStepContent,
    BlueprintRowContent,
    Code,
    FacetContent,
    ItemContent,
    ItemsFile,
    SkillContent,
    SkillLevelContent,
    SkillsFile,
    Text,
)
from assessments.errors import ItemKeepsItsKind
from assessments.models import (
    Assessment,
    Battery,
    BatteryStep,
    BlueprintRow,
    Facet,
    ItemVersion,
    PartScoring,
    Skill,
    SkillDomain,
    SkillLevel,
    TestForm,
)
from core.content.documents import ContentModel, read_document, write_document
from core.content.loading import Record, ReferenceInvalid, plain_data


def existing_skill(code: str) -> Skill:
    try:
        return Skill.objects.get(code=code)
    except Skill.DoesNotExist:
        raise ReferenceInvalid("skill", f"there is no skill {code}") from None


class DomainRecord(ContentModel):
    """A domain without its skills, which are records of their own."""

    code: Code
    name: Text
    position: int


class DomainKind:
    name = "domain"

    def read(self, folder: Path) -> list[Record]:
        document = read_document(folder / "skills.yaml", "skills.yaml")
        domains = document.parse(SkillsFile).domains
        return [
            Record(
                domain.code,
                DomainRecord(code=domain.code, name=domain.name, position=position),
                document,
                ("domains", position),
            )
            for position, domain in enumerate(domains)
        ]

    def stored(self) -> Mapping[str, DomainRecord]:
        return {
            domain.code: DomainRecord(code=domain.code, name=domain.name, position=domain.position)
            for domain in SkillDomain.objects.all()
        }

    def save(self, content: DomainRecord) -> None:
        SkillDomain.objects.update_or_create(
            code=content.code, defaults={"name": content.name, "position": content.position}
        )

    def write(self, folder: Path, contents: Iterable[DomainRecord]) -> None:
        """Domains are written with their skills."""


class SkillRecord(SkillContent):
    """A skill with its place in the framework. Cut scores are an admin's, not the file's."""

    domain: Code
    position: int


class SkillKind:
    name = "skill"

    def read(self, folder: Path) -> list[Record]:
        document = read_document(folder / "skills.yaml", "skills.yaml")
        records = []
        for place, domain in enumerate(document.parse(SkillsFile).domains):
            for row, skill in enumerate(domain.skills):
                record = SkillRecord(
                    **skill.model_dump(), domain=domain.code, position=100 * place + row
                )
                records.append(
                    Record(skill.code, record, document, ("domains", place, "skills", row))
                )
        return records

    def stored(self) -> Mapping[str, SkillRecord]:
        skills = Skill.objects.select_related("domain").prefetch_related("facets", "levels")
        return {
            skill.code: SkillRecord(
                code=skill.code,
                name=skill.name,
                definition=skill.definition,
                facets=[
                    FacetContent(code=facet.code, name=facet.name) for facet in skill.facets.all()
                ],
                levels=[
                    SkillLevelContent(
                        level=level.level,
                        title=level.title,
                        description=level.description,
                        behaviours=level.behaviours,
                        at_work=level.at_work,
                    )
                    for level in skill.levels.all()
                ],
                self_reported=skill.self_reported,
                domain=skill.domain.code,
                position=skill.position,
            )
            for skill in skills
        }

    def save(self, content: SkillRecord) -> None:
        skill, _ = Skill.objects.update_or_create(
            code=content.code,
            defaults={
                "domain": SkillDomain.objects.get(code=content.domain),
                "name": content.name,
                "definition": content.definition,
                "position": content.position,
                "self_reported": content.self_reported,
            },
        )
        for position, facet in enumerate(content.facets):
            Facet.objects.update_or_create(
                skill=skill, code=facet.code, defaults={"name": facet.name, "position": position}
            )
        for level in content.levels:
            SkillLevel.objects.update_or_create(
                skill=skill, level=level.level, defaults=level.model_dump(exclude={"level"})
            )

    def write(self, folder: Path, contents: Iterable[SkillRecord]) -> None:
        skills = sorted(contents, key=lambda skill: skill.position)
        domains = SkillDomain.objects.order_by("position")
        write_document(
            folder / "skills.yaml",
            {
                "domains": [
                    {
                        "code": domain.code,
                        "name": domain.name,
                        "skills": [
                            plain_data(
                                SkillContent(**skill.model_dump(exclude={"domain", "position"}))
                            )
                            for skill in skills
                            if skill.domain == domain.code
                        ],
                    }
                    for domain in domains
                ]
            },
        )


class ItemRecord(ItemContent):
    skill: Code


class ItemKind:
    name = "item"

    def read(self, folder: Path) -> list[Record]:
        records = []
        for path in sorted((folder / "items").glob("*.yaml")):
            document = read_document(path, f"items/{path.name}")
            file = document.parse(ItemsFile)
            records += [
                Record(
                    item.code,
                    ItemRecord(**item.model_dump(), skill=file.skill),
                    document,
                    ("items", row),
                )
                for row, item in enumerate(file.items)
            ]
        return records

    def stored(self) -> Mapping[str, ItemRecord]:
        keys = dict(
            PartScoring.objects.filter(
                scoring_version__is_current=True, part__item_version__is_current=True
            ).values_list("part__item_version_id", "key")
        )
        versions = ItemVersion.objects.filter(is_current=True).select_related(
            "item__skill", "facet"
        )
        return {
            version.item.code: ItemRecord(
                **item_content(version.item, version, keys.get(version.pk)).model_dump(),
                skill=version.item.skill.code,
            )
            for version in versions
        }

    def save(self, content: ItemRecord) -> None:
        try:
            save_item(content=content, skill=existing_skill(content.skill))
        except Facet.DoesNotExist:
            message = f"{content.skill} has no facet {content.facet}"
            raise ReferenceInvalid("facet", message) from None
        except ItemKeepsItsKind as refusal:
            raise ReferenceInvalid(refusal.field, str(refusal)) from None

    def write(self, folder: Path, contents: Iterable[ItemRecord]) -> None:
        by_skill = sorted(contents, key=lambda item: (item.skill, item.code))
        for skill, items in groupby(by_skill, key=lambda item: item.skill):
            rows = [plain_data(ItemContent(**item.model_dump(exclude={"skill"}))) for item in items]
            write_document(folder / "items" / f"{skill}.yaml", {"skill": skill, "items": rows})


class AssessmentKind:
    name = "assessment"

    def read(self, folder: Path) -> list[Record]:
        document = read_document(folder / "assessments.yaml", "assessments.yaml")
        return [
            Record(assessment.code, assessment, document, ("assessments", row))
            for row, assessment in enumerate(document.parse(AssessmentsFile).assessments)
        ]

    def stored(self) -> Mapping[str, AssessmentContent]:
        rows = defaultdict(list)
        for row in BlueprintRow.objects.filter(test_form__is_current=True).select_related(
            "test_form", "facet"
        ):
            rows[row.test_form.assessment_id].append(
                BlueprintRowContent(
                    count=row.count,
                    level_min=row.level_min,
                    level_max=row.level_max,
                    facet=row.facet.code if row.facet else None,
                    type=row.item_type or None,
                )
            )
        return {
            assessment.code: AssessmentContent(
                skill=assessment.skill.code,
                device=assessment.device or None,
                blueprint=rows[assessment.pk],
                **{
                    field: getattr(assessment, field)
                    for field in AssessmentContent.model_fields
                    if field not in {"skill", "device", "blueprint"}
                },
            )
            for assessment in Assessment.objects.select_related("skill")
            if rows[assessment.pk]
        }

    @transaction.atomic
    def save(self, content: AssessmentContent) -> None:
        skill = existing_skill(content.skill)
        fields = content.model_dump(exclude={"code", "skill", "device", "blueprint"})
        assessment, _ = Assessment.objects.update_or_create(
            code=content.code, defaults={**fields, "skill": skill, "device": content.device or ""}
        )
        facets = {facet.code: facet for facet in skill.facets.all()}
        stored = self.stored().get(content.code)
        if stored is not None and stored.blueprint == content.blueprint:
            return
        number = assessment.test_forms.count() + 1
        assessment.test_forms.update(is_current=False)
        form = TestForm.objects.create(assessment=assessment, number=number)
        for position, row in enumerate(content.blueprint):
            if row.facet is not None and row.facet not in facets:
                raise ReferenceInvalid("blueprint", f"{content.skill} has no facet {row.facet}")
            BlueprintRow.objects.create(
                test_form=form,
                position=position,
                count=row.count,
                level_min=row.level_min,
                level_max=row.level_max,
                facet=facets[row.facet] if row.facet else None,
                item_type=row.type or "",
            )

    def write(self, folder: Path, contents: Iterable[AssessmentContent]) -> None:
        rows = [plain_data(assessment) for assessment in contents]
        write_document(folder / "assessments.yaml", {"assessments": rows})


class BatteryKind:
    name = "battery"

    def read(self, folder: Path) -> list[Record]:
        document = read_document(folder / "batteries.yaml", "batteries.yaml")
        return [
            Record(battery.code, battery, document, ("batteries", row))
            for row, battery in enumerate(document.parse(BatteriesFile).batteries)
        ]

    def stored(self) -> Mapping[str, BatteryContent]:
        return {
            battery.code: BatteryContent(
                code=battery.code,
                name=battery.name,
                summary=battery.summary,
                steps=[
                    BatteryStepContent(
                        assessment=step.assessment.code, break_minutes=step.break_minutes
                    )
                    for step in battery.steps.all()
                ],
            )
            for battery in Battery.objects.prefetch_related("steps__assessment")
        }

    def save(self, content: BatteryContent) -> None:
        codes = [step.assessment for step in content.steps]
        assessments = {row.code: row for row in Assessment.objects.filter(code__in=codes)}
        for code in codes:
            if code not in assessments:
                raise ReferenceInvalid("steps", f"there is no assessment {code}")
        battery, _ = Battery.objects.update_or_create(
            code=content.code, defaults={"name": content.name, "summary": content.summary}
        )
        battery.steps.all().delete()
        BatteryStep.objects.bulk_create(
            BatteryStep(
                battery=battery,
                assessment=assessments[step.assessment],
                position=position,
                break_minutes=step.break_minutes,
            )
            for position, step in enumerate(content.steps, start=1)
        )

    def write(self, folder: Path, contents: Iterable[BatteryContent]) -> None:
        rows = [plain_data(battery) for battery in contents]
        write_document(folder / "batteries.yaml", {"batteries": rows})


KINDS = (DomainKind(), SkillKind(), ItemKind(), AssessmentKind(), BatteryKind())
