"""Openings and applications to them, made by the real actions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models import Employer, User
from assessments.models import Skill, SkillEstimate
from careers.models import LanguageSkill, Occupation
from hiring.actions.applications import apply
from hiring.actions.requisitions import draft_requisition, open_requisition
from hiring.models import Application, Requisition
from tests.factories.accounts import EmployerFactory, MembershipFactory, UserFactory, consented
from tests.factories.assessments import NOW, SkillFactory
from tests.factories.careers import OccupationFactory, ask_fact, ask_skill, ask_typing


def make_occupation(
    skills: list[tuple[Skill, int, bool]] | None = None, *, language: bool = True, **fields: Any
) -> Occupation:
    """A role that asks for `skills` (skill, level, essential), 30 words a minute and CEFR B2."""
    if skills is None:
        skills = [(SkillFactory(), 3, True), (SkillFactory(), 3, True), (SkillFactory(), 2, False)]
    occupation = OccupationFactory(**fields)
    for skill, level, essential in skills:
        ask_skill(occupation, skill, level, essential=essential)
    ask_typing(occupation)
    if language:
        ask_fact(occupation)
    return occupation


def make_requisition(
    employer: Employer | None = None,
    occupation: Occupation | None = None,
    *,
    opened: bool = True,
    **fields: Any,
) -> Requisition:
    employer = employer or EmployerFactory()
    staff = MembershipFactory(employer=employer).user
    fields = {
        "title": "Agent, night shift",
        "location": "Cebu",
        "description": "You **help** people.",
        "seats": 2,
        **fields,
    }
    requisition = draft_requisition(
        employer=employer,
        occupation=occupation or make_occupation(),
        drafted_by=staff,
        **fields,
    )
    if not opened:
        return requisition
    return open_requisition(requisition=requisition, opened_by=staff, now=NOW)


def make_person(name: str = "Ana Reyes", *, verified: bool = True, consent: bool = True) -> User:
    person = UserFactory(name=name, verified=verified)
    if consent:
        consented(person)
    return person


def give_estimate(
    candidate: User, skill: Skill, theta: float = 0.5, *, measured: bool = True, **fields: Any
) -> SkillEstimate:
    """An estimate without attempts behind it; it replaces the current one."""
    SkillEstimate.objects.filter(candidate=candidate, skill=skill).update(is_current=False)
    fields = {
        "sem": 0.35,
        "part_count": 14 if measured else 3,
        "provisional": True,
        "knowledge_only": False,
        "evidence_at": NOW,
        "valid_until": NOW + timedelta(days=365),
        "computed_at": NOW,
        **fields,
    }
    return SkillEstimate.objects.create(
        candidate=candidate, skill=skill, theta=theta, level=skill.cuts.level(theta),
        measured=measured, **fields,
    )


def asked_skills(requisition: Requisition) -> list[Skill]:
    rows = requisition.requirements.skill_requirements.select_related("skill")
    return [row.skill for row in rows.order_by("-essential", "-importance", "skill__position")]


def make_application(
    requisition: Requisition,
    candidate: User | None = None,
    *,
    theta: float | None = 0.5,
    name: str = "Ana Reyes",
    statement: str = "I like to help.",
    now: Any = NOW,
) -> Application:
    """An application of somebody with this theta in every skill asked for, and English at C1."""
    candidate = candidate or make_person(name)
    if theta is not None:
        for skill in asked_skills(requisition):
            give_estimate(candidate, skill, theta)
    LanguageSkill.objects.get_or_create(
        candidate=candidate, language="English", defaults={"cefr": "C1"}
    )
    return apply(candidate=candidate, requisition=requisition, statement=statement, now=now)
