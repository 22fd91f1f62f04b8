"""What a skill and an item look like in a content file. Pure: no Django."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from assessments.item_types.registry import ITEM_TYPES
from assessments.item_types.shape import KeyInvalid, Task
from core.content.documents import ContentModel, FieldInvalid

Code = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, Field(min_length=1)]
Level = Annotated[int, Field(ge=1, le=5)]


class FacetContent(ContentModel):
    code: Code
    name: Text


class SkillLevelContent(ContentModel):
    level: Level
    title: Text
    description: Text
    behaviours: Annotated[list[Text], Field(min_length=2, max_length=6)]
    at_work: Text


class SkillContent(ContentModel):
    code: Code
    name: Text
    definition: Text
    facets: Annotated[list[FacetContent], Field(min_length=2)]
    levels: Annotated[list[SkillLevelContent], Field(min_length=5, max_length=5)]
    self_reported: bool = False

    @model_validator(mode="after")
    def _levels_are_one_to_five(self) -> Self:
        if [level.level for level in self.levels] != [1, 2, 3, 4, 5]:
            raise ValueError("levels must be 1 to 5 in order")
        return self


class DomainContent(ContentModel):
    code: Code
    name: Text
    skills: Annotated[list[SkillContent], Field(min_length=1)]


class SkillsFile(ContentModel):
    """`skills.yaml`"""

    domains: Annotated[list[DomainContent], Field(min_length=1)]


class OptionContent(ContentModel):
    code: Annotated[str, Field(pattern=r"^[a-z]$")]
    text: Text
    rationale: Text


class ExhibitContent(ContentModel):
    kind: Literal["email", "chat", "call", "bill", "table", "note", "article"]
    title: Text
    body: Text


class SlipContent(ContentModel):
    """A wrong number that a real slip leads to."""

    value: str
    rationale: Text


class ReadingContent(ContentModel):
    """The second reading: how many solvers agreed with the key before anything was mended."""

    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    agreed: Annotated[int, Field(ge=0)]
    solvers: Annotated[int, Field(ge=1)]
    outcome: Literal["kept", "mended"]


class ItemContent(ContentModel):
    code: Code
    type: str
    use: Literal["scored", "practice"] = "scored"
    facet: Code
    level: Level
    discrimination: Annotated[float, Field(ge=0.3, le=2.5)] = 1.0
    seconds: Annotated[int, Field(ge=10, le=600)]
    stem: Text
    exhibit: ExhibitContent | None = None
    image: str | None = None
    image_text: str | None = None
    options: list[OptionContent] = []
    key: Any = None
    unit: str | None = None
    decimals: Annotated[int, Field(ge=0, le=4)] | None = None
    slips: list[SlipContent] = []
    passage: str | None = None
    explanation: Text
    reading: ReadingContent | None = None

    @property
    def task(self) -> Task:
        return Task(tuple(option.code for option in self.options), self.settings)

    @property
    def settings(self) -> dict[str, Any]:
        """What the item's type needs beside stem and options."""
        fields = {"unit": self.unit, "decimals": self.decimals, "passage": self.passage}
        return {name: value for name, value in fields.items() if value is not None}

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        item_type = ITEM_TYPES.get(self.type)
        if item_type is None:
            raise _unknown_type()
        codes = [option.code for option in self.options]
        if len(set(codes)) != len(codes):
            raise FieldInvalid("options", "two options have the same code")
        if item_type.NEEDS_OPTIONS and not codes:
            raise FieldInvalid("options", "options are missing")
        if codes and not item_type.NEEDS_OPTIONS:
            raise FieldInvalid("options", "options don't belong here")
        if self.image and not self.image_text:
            raise FieldInvalid("image_text", "an image needs its alternative in words")
        try:
            item_type.read_key(self.key, self.task)
        except KeyInvalid as error:
            raise FieldInvalid("key", str(error)) from None
        return self


def _unknown_type() -> FieldInvalid:
    return FieldInvalid("type", f"type must be one of {', '.join(sorted(ITEM_TYPES))}")


class ItemsFile(ContentModel):
    """`items/<skill>.yaml`"""

    skill: Code
    items: list[ItemContent]

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        codes = [item.code for item in self.items]
        repeated = {code for code in codes if codes.count(code) > 1}
        if repeated:
            raise ValueError(f"these codes stand twice: {', '.join(sorted(repeated))}")
        return self


class BlueprintRowContent(ContentModel):
    """So many items between these levels, of any facet and type or of one."""

    count: Annotated[int, Field(ge=1, le=30)]
    level_min: Level = 1
    level_max: Level = 5
    facet: Code | None = None
    type: str | None = None

    @model_validator(mode="after")
    def _can_be_filled(self) -> Self:
        if self.level_max < self.level_min:
            raise FieldInvalid("level_max", "level_max is below level_min")
        if self.type is not None and self.type not in ITEM_TYPES:
            raise _unknown_type()
        return self


class AssessmentContent(ContentModel):
    code: Code
    name: Text
    skill: Code
    summary: Text
    instructions: Text
    time_limit_seconds: Annotated[int, Field(ge=60)] | None
    stated_minutes: Annotated[int, Field(ge=1)]
    stated_kilobytes: Annotated[int, Field(ge=1)]
    device: Literal["keyboard", "phone"] | None = None
    cool_down_days: Annotated[int, Field(ge=0)] = 14
    validity_days: Annotated[int, Field(ge=1)] = 365
    knowledge_only: bool = False
    blueprint: Annotated[list[BlueprintRowContent], Field(min_length=1)]


class AssessmentsFile(ContentModel):
    """`assessments.yaml`"""

    assessments: list[AssessmentContent]

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        refuse_repeats("codes", [assessment.code for assessment in self.assessments])
        return self


class BatteryStepContent(ContentModel):
    """One assessment of a battery, and the break that follows it."""

    assessment: Code
    break_minutes: Annotated[int, Field(ge=0, le=60)] = 0


class BatteryContent(ContentModel):
    code: Code
    name: Text
    summary: Text
    steps: Annotated[list[BatteryStepContent], Field(min_length=1, max_length=6)]

    @model_validator(mode="after")
    def _assessments_are_unique(self) -> Self:
        refuse_repeats("assessments", [step.assessment for step in self.steps])
        return self


class BatteriesFile(ContentModel):
    """`batteries.yaml`"""

    batteries: list[BatteryContent]

    @model_validator(mode="after")
    def _codes_are_unique(self) -> Self:
        refuse_repeats("codes", [battery.code for battery in self.batteries])
        return self


def refuse_repeats(what: str, values: list[str]) -> None:
    """Raise ValueError when a value stands twice."""
    repeated = sorted({value for value in values if values.count(value) > 1})
    if repeated:
        raise ValueError(f"these {what} stand twice: {', '.join(repeated)}")
