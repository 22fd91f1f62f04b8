"""What a role looks like in a content file. Pure: no Django."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from assessments.content.schema import Code, Level, SkillsFile, Text, refuse_repeats
from core.content.documents import ContentModel

Importance = Annotated[int, Field(ge=1, le=5)]
Source = Literal["onet", "industry", "judgement"]
Confidence = Literal["low", "medium", "high"]
Family = Literal[
    "customer-support",
    "technical-support",
    "sales-and-collections",
    "data-and-back-office",
    "finance",
    "hr-services",
    "operations-and-leadership",
]
Seniority = Literal["entry", "senior", "specialist", "lead", "manager", "executive"]

FEWEST_ESSENTIALS, MOST_ESSENTIALS = 3, 5
CEFR_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


class OccupationContent(ContentModel):
    """An O*NET-SOC occupation, with the title that O*NET gives it."""

    code: Annotated[str, Field(pattern=r"^\d{2}-\d{4}\.\d{2}$")]
    title: Text


class _Requirement(ContentModel):
    """What every requirement says about itself: why it is asked, and who says so."""

    reason: Text
    source: Source
    source_note: Text
    confidence: Confidence


class SkillRequirementContent(_Requirement):
    skill: Code
    level: Level
    importance: Importance
    essential: bool


class MeasureRequirementContent(_Requirement):
    """A measure in its own unit on a device; accuracy in percent."""

    measure: Literal["net-wpm", "accuracy", "keystrokes-per-hour"]
    device: Literal["keyboard", "phone"]
    minimum: Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]

    @model_validator(mode="after")
    def _accuracy_is_a_percentage(self) -> Self:
        if self.measure == "accuracy" and Decimal(self.minimum) > 100:
            raise ValueError("accuracy is a percentage, so at most 100")
        return self


class FactRequirementContent(_Requirement):
    """A fact that the candidate declares and HR confirms; it never becomes a score."""

    fact: Literal["cefr", "years-experience"]
    minimum: Text
    detail: Text

    @model_validator(mode="after")
    def _minimum_fits_the_fact(self) -> Self:
        if self.fact == "cefr" and self.minimum not in CEFR_LEVELS:
            raise ValueError(f"minimum must be one of {', '.join(CEFR_LEVELS)}")
        if self.fact == "years-experience" and not self.minimum.isdecimal():
            raise ValueError("minimum must be a whole number of years")
        return self


class RoleContent(ContentModel):
    """`roles/<code>.yaml`"""

    code: Code
    title: Text
    family: Family
    seniority: Seniority
    summary: Text
    day: Text
    hours: Text
    pressure: Text
    pay_direction: Text
    ways_in: Text
    ways_up: Text
    soc: OccupationContent | None
    soc_note: Text | None = None
    esco: (
        Annotated[str, Field(pattern=r"^http://data\.europa\.eu/esco/occupation/[0-9a-f-]{36}$")]
        | None
    )
    leads_to: list[Code] = []
    source: Text
    skill_requirements: Annotated[list[SkillRequirementContent], Field(min_length=4, max_length=9)]
    measure_requirements: list[MeasureRequirementContent] = []
    fact_requirements: list[FactRequirementContent] = []

    @property
    def essentials(self) -> list[SkillRequirementContent]:
        return [requirement for requirement in self.skill_requirements if requirement.essential]

    @model_validator(mode="after")
    def _requirements_are_sound(self) -> Self:
        refuse_repeats("skills", [requirement.skill for requirement in self.skill_requirements])
        refuse_repeats(
            "measures", [f"{item.measure} on {item.device}" for item in self.measure_requirements]
        )
        refuse_repeats("facts", [item.fact for item in self.fact_requirements])
        if not FEWEST_ESSENTIALS <= len(self.essentials) <= MOST_ESSENTIALS:
            raise ValueError(
                f"a role has {FEWEST_ESSENTIALS} to {MOST_ESSENTIALS} essential skills"
            )
        return self

    @model_validator(mode="after")
    def _leads_elsewhere(self) -> Self:
        refuse_repeats("roles in leads_to", self.leads_to)
        if self.code in self.leads_to:
            raise ValueError("a role can't lead to itself")
        return self


def skill_problems(role: RoleContent, skills: SkillsFile) -> list[str]:
    """Skills that the framework lacks, or that rest on self-report and yet are essential."""
    known = {skill.code: skill for domain in skills.domains for skill in domain.skills}
    problems = []
    for requirement in role.skill_requirements:
        skill = known.get(requirement.skill)
        if skill is None:
            problems.append(f"there is no skill {requirement.skill}")
        elif skill.self_reported and requirement.essential:
            problems.append(f"{requirement.skill} rests on self-report and can't be essential")
    return problems


def ladder_problems(roles: Iterable[RoleContent]) -> list[str]:
    """Steps to roles that don't exist, and roles from which the ladder leads back to itself."""
    steps = {role.code: role.leads_to for role in roles}
    problems = [
        f"{code} leads to {target}, which doesn't exist"
        for code, targets in steps.items()
        for target in targets
        if target not in steps
    ]
    return problems + [
        f"{code} leads back to itself" for code in steps if code in _reachable(code, steps)
    ]


def _reachable(start: str, steps: dict[str, list[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(steps[start])
    while waiting:
        code = waiting.pop()
        if code not in seen:
            seen.add(code)
            waiting += steps.get(code, [])
    return seen
