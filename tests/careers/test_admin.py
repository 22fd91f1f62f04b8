"""Roles and requirements in Django's admin: an edit makes a new set, audited, and recomputes."""

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from careers.actions.readiness import refresh_readiness
from careers.content.kinds import RoleKind
from careers.models import LadderStep, Occupation, RequirementSet, RoleReadiness
from careers.tasks import refresh_role_readiness
from core.models import AuditEvent
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.assessments import SkillFactory
from tests.factories.careers import (
    RequirementSetFactory,
    ask_fact,
    ask_typing,
    lead_to,
    make_role,
    measure,
    skills_of,
)

pytestmark = pytest.mark.django_db

PREFIXES = ("skill_requirements", "measure_requirements", "fact_requirements")
FIELDS = {
    "skill_requirements": ("skill_id", "level", "importance", "essential"),
    "measure_requirements": ("measure", "device", "minimum"),
    "fact_requirements": ("fact", "minimum", "detail"),
}
REASONS = ("reason", "source", "source_note", "confidence")


def set_url(requirement_set):
    return reverse("admin:careers_requirementset_change", args=[requirement_set.pk])


def posted(asked, **changes):
    data = {}
    for prefix in PREFIXES:
        rows = list(getattr(asked, prefix).all())
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            start = f"{prefix}-{number}"
            data |= {f"{start}-id": row.pk, f"{start}-requirement_set": asked.pk}
            for field in (*FIELDS[prefix], *REASONS):
                value = getattr(row, field)
                if value is not False:
                    data[f"{start}-{field.removesuffix('_id')}"] = value
    return data | changes


@pytest.fixture
def content_admin(client):
    user = UserFactory(is_content_admin=True)
    client.force_login(user)
    return user


@pytest.fixture
def role():
    role = make_role(4, title="Agent")
    ask_typing(role)
    ask_fact(role)
    return role


@pytest.mark.parametrize("who", ["candidate", "recruiter", "platform", "anonymous"])
def test_only_content_admins_edit_roles(client, role, who):
    user = UserFactory(is_platform_admin=who == "platform")
    if who == "recruiter":
        MembershipFactory(user=user)
    if who != "anonymous":
        client.force_login(user)
    for url in (
        set_url(role.requirements),
        reverse("admin:careers_occupation_change", args=[role.pk]),
    ):
        assert client.get(url).status_code in {302, 403, 404}
    client.post(
        set_url(role.requirements),
        posted(role.requirements, **{"skill_requirements-0-level": 5}),
    )
    assert RequirementSet.objects.count() == 1


def test_an_edit_makes_a_new_set_and_leaves_the_old_one(client, content_admin, role):
    old = role.requirements
    old_rows = list(old.skill_requirements.values())
    assert client.get(set_url(old)).status_code == 200
    response = client.post(
        set_url(old),
        posted(
            old,
            **{"skill_requirements-0-level": 5, "skill_requirements-3-DELETE": "on"},
            **{"skill_requirements-TOTAL_FORMS": 5},
            **{f"skill_requirements-4-{name}": value for name, value in new_row().items()},
        ),
    )
    assert response.status_code == 302, response.context["errors"]
    role = Occupation.objects.get()
    assert role.requirements_id != old.pk
    assert list(old.skill_requirements.values()) == old_rows
    assert [row.level for row in role.requirements.skill_requirements.all()] == [5, 3, 3, 2]
    assert role.requirements.measure_requirements.count() == 1
    assert role.requirements.fact_requirements.count() == 1
    assert len(RoleKind().stored()[role.code].skill_requirements) == 4


def new_row():
    return {
        "skill": SkillFactory().pk,
        "level": 2,
        "importance": 1,
        "reason": "It helps.",
        "source": "judgement",
        "source_note": "Judged.",
        "confidence": "low",
    }


