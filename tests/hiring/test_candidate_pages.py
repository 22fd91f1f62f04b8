"""Openings, applying, and a candidate's own applications."""

from datetime import timedelta

import pytest
from django.urls import reverse

from careers.models import LanguageSkill
from hiring.actions.requisitions import close_requisition
from hiring.actions.stages import move
from hiring.models import Application
from tests.factories.accounts import MembershipFactory, UserFactory
from tests.factories.assessments import NOW
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


def agreement(client, requisition, **fields):
    page = client.get(url("apply", requisition.pk))
    return {"agreed_to": page.context["form"].initial["agreed_to"], "agreed": "on", **fields}


def test_anybody_may_browse_and_search_openings(client, employer):
    make_requisition(employer, title="Chat agent", location="Bogotá")
    make_requisition(
        employer, make_occupation(family="finance"), title="Ledger clerk", location="Cebu"
    )
    make_requisition(employer, opened=False, title="Secret plan")

    def titles(query=""):
        return [row.title for row in client.get(url("openings") + query).context["page"].rows]

    assert titles() == ["Ledger clerk", "Chat agent"] or set(titles()) == {
        "Ledger clerk",
        "Chat agent",
    }
    assert titles("?q=bogot") == ["Chat agent"]
    assert titles("?q=bayside chat") == ["Chat agent"]
    assert titles("?family=finance") == ["Ledger clerk"]
    assert titles("?q=nothing+like+it") == []


def test_openings_are_paged_and_a_made_up_page_does_not_exist(client, employer):
    occupation = make_occupation()
    for number in range(21):
        make_requisition(employer, occupation, title=f"Opening {number}")

    first = client.get(url("openings")).context["page"]
    rest = client.get(url("openings") + f"?after={first.next_cursor}").context["page"]

    assert (len(first.rows), len(rest.rows)) == (20, 1)
    for cursor in ("nonsense", "WzEsMl0", "WyJhIiwiYiJd"):
        assert client.get(url("openings") + f"?after={cursor}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_openings_cost_the_same_for_one_and_three(
    client, employer, django_assert_num_queries, count
):
    for _ in range(count):
        make_requisition(employer)

    with django_assert_num_queries(1):
        client.get(url("openings"))


def test_an_opening_shows_what_it_asks_for(client, requisition):
    page = client.get(url("opening", requisition.pk))

    assert page.status_code == 200
    body = page.content.decode()
    assert "You <strong>help</strong> people." in body
    assert asked_skills(requisition)[0].name in body
    assert reverse("careers:role", args=[requisition.occupation.code]) in body


def test_a_signed_in_reader_sees_their_own_bands(candidate_client, candidate, requisition):
    give_estimate(candidate, asked_skills(requisition)[0], 1.0)

    body = candidate_client.get(url("opening", requisition.pk)).content.decode()

    assert "level 4, 65 of 100, between 60 and 70" in body


def test_a_draft_exists_for_its_staff_alone(client, employer, recruiter, candidate):
    draft = make_requisition(employer, opened=False)
    for person in (candidate, MembershipFactory().user, UserFactory(is_platform_admin=True)):
        client.force_login(person)
        assert client.get(url("opening", draft.pk)).status_code == 404
        assert client.get(url("apply", draft.pk)).status_code == 404
    client.force_login(recruiter)
    assert client.get(url("opening", draft.pk)).status_code == 200
    assert client.get(url("apply", draft.pk)).status_code == 404
    client.logout()
    assert client.get(url("opening", draft.pk)).status_code == 404


def test_a_closed_opening_says_so(candidate_client, requisition, recruiter):
    close_requisition(requisition=requisition, closed_by=recruiter, now=NOW)

    page = candidate_client.get(url("apply", requisition.pk), follow=True)

    assert "This opening is closed." in page.content.decode()
    candidate_client.post(url("apply", requisition.pk), {"agreed": "on", "agreed_to": "x"})
    assert not Application.objects.exists()


def test_applying_needs_a_login(client, requisition):
    response = client.get(url("apply", requisition.pk))

    assert response.status_code == 302
    assert reverse("account_login") in response.url


def test_what_will_be_shared_is_shown_before(candidate_client, candidate, requisition):
    asked, unmeasured, _other = asked_skills(requisition)
    give_estimate(candidate, asked, 1.0)
    LanguageSkill.objects.create(candidate=candidate, language="English", cefr="C1")

    body = candidate_client.get(url("apply", requisition.pk)).content.decode()

    for words in (candidate.name, asked.name, unmeasured.name, "not yet measured", "C1"):
        assert words in body


