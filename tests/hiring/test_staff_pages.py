"""Requisitions and applicants: who may open the pages, and what they show."""

import csv
import io

import pytest
from django.urls import reverse

from core.models import AuditEvent
from hiring.actions.applications import withdraw
from hiring.models import Application, Requisition
from tests.accounts.helpers import mails
from tests.factories.accounts import EmployerFactory, MembershipFactory, UserFactory
from tests.factories.assessments import NOW, SkillFactory
from tests.factories.hiring import (
    asked_skills,
    give_estimate,
    make_application,
    make_occupation,
    make_person,
    make_requisition,
)


def url(name, *arguments):
    return reverse(f"hiring:{name}", args=arguments)


def staff_urls(application):
    slug, requisition = application.requisition.employer.slug, application.requisition_id
    chosen = f"?chosen={application.pk}:applied&to_stage=interview"
    return [
        ("get", url("requisitions", slug)),
        ("get", url("requisition_new", slug)),
        ("post", url("requisition_new", slug)),
        ("get", url("requisition", slug, requisition)),
        ("get", url("requisition_edit", slug, requisition)),
        ("post", url("requisition_edit", slug, requisition)),
        ("get", url("requirements", slug, requisition)),
        ("post", url("requirements", slug, requisition)),
        ("post", url("requisition_open", slug, requisition)),
        ("post", url("requisition_close", slug, requisition)),
        ("get", url("applicants", slug, requisition)),
        ("get", url("applicants_export", slug, requisition)),
        ("get", url("applicants_move", slug, requisition) + chosen),
        ("post", url("applicants_move", slug, requisition)),
        ("get", url("applicant", slug, application.pk)),
        ("post", url("applicant_move", slug, application.pk)),
    ]


def test_only_the_employers_own_staff_get_in(client, application, candidate):
    strangers = [
        candidate,
        make_person("Bo"),
        MembershipFactory().user,
        MembershipFactory(manager=True).user,
        UserFactory(is_content_admin=True),
        UserFactory(is_platform_admin=True),
    ]
    for person in strangers:
        client.force_login(person)
        for method, address in staff_urls(application):
            assert getattr(client, method)(address).status_code == 404, address
    client.logout()
    for method, address in staff_urls(application):
        response = getattr(client, method)(address)
        assert response.status_code == 302
        assert reverse("account_login") in response.url
    application.refresh_from_db()
    assert application.stage == "applied"
    assert not AuditEvent.objects.filter(action="applicant viewed").exists()


def test_staff_get_in_with_either_role(client, application, employer):
    for manager in (True, False):
        client.force_login(MembershipFactory(employer=employer, manager=manager).user)
        for method, address in staff_urls(application):
            if method == "get":
                assert client.get(address).status_code == 200, address


def test_another_employers_rows_do_not_exist_under_ones_own_address(client, application):
    other = MembershipFactory()
    client.force_login(other.user)
    slug, requisition = other.employer.slug, application.requisition_id

    for name in ("requisition", "requisition_edit", "requirements", "applicants"):
        assert client.get(url(name, slug, requisition)).status_code == 404
    assert client.get(url("applicants_export", slug, requisition)).status_code == 404
    assert client.get(url("applicant", slug, application.pk)).status_code == 404
    data = {"from_stage": "applied", "to_stage": "interview"}
    assert client.post(url("applicant_move", slug, application.pk), data).status_code == 404


