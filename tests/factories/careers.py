"""Roles with requirements, estimates and declared facts for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory

from accounts.models import User
from assessments.models import Skill, SkillEstimate
from careers.enums import Cefr, Confidence, Fact, Family, Measure, Seniority, Source
from careers.models import (
    FactRequirement,
    HeldCertificate,
    LadderStep,
    LanguageSkill,
    MeasureRequirement,
    Occupation,
    RequirementSet,
    SkillRequirement,
    WorkExperience,
)
from tests.factories.accounts import UserFactory
from tests.factories.assessments import SkillFactory

MEASURED_AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
REASONS = {
    "reason": "Customers need it.",
    "source": Source.JUDGEMENT,
    "source_note": "Judged by the authors.",
    "confidence": Confidence.MEDIUM,
}


class RequirementSetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RequirementSet


class OccupationFactory(factory.django.DjangoModelFactory):
    """A role that asks for nothing yet; see `make_role`."""

    class Meta:
        model = Occupation

    code = factory.Sequence("role-{}".format)
    title = factory.LazyAttribute(lambda role: role.code.replace("-", " ").capitalize())
    family = Family.CUSTOMER_SUPPORT
    seniority = Seniority.ENTRY
    summary = "You help customers."
    day = "A day of **calls**."
    hours = "Shifts."
    pressure = "Medium."
    pay_direction = "Near the entry level."
    ways_in = "A test and an interview."
    ways_up = "Senior agent."
    attribution = "Judged by the authors."
    requirements = factory.SubFactory(RequirementSetFactory)


def ask_skill(role: Occupation, skill: Skill, level: int = 3, **fields: Any) -> SkillRequirement:
    values = {"importance": 4, "essential": True, **REASONS, **fields}
    return SkillRequirement.objects.create(
        requirement_set=role.requirements, skill=skill, level=level, **values
    )


def ask_typing(role: Occupation, minimum: str = "30") -> MeasureRequirement:
    return MeasureRequirement.objects.create(
        requirement_set=role.requirements,
        measure=Measure.NET_WPM,
        device="keyboard",
        minimum=minimum,
        **REASONS,
    )


def ask_fact(role: Occupation, fact: Fact = Fact.CEFR, minimum: str = "B2") -> FactRequirement:
    return FactRequirement.objects.create(
        requirement_set=role.requirements, fact=fact, minimum=minimum, detail="Which?", **REASONS
    )


def make_role(skills: list[Skill] | int = 4, level: int = 3, **fields: Any) -> Occupation:
    """A role that asks for these skills, or for so many new ones, the first three essential."""
    role = OccupationFactory(**fields)
    if isinstance(skills, int):
        skills = [SkillFactory() for _ in range(skills)]
    for place, skill in enumerate(skills):
        ask_skill(role, skill, level, essential=place < 3)
    return role


def lead_to(role: Occupation, higher: Occupation) -> LadderStep:
    return LadderStep.objects.create(from_occupation=role, to_occupation=higher)


def skills_of(role: Occupation) -> list[Skill]:
    return [row.skill for row in role.requirements.skill_requirements.select_related("skill")]


def measure(candidate: User, skill: Skill, theta: float, **fields: Any) -> SkillEstimate:
    """A current estimate, as scoring would leave it; readiness isn't refreshed."""
    values = {
        "sem": 0.4,
        "part_count": 13,
        "measured": True,
        "provisional": True,
        "knowledge_only": False,
        "evidence_at": MEASURED_AT,
        "valid_until": MEASURED_AT + timedelta(days=365),
        "computed_at": MEASURED_AT,
        **fields,
    }
    return SkillEstimate.objects.create(
        candidate=candidate, skill=skill, theta=theta, level=skill.cuts.level(theta), **values
    )


class WorkExperienceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorkExperience

    candidate = factory.SubFactory(UserFactory)
    title = "Agent"
    family = Family.CUSTOMER_SUPPORT
    employer_name = "Example Centre"
    started_on = date(2023, 1, 1)
    ended_on = date(2025, 1, 1)


class LanguageSkillFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LanguageSkill

    candidate = factory.SubFactory(UserFactory)
    language = "English"
    cefr = Cefr.B2


class HeldCertificateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = HeldCertificate

    candidate = factory.SubFactory(UserFactory)
    name = "First aid"