def test_an_application_goes_out_once_and_only_with_agreement(candidate_client, requisition):
    data = agreement(candidate_client, requisition, statement="Nights suit me.")
    refused = candidate_client.post(url("apply", requisition.pk), data | {"agreed": ""})
    assert "Tick the box" in refused.content.decode()
    assert not Application.objects.exists()

    sent = candidate_client.post(url("apply", requisition.pk), data)
    again = candidate_client.post(url("apply", requisition.pk), data)

    application = Application.objects.get()
    assert application.statement == "Nights suit me."
    assert sent.url == again.url == url("application", application.pk)


def test_newer_results_are_looked_at_again_before_they_go_out(
    candidate_client, candidate, requisition
):
    data = agreement(candidate_client, requisition, statement="Keep my words.")
    give_estimate(candidate, asked_skills(requisition)[0], -1.0)

    page = candidate_client.post(url("apply", requisition.pk), data)

    assert not Application.objects.exists()
    assert "Nothing was shared" in page.content.decode()
    assert "Keep my words." in page.content.decode()
    data["agreed_to"] = page.context["form"].initial["agreed_to"]
    assert candidate_client.post(url("apply", requisition.pk), data).status_code == 302


def test_what_is_missing_first_is_said_with_a_way_to_do_it(client, requisition):
    client.force_login(make_person(verified=False, consent=False))
    page = client.get(url("apply", requisition.pk))

    body = page.content.decode()
    assert reverse("account_email") in body
    assert reverse("accounts:consent") in body
    assert "Send the application" not in body
    data = {"agreed": "on", "agreed_to": page.context["form"].initial["agreed_to"]}
    assert "Verify your e-mail" in client.post(url("apply", requisition.pk), data).content.decode()
    assert not Application.objects.exists()


def own_urls(application):
    return [
        ("get", url("application", application.pk)),
        ("post", url("share", application.pk)),
        ("get", url("withdraw", application.pk)),
        ("post", url("withdraw", application.pk)),
    ]


def test_an_application_is_its_candidates_alone(client, application, recruiter):
    strangers = [
        make_person("Bo"),
        recruiter,
        MembershipFactory().user,
        UserFactory(is_content_admin=True),
        UserFactory(is_platform_admin=True),
    ]
    for person in strangers:
        client.force_login(person)
        for method, address in own_urls(application):
            assert getattr(client, method)(address).status_code == 404
    client.logout()
    for method, address in [*own_urls(application), ("get", url("applications"))]:
        response = getattr(client, method)(address)
        assert response.status_code == 302
        assert reverse("account_login") in response.url
    application.refresh_from_db()
    assert application.stage == "applied"


def test_the_candidate_reads_feedback_and_never_a_note(candidate_client, application, recruiter):
    move(
        application=application,
        from_stage="applied",
        to_stage="interview",
        moved_by=recruiter,
        note="Sounds tired.",
        feedback="See you Monday.",
        now=NOW + timedelta(days=1),
    )

    body = candidate_client.get(url("application", application.pk)).content.decode()

    assert "See you Monday." in body
    assert "Sounds tired." not in body
    assert recruiter.name not in body


@pytest.mark.parametrize("count", [1, 3])
def test_the_own_list_costs_the_same_for_one_and_three(
    candidate_client, candidate, employer, django_assert_num_queries, count
):
    for _ in range(count):
        make_application(make_requisition(employer), candidate)

    with django_assert_num_queries(4):
        page = candidate_client.get(url("applications"))
    assert len(page.context["page"].rows) == count


def test_the_own_list_holds_nobody_elses(candidate_client, application):
    make_application(application.requisition, name="Bo")

    assert candidate_client.get(url("applications")).context["page"].rows == [application]


def test_newer_results_are_offered_and_shared_on_agreement(
    candidate_client, candidate, application
):
    address = url("application", application.pk)
    assert candidate_client.get(address).context["own"].newer is None
    skill = asked_skills(application.requisition)[0]
    give_estimate(candidate, skill, 1.6)

    page = candidate_client.get(address)
    data = {"agreed_to": page.context["form"].initial["agreed_to"]}
    candidate_client.post(url("share", application.pk), data)
    assert application.shared_skills.get(skill=skill).theta == 0.5
    candidate_client.post(url("share", application.pk), data | {"agreed": "on"})

    assert application.shared_skills.get(skill=skill).theta == 1.6
    assert candidate_client.get(address).context["own"].newer is None


def test_withdrawing_asks_first(candidate_client, application):
    page = candidate_client.get(url("withdraw", application.pk))
    application.refresh_from_db()
    assert (page.status_code, application.stage) == (200, "applied")

    body = candidate_client.post(url("withdraw", application.pk), follow=True).content.decode()

    application.refresh_from_db()
    assert application.stage == "withdrawn"
    assert "Only your name and that you withdrew" in body
    assert candidate_client.get(url("withdraw", application.pk)).status_code == 302
