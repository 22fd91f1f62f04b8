"""Skills with facets and levels, items of every type, assessments, and attempts on them.

Items go through `save_item` and attempts through the real actions, so that tests start from
nothing that the portal itself couldn't have made.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import uuid4

import factory
from django.db import transaction

from accounts.consents import give_consent
from accounts.models import ConsentKind, ConsentText, User
from assessments.actions.answers import Receipt, move_on, record_answer
from assessments.actions.attempts import start_attempt
from assessments.actions.bank import save_item
from assessments.actions.scoring import finish_attempt
from assessments.content.schema import ItemContent
from assessments.models import (
    Assessment,
    Attempt,
    BlueprintRow,
    Facet,
    Item,
    PartScoring,
    Skill,
    SkillDomain,
    SkillLevel,
    TestForm,
)
from assessments.queries.attempts import locked_question

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FACETS = ("noticing", "answering")
OPTION_CODES = "abcde"
PASSAGE = (
    "Thank you for calling. I can see your order here, and I will stay on the line until it is "
    "settled. Please tell me the number on your last bill."
)
KEYS: dict[str, Any] = {
    "single-choice": "b",
    "multiple-choice": ["a", "c"],
    "situational": ["b", "c", "d", "a"],
    "rating": {"a": 4, "b": 1, "c": 2, "d": 3},
    "ordering": ["c", "a", "d", "b"],
    "numeric": {"value": "4711.25", "tolerance": "0.03"},
    "typing": None,
}
SCORED_TYPES = tuple(code for code in KEYS if code != "typing")
_numbers = count(1)


class DomainFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SkillDomain
        django_get_or_create = ("code",)

    code = "communication"
    name = "Communication"


class LevelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SkillLevel

    title = factory.LazyAttribute(lambda level: f"Title {level.level}")
    description = factory.LazyAttribute(lambda level: f"Description of level {level.level}.")
    behaviours = factory.LazyFunction(lambda: ["Does one thing.", "Does another."])
    at_work = factory.LazyAttribute(lambda level: f"At work, level {level.level} shows.")


class SkillFactory(factory.django.DjangoModelFactory):
    """A skill with two facets and its five levels."""

    class Meta:
        model = Skill
        skip_postgeneration_save = True

    code = factory.Sequence(lambda number: f"skill-{number}")
    name = factory.LazyAttribute(lambda skill: skill.code.replace("-", " ").capitalize())
    definition = "What it is."
    domain = factory.SubFactory(DomainFactory)
    position = factory.Sequence(lambda number: number)

    @factory.post_generation
    def framework(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        for position, code in enumerate(FACETS):
            Facet.objects.create(skill=self, code=code, name=code.title(), position=position)
        for level in range(1, 6):
            LevelFactory(skill=self, level=level)


class AssessmentFactory(factory.django.DjangoModelFactory):
    """An assessment; `blueprint` gives its rows as keyword dictionaries."""

    class Meta:
        model = Assessment
        skip_postgeneration_save = True

    skill = factory.SubFactory(SkillFactory)
    code = factory.LazyAttribute(lambda assessment: assessment.skill.code)
    name = factory.LazyAttribute(lambda assessment: f"{assessment.skill.name} test")
    summary = "What it shows."
    instructions = "One question a page."
    time_limit_seconds = 1200
    stated_minutes = 15
    stated_kilobytes = 240

    @factory.post_generation
    def blueprint(self, create: bool, extracted: list[dict[str, Any]] | None, **kw: Any) -> None:
        form = TestForm.objects.create(assessment=self, number=1)
        for position, row in enumerate(extracted or [{"count": 4}]):
            BlueprintRow.objects.create(test_form=form, position=position, **row)


def item_content(item_type: str = "single-choice", **changes: Any) -> ItemContent:
    """A valid item of a type, whose words say which part of it they are."""
    number = next(_numbers)
    options = 5 if item_type == "multiple-choice" else 4
    content: dict[str, Any] = {
        "code": f"item-{number:04}",
        "type": item_type,
        "facet": FACETS[number % 2],
        "level": 3,
        "seconds": 40,
        "stem": f"Stem of item {number}.",
        "explanation": f"EXPLANATION-SECRET-{number}",
        "key": KEYS[item_type],
    }
    match item_type:
        case "numeric":
            content["unit"], content["decimals"] = "USD", 2
            content["slips"] = [{"value": "815.75", "rationale": f"SLIP-SECRET-{number}"}]
        case "typing":
            content["passage"] = PASSAGE
        case _:
            content["options"] = [
                {
                    "code": code,
                    "text": f"Way {code} of item {number}",
                    "rationale": f"RATIONALE-SECRET-{number}-{code}",
                }
                for code in OPTION_CODES[:options]
            ]
    return ItemContent(**(content | changes))


def make_item(skill: Skill, item_type: str = "single-choice", **changes: Any) -> Item:
    return save_item(content=item_content(item_type, **changes), skill=skill)


def make_bank(skill: Skill, size: int, item_type: str = "single-choice") -> list[Item]:
    """Items of one type, their levels spread from 1 to 5."""
    return [make_item(skill, item_type, level=place % 5 + 1) for place in range(size)]


def make_candidate(name: str = "Ana Reyes", *, consents: bool = True) -> User:
    user = User.objects.create_user(f"person-{next(_numbers)}@example.org", None, name=name)
    if consents:
        text, _ = ConsentText.objects.get_or_create(
            kind=ConsentKind.ASSESSMENT, version=1, defaults={"title": "Consent", "body": "Yes."}
        )
        give_consent(user=user, text=text)
    return user


def begin(
    candidate: User, assessment: Assessment, now: datetime = NOW, seed: int = 1
) -> Attempt:
    return start_attempt(candidate=candidate, assessment=assessment, now=now, random=Random(seed))


def answer_to(item: Item, *, right: bool = True) -> dict[str, Any]:
    """What is stored for an answer to the item's current version: a perfect one or a wrong one."""
    version = item.versions.get(is_current=True)
    if item.item_type == "typing":
        typed = PASSAGE if right else PASSAGE[:10]
        return {"text": typed, "milliseconds": 60_000, "device": "keyboard"}
    key = PartScoring.objects.get(
        part__item_version=version, scoring_version__is_current=True
    ).key
    match item.item_type:
        case "single-choice":
            return {"choice": key if right else next(c for c in version.task.options if c != key)}
        case "multiple-choice":
            wrong = [code for code in version.task.options if code not in key]
            return {"choices": key if right else wrong}
        case "situational":
            best, worst = (key[0], key[-1]) if right else (key[-1], key[0])
            return {"most": best, "least": worst}
        case "rating":
            return {"ratings": key if right else {code: 5 - rate for code, rate in key.items()}}
        case "ordering":
            return {"order": key if right else key[::-1]}
        case _:
            return {"value": key["value"] if right else "1"}