def test_an_edit_is_audited_and_recomputed(client, content_admin, role):
    person = UserFactory()
    for skill in skills_of(role):
        measure(person, skill, 0.5)
    refresh_readiness(candidate=person, now=timezone.now())
    assert RoleReadiness.objects.get().verdict == "ready"
    levels = {f"skill_requirements-{number}-level": 5 for number in range(4)}
    client.post(set_url(role.requirements), posted(role.requirements, **levels))
    event = AuditEvent.objects.get(action="requirements replaced")
    assert event.actor_id == content_admin.pk
    before, after = event.changes["skills"]
    assert ([row["level"] for row in before], [row["level"] for row in after]) == (
        ["3"] * 4,
        ["5"] * 4,
    )
    assert set(event.changes) == {"requirement_set", "skills"}
    job = ProcrastinateJob.objects.get(task_name="careers.refresh_role_readiness")
    refresh_role_readiness(**job.args)
    found = RoleReadiness.objects.get()
    assert found.verdict == "developing"
    assert found.requirement_set == Occupation.objects.get().requirements


def test_saving_without_an_edit_makes_no_set(client, content_admin, role):
    client.post(set_url(role.requirements), posted(role.requirements))
    assert RequirementSet.objects.count() == 1
    assert not ProcrastinateJob.objects.filter(task_name__startswith="careers").exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"skill_requirements-0-level": 1}, "asks for level 2 or more"),
        ({"skill_requirements-0-importance": 9}, "less than or equal to 5"),
        ({"skill_requirements-0-DELETE": "on"}, "A role asks for 4 to 9 skills"),
        ({"skill_requirements-0-source_note": ""}, "at least 1 character"),
        ({"skill_requirements-0-essential": ""}, "skills are essential"),
        ({"measure_requirements-0-minimum": "-1"}, "pattern"),
        ({"fact_requirements-0-minimum": "B9"}, "minimum must be one of A1"),
    ],
)
def test_what_no_content_file_could_hold_is_refused(
    client, content_admin, role, changes, message
):
    response = client.post(set_url(role.requirements), posted(role.requirements, **changes))
    assert response.status_code == 200
    assert message in str(response.context["errors"])
    assert RequirementSet.objects.count() == 1


def test_a_skill_close_to_self_report_is_never_essential(client, content_admin, role):
    skill = skills_of(role)[0]
    skill.self_reported = True
    skill.save()
    response = client.post(set_url(role.requirements), posted(role.requirements))
    assert "close to self-report" in response.content.decode()


def test_a_set_that_is_no_roles_own_is_out_of_reach(client, content_admin):
    response = client.get(set_url(RequirementSetFactory()), follow=True)
    assert response.request["PATH_INFO"] != set_url(RequirementSet.objects.get())


def role_form(role, targets=(), **changes):
    fields = (
        *("title", "family", "seniority", "summary", "day", "hours", "pressure", "status"),
        *("pay_direction", "ways_in", "ways_up", "attribution", "position"),
    )
    data = {field: getattr(role, field) for field in fields}
    data |= {"steps_up-TOTAL_FORMS": len(targets), "steps_up-INITIAL_FORMS": 0}
    for number, target in enumerate(targets):
        data |= {
            f"steps_up-{number}-from_occupation": role.pk,
            f"steps_up-{number}-to_occupation": target.pk,
        }
    return data | changes


def test_a_role_is_changed_and_audited(client, content_admin, role):
    higher = make_role(4)
    url = reverse("admin:careers_occupation_change", args=[role.pk])
    assert set_url(role.requirements) in client.get(url).content.decode()
    response = client.post(url, role_form(role, [higher], summary="You help."))
    assert response.status_code == 302, response.context["errors"]
    event = AuditEvent.objects.get(subject_type="careers.occupation")
    assert event.changes == {"summary": ["You help customers.", "You help."]}
    assert LadderStep.objects.get().to_occupation == higher


def test_a_ladder_in_a_circle_is_refused(client, content_admin, role):
    higher = make_role(4)
    lead_to(higher, role)
    url = reverse("admin:careers_occupation_change", args=[role.pk])
    response = client.post(url, role_form(role, [higher]))
    assert "The ladder would lead in a circle" in response.content.decode()
    assert LadderStep.objects.count() == 1


def test_a_code_that_onet_does_not_use_is_refused(client, content_admin, role):
    url = reverse("admin:careers_occupation_change", args=[role.pk])
    response = client.post(url, role_form(role, soc_code="12", soc_title="Agents"))
    assert response.status_code == 200
    assert Occupation.objects.get(pk=role.pk).soc_code == ""