def test_changes_are_posts(staff_client, application):
    slug = application.requisition.employer.slug
    for name in ("requisition_open", "requisition_close"):
        assert staff_client.get(url(name, slug, application.requisition_id)).status_code == 405
    assert staff_client.get(url("applicant_move", slug, application.pk)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_requisitions_cost_the_same_for_one_and_three(
    staff_client, employer, django_assert_num_queries, count
):
    for _ in range(count):
        make_application(make_requisition(employer))

    with django_assert_num_queries(7):
        page = staff_client.get(url("requisitions", employer.slug))
    entries = page.context["page"].entries
    assert [entry.total for entry in entries] == [1] * count


def test_an_opening_is_drafted_adjusted_opened_and_closed(staff_client, employer):
    occupation = make_occupation()
    form = {
        "occupation": occupation.pk,
        "title": "Agent",
        "location": "Cebu",
        "seats": "5",
        "description": "Help people.",
    }
    assert "seats" in staff_client.post(
        url("requisition_new", employer.slug), form | {"seats": "0"}
    ).context["form"].errors
    staff_client.post(url("requisition_new", employer.slug), form)
    requisition = Requisition.objects.get()
    assert (requisition.employer, requisition.seats) == (employer, 5)
    here = (employer.slug, requisition.pk)

    staff_client.post(url("requisition_edit", *here), form | {"title": "Senior agent"})
    page = staff_client.get(url("requirements", *here))
    first, second, third = page.context["form"].skills
    wanted = {
        "base": requisition.requirements_id,
        f"{first.prefix}-level": "5",
        f"{first.prefix}-importance": "5",
        f"{first.prefix}-essential": "on",
        f"{second.prefix}-level": "",
        f"{second.prefix}-importance": "2",
        f"{third.prefix}-level": "2",
        f"{third.prefix}-importance": "1",
        "measure-net-wpm-keyboard-minimum": "40",
        "fact-0-minimum": "C1",
    }
    bad = wanted | {f"{first.prefix}-level": "9"}
    assert staff_client.post(url("requirements", *here), bad).status_code == 200
    staff_client.post(url("requirements", *here), wanted)
    staff_client.post(url("requisition_open", *here))

    requisition.refresh_from_db()
    assert (requisition.title, requisition.state) == ("Senior agent", "open")
    rows = requisition.requirements.skill_requirements.all()
    assert [(row.level, row.importance, row.essential) for row in rows] == [
        (5, 5, True),
        (2, 1, False),
    ]
    assert requisition.requirements.measure_requirements.get().minimum == 40
    assert requisition.requirements.fact_requirements.get().minimum == "C1"
    body = staff_client.get(url("requisition", *here)).content.decode()
    assert f"http://testserver{url('opening', requisition.pk)}" in body
    staff_client.post(url("requisition_close", *here))
    requisition.refresh_from_db()
    assert requisition.state == "closed"


def test_a_stale_requirements_form_changes_nothing(staff_client, requisition):
    here = (requisition.employer.slug, requisition.pk)

    page = staff_client.post(url("requirements", *here), {"base": "1"}, follow=True)

    assert "a colleague changed the requirements" in page.content.decode()


def listed(client, requisition, query=""):
    page = client.get(url("applicants", requisition.employer.slug, requisition.pk) + query)
    return [row.application.candidate_name for row in page.context["page"].rows]


@pytest.fixture
def crowd(requisition):
    """Three applicants: a strong one, a weak one and one of whom nothing is known."""
    make_application(requisition, name="Strong Ana", theta=1.2)
    make_application(requisition, name="Weak Bo", theta=-1.5)
    make_application(requisition, name="Unknown Cy", theta=None)
    return requisition


def test_applicants_are_sorted_filtered_and_found(staff_client, crowd):
    skill = asked_skills(crowd)[0]

    assert listed(staff_client, crowd) == ["Strong Ana", "Weak Bo", "Unknown Cy"]
    assert listed(staff_client, crowd, "?sort=name") == ["Strong Ana", "Unknown Cy", "Weak Bo"]
    assert listed(staff_client, crowd, "?q=ana") == ["Strong Ana"]
    assert listed(staff_client, crowd, "?q=%25") == []
    assert listed(staff_client, crowd, "?verdict=developing") == ["Weak Bo"]
    assert listed(staff_client, crowd, "?stage=offer") == []
    assert listed(staff_client, crowd, f"?skill={skill.code}&level=3") == ["Strong Ana"]
    assert listed(staff_client, crowd, f"?skill={skill.code}") == ["Strong Ana", "Weak Bo"]
    assert listed(staff_client, crowd, "?stage=nonsense&skill=nonsense&sort=nonsense&level=99") == [
        "Strong Ana",
        "Weak Bo",
        "Unknown Cy",
    ]


def test_a_first_indication_has_no_level_to_filter_by(staff_client, requisition):
    person = make_person("Dee")
    skill = asked_skills(requisition)[0]
    give_estimate(person, skill, 2.0, measured=False)
    make_application(requisition, person, theta=None)

    assert listed(staff_client, requisition, f"?skill={skill.code}&level=3") == []


def test_each_filter_can_be_removed_by_itself(staff_client, crowd):
    address = url("applicants", crowd.employer.slug, crowd.pk) + "?q=ana&stage=applied"
    assert staff_client.get(f"{address}&after=x").status_code == 404
    page = staff_client.get(address)
    assert dict(page.context["chips"]) == {"Name: ana": "?stage=applied", "Applied": "?q=ana"}


@pytest.mark.parametrize("sort", ["fit", "date", "name"])
def test_every_applicant_is_on_exactly_one_page(staff_client, requisition, monkeypatch, sort):
    monkeypatch.setattr("hiring.queries.applicants.APPLICANTS_A_PAGE", 2)
    names = ["Ana", "Ana", "Bo", "Cy", "Di"]
    for place, name in enumerate(names):
        make_application(requisition, name=name, theta=None if place == 4 else 0.5)

    found, cursor = [], ""
    while cursor is not None:
        address = url("applicants", requisition.employer.slug, requisition.pk)
        page = staff_client.get(f"{address}?sort={sort}&after={cursor}").context["page"]
        found += [row.application.candidate_name for row in page.rows]
        cursor = page.next_cursor
    assert sorted(found) == names


@pytest.mark.parametrize("count", [1, 3])
def test_the_applicants_cost_the_same_for_one_and_three(
    staff_client, requisition, django_assert_num_queries, count
):
    for number in range(count):
        make_application(requisition, name=f"Person {number}")

    with django_assert_num_queries(13):
        page = staff_client.get(url("applicants", requisition.employer.slug, requisition.pk))
    assert page.context["page"].count == count


def test_of_a_withdrawn_applicant_no_result_is_shown(staff_client, application):
    withdraw(application=application, now=NOW)
    slug, requisition = application.requisition.employer.slug, application.requisition_id

    body = staff_client.get(url("applicants", slug, requisition)).content.decode()
    assert "no results shared any more" in body
    assert "aria-label=\"Skill" not in body
    report = staff_client.get(url("applicant", slug, application.pk)).content.decode()
    assert "This application was withdrawn." in report
    for words in ("I like to help.", "Skill by skill", "Seen then", "responses"):
        assert words not in report


def exported(client, requisition, query=""):
    response = client.get(
        url("applicants_export", requisition.employer.slug, requisition.pk) + query
    )
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_export_holds_the_filtered_list_with_its_evidence(staff_client, crowd, recruiter):
    rows = exported(staff_client, crowd, "?verdict=ready&q=ana")

    assert [row["Name"] for row in rows] == ["Strong Ana"]
    skill = asked_skills(crowd)[0]
    assert rows[0][f"{skill.name}: level"] == "4"
    assert rows[0][f"{skill.name}: remarks"] == "provisional"
    event = AuditEvent.objects.get(action="applicants exported")
    assert event.actor_id == recruiter.pk
    assert event.changes["verdict"] == "ready"
    assert "ana" not in str(event.changes)


def test_the_export_carries_no_formula(staff_client, requisition):
    make_application(requisition, name='=HYPERLINK("http://evil.example")')

    assert exported(staff_client, requisition)[0]["Name"].startswith("'=")


def test_the_export_of_a_withdrawn_applicant_says_that_and_no_more(staff_client, application):
    withdraw(application=application, now=NOW)

    row = exported(staff_client, application.requisition)[0]
    assert (row["Stage"], row["Verdict"], row["Fit, percent"]) == ("Withdrawn", None, None)


def test_opening_an_applicant_is_recorded(staff_client, application, recruiter):
    staff_client.get(url("applicant", application.requisition.employer.slug, application.pk))

    event = AuditEvent.objects.get(action="applicant viewed")
    assert (event.actor_id, event.subject_id) == (recruiter.pk, str(application.pk))


def test_the_report_says_why_and_on_what_evidence(staff_client, employer):
    occupation = make_occupation()
    requisition = make_requisition(employer, occupation)
    first, second, third = asked_skills(requisition)
    person = make_person("Ana Reyes")
    give_estimate(person, first, 1.0, knowledge_only=True)
    give_estimate(person, third, 0.2, measured=False)
    application = make_application(requisition, person, theta=None)

    body = staff_client.get(url("applicant", employer.slug, application.pk)).content.decode()

    assert "1 of 2 essential skills are met." in body
    assert f"Essential and not measured: {second.name}." in body
    assert "Level 4, asked for: 3 · 65 (60–70)" in body
    assert "a first indication only; it counts nowhere" in body
    assert "Knowledge only" in body
    assert "C1 in English, as declared." in body
    assert "I like to help." in body
    assert "A verdict helps a person who decides." in body
    assert "Description of level" not in body
    assert "At work, level 3 shows." in body
    assert person.email not in body


def test_the_report_costs_the_same_for_one_skill_and_three(
    staff_client, employer, django_assert_num_queries
):
    for count in (1, 3):
        occupation = make_occupation([(SkillFactory(), 3, True) for _ in range(count)])
        application = make_application(make_requisition(employer, occupation))
        with django_assert_num_queries(17):
            staff_client.get(url("applicant", employer.slug, application.pk))


def test_a_move_from_the_report_is_told_and_seen(staff_client, application, candidate):
    slug = application.requisition.employer.slug
    data = {
        "from_stage": "applied",
        "to_stage": "interview",
        "feedback": "See you.",
        "note": "Strong.",
    }

    page = staff_client.post(url("applicant_move", slug, application.pk), data, follow=True)

    body = page.content.decode()
    assert "Moved to ‘Interview’" in body
    assert "Strong." in body
    assert "See you." in mails(candidate.email)[-1]["text"]


def test_a_stale_move_says_so_and_changes_nothing(staff_client, application):
    slug = application.requisition.employer.slug
    address = url("applicant_move", slug, application.pk)
    data = {"from_stage": "applied", "to_stage": "interview"}
    staff_client.post(address, data)

    page = staff_client.post(address, data | {"to_stage": "rejected"}, follow=True)

    assert "Nothing was changed" in page.content.decode()
    application.refresh_from_db()
    assert application.stage == "interview"
    assert "choose a stage" in staff_client.post(address, {}, follow=True).content.decode()


def test_several_are_moved_after_a_look_at_what_goes_out(staff_client, crowd):
    slug, rows = crowd.employer.slug, list(Application.objects.order_by("candidate_name"))
    address = url("applicants_move", slug, crowd.pk)
    chosen = [f"{row.pk}:{row.stage}" for row in rows[:2]]
    preview = staff_client.get(address, {"chosen": chosen, "to_stage": "rejected"})
    assert [row.candidate_name for row in preview.context["movable"]] == [
        "Strong Ana",
        "Unknown Cy",
    ]
    assert Application.objects.filter(stage="applied").count() == 3

    data = {"chosen": chosen, "to_stage": "rejected", "feedback": "", "note": "Batch."}
    page = staff_client.post(address, data, follow=True)
    assert "2 applicants are moved" in page.content.decode()
    assert Application.objects.filter(stage="rejected").count() == 2

    again = staff_client.post(address, data, follow=True)
    assert "Strong Ana: Nothing was changed" in again.content.decode()


def test_bulk_moves_need_somebody_and_somewhere(staff_client, requisition):
    address = url("applicants_move", requisition.employer.slug, requisition.pk)
    for query in ("", "?chosen=x:applied&to_stage=interview", "?chosen=1:2&to_stage=nowhere"):
        page = staff_client.get(address + query, follow=True)
        assert "Tick at least one" in page.content.decode()


def test_a_bulk_move_reaches_no_other_employers_applicants(staff_client, requisition):
    other = make_application(make_requisition(EmployerFactory()))
    data = {"chosen": [f"{other.pk}:applied"], "to_stage": "rejected"}

    staff_client.post(
        url("applicants_move", requisition.employer.slug, requisition.pk), data
    )

    other.refresh_from_db()
    assert other.stage == "applied"
