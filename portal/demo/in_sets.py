"""Many candidates at once: the same histories as by the actions, written table by table.

Scores come from the answers by the real item types, estimates and readiness from the real pure
functions. What the actions would have kept on the way, older estimates for instance, is left out.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.consents import current_text
from accounts.models import Consent, ConsentKind, User
from assessments.enums import ParameterOrigin
from assessments.models import (
    Attempt,
    AttemptItem,
    EstimateEvidence,
    ItemResponse,
    ItemVersion,
    PartScore,
    Skill,
    SkillEstimate,
    SpeedMeasure,
)
from assessments.psychometrics import ScoredResponse, estimate_ability
from assessments.psychometrics.scales import is_measured
from careers.actions.readiness import stored_fields
from careers.matching.fit import readiness
from careers.models import HeldCertificate, LanguageSkill, RoleReadiness, WorkExperience
from careers.queries.profile import candidate_profile
from careers.thresholds import verdict_thresholds
from core.models import AuditEvent
from learning.models import Enrolment

from .applications_in_sets import apply_in_sets
from .by_actions import planned_courses
from .catalogue import Catalogue
from .declared import certificates, languages, work_experience
from .histories import AttemptRows, History, attempt_rows
from .openings import Openings
from .people import Person

BATCH = 250


@transaction.atomic
def seed_batch(
    people: list[Person], catalogue: Catalogue, openings: Openings, now: datetime
) -> list[User]:
    """Write the histories of these people, all of them or none."""
    users = User.objects.bulk_create(_user(person) for person in people)
    _agree_and_verify(users, people)
    histories = []
    for person, user in zip(people, users, strict=True):
        role = catalogue.target_role(person, openings.occupations)
        histories.append(
            History(
                person,
                user,
                role,
                work_experience(person, user, role),
                languages(person, user),
            )
        )
    WorkExperience.objects.bulk_create(row for history in histories for row in history.work)
    LanguageSkill.objects.bulk_create(row for history in histories for row in history.languages)
    HeldCertificate.objects.bulk_create(
        row for history in histories for row in certificates(history.person, history.user)
    )
    for history in histories:
        seen: set[str] = set()
        for planned in catalogue.planned_sittings(
            history.person, history.role, now - timedelta(hours=2)
        ):
            history.attempts.append(attempt_rows(history, catalogue, planned, seen))
    _save_attempts(histories, now)
    _save_estimates(histories, catalogue)
    RoleReadiness.objects.bulk_create(
        (row for history in histories for row in _readiness(history.user, catalogue, now)),
        batch_size=5000,
    )
    _save_enrolments(histories, catalogue, now)
    apply_in_sets(openings, histories, now)
    return users


def _user(person: Person) -> User:
    user = User(email=person.email, name=person.name, time_zone=person.country.time_zone)
    user.set_unusable_password()
    return user


def _agree_and_verify(users: list[User], people: list[Person]) -> None:
    """Addresses and consents, with their audit events, as signing up leaves them."""
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    text = current_text(ConsentKind.ASSESSMENT)
    consents = Consent.objects.bulk_create(
        Consent(user=user, kind=text.kind, text=text) for user in users
    )
    for user, consent, person in zip(users, consents, people, strict=True):
        user.date_joined = consent.given_at = person.joined_at
    User.objects.bulk_update(users, ["date_joined"])
    Consent.objects.bulk_update(consents, ["given_at"])
    AuditEvent.objects.bulk_create(
        AuditEvent(
            actor_id=consent.user_id,
            action="consent given",
            subject_type=Consent._meta.label_lower,
            subject_id=str(consent.pk),
            changes={"kind": text.kind, "version": text.version},
        )
        for consent in consents
    )


def _save_attempts(histories: list[History], now: datetime) -> None:
    attempts = [rows for history in histories for rows in history.attempts]
    used = {version.pk for rows in attempts for version in rows.versions}
    ItemVersion.objects.filter(pk__in=used, frozen_at=None).update(frozen_at=now)
    Attempt.objects.bulk_create((rows.attempt for rows in attempts), batch_size=5000)
    AttemptItem.objects.bulk_create(
        (item for rows in attempts for item in rows.items), batch_size=5000
    )
    ItemResponse.objects.bulk_create(
        (response for rows in attempts for response in rows.responses), batch_size=5000
    )
    PartScore.objects.bulk_create(
        (score for rows in attempts for score in rows.scores), batch_size=5000
    )
    SpeedMeasure.objects.bulk_create(
        (measure for history in histories for measure in history.measures), batch_size=5000
    )


def _save_estimates(histories: list[History], catalogue: Catalogue) -> None:
    """One estimate of each skill, from the newest attempt of each assessment."""
    evidence: list[tuple[SkillEstimate, list[PartScore]]] = []
    for history in histories:
        newest = {rows.assessment.pk: rows for rows in history.attempts}
        by_skill: dict[Skill, list[tuple[AttemptRows, PartScore]]] = defaultdict(list)
        for rows in newest.values():
            for score in rows.scores:
                by_skill[rows.assessment.skill].append((rows, score))
        for skill, found in by_skill.items():
            estimate = _estimate(history.user, skill, found, catalogue)
            history.estimates.append(estimate)
            evidence.append((estimate, [score for _, score in found]))
    SkillEstimate.objects.bulk_create((estimate for estimate, _ in evidence), batch_size=5000)
    EstimateEvidence.objects.bulk_create(
        (
            EstimateEvidence(estimate=estimate, part_score=score)
            for estimate, scores in evidence
            for score in scores
        ),
        batch_size=5000,
    )


def _estimate(
    user: User, skill: Skill, found: list[tuple[AttemptRows, PartScore]], catalogue: Catalogue
) -> SkillEstimate:
    scorings = [catalogue.bank.scorings[score.attempt_item.item_version_id] for _, score in found]
    ability = estimate_ability(
        [
            ScoredResponse(scoring.parameters, score.score)
            for scoring, (_, score) in zip(scorings, found, strict=True)
        ]
    )
    given = [rows.attempt.submitted_at for rows, _ in found if rows.attempt.submitted_at]
    return SkillEstimate(
        candidate=user,
        skill=skill,
        theta=ability.theta,
        sem=ability.sem,
        level=skill.cuts.level(ability.theta),
        part_count=len(found),
        measured=is_measured(len(found), ability.sem),
        provisional=any(s.scoring_version.origin == ParameterOrigin.JUDGED for s in scorings),
        knowledge_only=all(rows.assessment.knowledge_only for rows, _ in found),
        evidence_at=max(given),
        valid_until=min(
            given_at + timedelta(days=rows.assessment.validity_days)
            for given_at, (rows, _) in zip(given, found, strict=True)
        ),
        computed_at=max(rows.attempt.scored_at for rows, _ in found if rows.attempt.scored_at),
    )


def _readiness(user: User, catalogue: Catalogue, now: datetime) -> list[RoleReadiness]:
    """Read back by the real queries, so that what is stored is what a refresh would store."""
    profile, thresholds = candidate_profile(user, now), verdict_thresholds()
    return [
        RoleReadiness(
            candidate=user,
            occupation=role,
            requirement_set=role.requirements,
            **stored_fields(readiness(requirements, profile, thresholds), now),
        )
        for role, requirements in catalogue.requirements
    ]


def _save_enrolments(histories: list[History], catalogue: Catalogue, now: datetime) -> None:
    Enrolment.objects.bulk_create(
        Enrolment(
            candidate=history.user, course=course, enrolled_at=begun_at, completed_at=finished_at
        )
        for history in histories
        for course, begun_at, finished_at in planned_courses(
            history.person, catalogue, history.role, now
        )
    )
