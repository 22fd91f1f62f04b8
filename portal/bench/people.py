"""What the benchmark works on: candidates with sessions, and an opening with many applicants."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from accounts.consents import current_text
from accounts.models import Consent, ConsentKind, Employer, Membership, User
from careers.models import Occupation
from hiring.models import Requisition


def signed_in(user: User) -> str:
    """The key of a new session of `user`."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    assert session.session_key is not None
    return session.session_key


def candidates(count: int, prefix: str = "bench") -> list[User]:
    """Candidates who have given their consent."""
    users = User.objects.bulk_create(
        User(email=f"{prefix}{number}@example.com", name=f"Candidate {number}")
        for number in range(count)
    )
    text = current_text(ConsentKind.ASSESSMENT)
    Consent.objects.bulk_create(Consent(user=user, kind=text.kind, text=text) for user in users)
    return users


def recruiter(employer: Employer) -> User:
    user = User.objects.create_user(f"hr-{employer.slug}@example.com", name="Recruiter")
    Membership.objects.create(user=user, employer=employer, role="manager")
    return user


def opening(employer: Employer, applicants: int) -> Requisition:
    """An open requisition with so many applicants, made by set-based statements."""
    occupation = Occupation.objects.get(code="customer-service-agent-voice")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO careers_requirementset (created_at) VALUES (now()) RETURNING id"
        )
        (requirement_set,) = cursor.fetchone()
        cursor.execute(
            """
            INSERT INTO careers_skillrequirement (requirement_set_id, skill_id, level, importance,
                essential, reason, source, source_note, confidence)
            SELECT %s, skill_id, level, importance, essential, reason, source, source_note,
                confidence FROM careers_skillrequirement WHERE requirement_set_id = %s
            """,
            [requirement_set, occupation.requirements_id],
        )
        requisition = Requisition.objects.create(
            employer=employer,
            occupation=occupation,
            requirements_id=requirement_set,
            title=f"Bench {applicants}",
            location="Cebu",
            description="-",
        )
        cursor.execute(
            "UPDATE hiring_requisition SET state = 'open', opened_at = now() WHERE id = %s",
            [requisition.pk],
        )
        cursor.execute(
            """
            WITH people AS (
                INSERT INTO accounts_user (password, email, name, time_zone, is_active,
                    is_content_admin, is_platform_admin, date_joined)
                SELECT '!', 'a' || %(count)s || '-' || n || '@example.com', 'Applicant ' || n, '',
                    true, false, false, now() FROM generate_series(1, %(count)s) n
                RETURNING id, name
            ), applied AS (
                INSERT INTO hiring_application (id, requisition_id, candidate_id, candidate_name,
                    stage, statement, applied_at, shared_at, fit, fit_rank, coverage, lowest,
                    highest, verdict, essentials_met, essentials, exceptions, computed_at,
                    requirement_set_id)
                SELECT gen_random_uuid(), %(requisition)s, id, name,
                    (ARRAY['applied', 'screening', 'interview'])[1 + id %% 3], '',
                    now() - (id %% 90) * interval '1 day', now(), f, f, 1, f, f,
                    (ARRAY['ready', 'nearly-ready', 'developing'])[1 + id %% 3], 3, 5,
                    '[]'::jsonb, now(), %(set)s
                FROM (SELECT id, name, random() AS f FROM people) scored RETURNING id
            )
            INSERT INTO hiring_sharedskill (application_id, skill_id, theta, sem, level, part_count,
                measured, provisional, knowledge_only, evidence_at, scoring_versions)
            SELECT applied.id, skill_id, random() * 3 - 1.5, 0.5, 1 + (random() * 4)::int, 13, true,
                true, false, now(), '{}'
            FROM applied, careers_skillrequirement WHERE requirement_set_id = %(set)s
            """,
            {"count": applicants, "requisition": requisition.pk, "set": requirement_set},
        )
    return requisition
