"""One candidate's history through the real actions, from signing up to applying."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.consents import current_text, give_consent
from accounts.models import Consent, ConsentKind, User
from assessments.actions.answers import move_on, record_answer
from assessments.actions.attempts import start_attempt
from assessments.actions.scoring import finish_attempt
from assessments.models import Attempt
from careers.actions.declared import DeclaredRow, save_declared
from careers.models import Occupation
from learning.actions import complete_course, enrol
from learning.models import Course

from .catalogue import Catalogue, PlannedSitting
from .declared import certificates, languages, work_experience
from .identifiers import uuid_from
from .openings import Openings
from .people import Person
from .sitting import Sitting, sit


@transaction.atomic
def seed_candidate(person: Person, catalogue: Catalogue, openings: Openings, now: datetime) -> User:
    """Everything this person did until `now`, all of it or nothing."""
    role = catalogue.target_role(person, openings.occupations)
    user = create_candidate(person)
    declare(user, person, role, person.joined_at + timedelta(minutes=5))
    done_at = person.joined_at
    for sitting in catalogue.planned_sittings(person, role, now - timedelta(hours=2)):
        attempt = take(user, person, catalogue, sitting)
        done_at = attempt.submitted_at or done_at
    study(user, person, catalogue, role, now)
    openings.apply_by_action(user, person, role, done_at, now)
    return user


def create_candidate(person: Person) -> User:
    user = User.objects.create_user(
        person.email, None, name=person.name, time_zone=person.country.time_zone
    )
    agree_and_verify(user, person.joined_at)
    return user


def agree_and_verify(user: User, at: datetime) -> None:
    """A verified address and the consent to assessment, both since `at`."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    consent = give_consent(user=user, text=current_text(ConsentKind.ASSESSMENT))
    Consent.objects.filter(pk=consent.pk).update(given_at=at)
    User.objects.filter(pk=user.pk).update(date_joined=at)


def declare(user: User, person: Person, role: Occupation, at: datetime) -> None:
    rows: list[DeclaredRow] = [
        *languages(person, user),
        *work_experience(person, user, role),
        *certificates(person, user),
    ]
    for row in rows:
        fields = [field.name for field in row._meta.fields if field.name not in {"id", "candidate"}]
        save_declared(candidate=user, row=row, changed=fields, now=at)


def take(
    user: User,
    person: Person,
    catalogue: Catalogue,
    planned: PlannedSitting,
    until_position: int | None = None,
) -> Attempt:
    """Take an assessment as planned; with `until_position` stop there and leave it open."""
    at = planned.started_at
    random = person.stream(f"attempt {planned.number} {planned.assessment.code}")
    attempt = start_attempt(candidate=user, assessment=planned.assessment, now=at, random=random)
    items = list(attempt.items.select_related("item_version__item").order_by("position"))
    sitting = sit(
        catalogue.bank,
        [item.item_version for item in items],
        person.theta(planned.assessment.skill.code),
        person.typist,
        person.pace,
        at,
        attempt.deadline,
        random,
    )
    for step in sitting.steps:
        if until_position is not None and step.position >= until_position:
            break
        item = items[step.position - 1]
        item.attempt = attempt
        if step.answer is not None:
            record_answer(
                attempt_item=item,
                answer=step.answer,
                answer_id=uuid_from(random),
                base_revision=0,
                now=step.at,
            )
    reached = _reached(sitting, until_position)
    move_on(attempt=attempt, to_position=min(reached, len(items)))
    if until_position is None:
        attempt = finish_attempt(attempt=attempt, now=sitting.ended_at)
    return attempt


def _reached(sitting: Sitting, until_position: int | None) -> int:
    return min(sitting.furthest_position, until_position or sitting.furthest_position)


def study(
    user: User, person: Person, catalogue: Catalogue, role: Occupation, now: datetime
) -> None:
    for course, begun_at, finished_at in planned_courses(person, catalogue, role, now):
        enrolment = enrol(candidate=user, course=course, now=begun_at)
        if finished_at is not None:
            complete_course(enrolment=enrolment, now=finished_at)


def planned_courses(
    person: Person, catalogue: Catalogue, role: Occupation, now: datetime
) -> Iterator[tuple[Course, datetime, datetime | None]]:
    """Up to two courses of skills that the role asks for: course, begun, perhaps finished."""
    random = person.stream("courses")
    fitting = [
        course
        for asked in role.requirements.skill_requirements.all()
        for course in catalogue.courses.get(asked.skill_id, ())
        if course.to_level <= asked.level + 1
    ]
    for course in random.sample(fitting, min(len(fitting), random.choice((0, 0, 1, 1, 2)))):
        begun_at = _between(person.joined_at, now, random)
        finished_at = begun_at + timedelta(days=2 + float(course.hours) * random.uniform(0.5, 3))
        finished = random.random() < 0.6 and finished_at < now
        yield course, begun_at, finished_at if finished else None


def _between(start: datetime, end: datetime, random: Random) -> datetime:
    return start + (end - start) * random.uniform(0.05, 0.95)