def posted(answer: dict[str, Any]) -> dict[str, Any]:
    """The form fields in which a page sends `answer`."""
    if "ratings" in answer:
        return {f"rating-{code}": value for code, value in answer["ratings"].items()}
    if "order" in answer:
        return {"order": ",".join(answer["order"])}
    return answer


@transaction.atomic
def give(
    attempt: Attempt, position: int, answer: dict[str, Any] | None, *, now: datetime = NOW,
    revision: int | None = None,
) -> Receipt:
    """Give an answer as the page does, knowing the stored revision unless told otherwise."""
    question = locked_question(attempt.candidate, attempt.pk, position)
    if revision is None:
        revision = question.response.revision if hasattr(question, "response") else 0
    receipt = record_answer(
        attempt_item=question, answer=answer, answer_id=uuid4(), base_revision=revision, now=now
    )
    move_on(attempt=question.attempt, to_position=position + 1)
    return receipt


def take(
    candidate: User, assessment: Assessment, *, now: datetime = NOW, right: int = 10**6,
    seed: int = 1,
) -> Attempt:
    """A whole attempt: the first `right` questions answered perfectly, the others wrongly."""
    attempt = begin(candidate, assessment, now, seed)
    for question in attempt.items.select_related("item_version__item"):
        answer = answer_to(question.item_version.item, right=question.position <= right)
        give(attempt, question.position, answer, now=now)
    return finish_attempt(attempt=attempt, now=now + timedelta(minutes=5))
