"""Pages on which a candidate chooses, practises and starts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessments.enums import Publication
from assessments.models import Accommodation, Attempt, Battery, BatteryStep
from assessments.queries.catalogue import battery_progress, catalogue, practice_questions
from tests.factories.assessments import (
    NOW,
    SCORED_TYPES,
    AssessmentFactory,
    SkillFactory,
    answer_to,
    begin,
    make_bank,
    make_candidate,
    make_item,
    posted,
    take,
)


def page(client, name, *arguments):
    return client.get(reverse(f"assessments:{name}", args=arguments)).content.decode()


def start(client, assessment, **kwargs):
    return client.post(reverse("assessments:start", args=[assessment.code]), **kwargs)


def test_the_catalogue_states_minutes_data_and_device(client, db):
    AssessmentFactory(
        name="Typing", stated_minutes=7, stated_kilobytes=240, device="keyboard", summary="Type."
    )

    text = page(client, "catalogue")

    assert "Typing" in text
    assert "about 7 minutes" in text
    assert "up to 2.4 MB" in text or "up to 0.3 MB" in text
    assert "needs: Keyboard" in text


def test_data_is_rounded_up_never_down(client, db):
    AssessmentFactory(stated_kilobytes=201)

    assert "up to 0.3 MB" in page(client, "catalogue")


def test_an_empty_catalogue_says_what_to_do(client, db):
    assert "No assessments yet" in page(client, "catalogue")


def test_drafts_and_retired_assessments_are_not_listed(client, db):
    AssessmentFactory(name="Draft of mine", status=Publication.DRAFT)
    retired = AssessmentFactory(name="Old one", status=Publication.RETIRED)

    text = page(client, "catalogue")

    assert "Draft of mine" not in text
    assert "Old one" not in text
    assert client.get(reverse("assessments:detail", args=[retired.code])).status_code == 404


def test_the_catalogue_knows_what_is_open_done_and_expired(candidate, assessment):
    def entry(now):
        return catalogue(candidate, now)[0]

    assert not entry(NOW).is_done
    attempt = begin(candidate, assessment)
    assert entry(NOW).open_attempt == attempt
    assert entry(NOW + timedelta(hours=3)).open_attempt is None
    take_now = timezone.now()
    Attempt.objects.all().delete()
    ended = take(candidate, assessment, now=take_now).submitted_at
    assert entry(ended).is_done
    assert entry(ended).retake_from == ended + timedelta(days=14)
    assert entry(ended + timedelta(days=14)).retake_from is None
    assert entry(ended + timedelta(days=365)).is_done is False


def test_starting_leads_into_the_attempt(candidate_client, assessment):
    response = start(candidate_client, assessment)

    attempt = Attempt.objects.get()
    assert response.headers["Location"] == reverse("assessments:attempt", args=[attempt.pk])


def test_pressing_start_twice_leads_into_the_same_attempt(candidate_client, assessment):
    assert (
        start(candidate_client, assessment).headers["Location"]
        == start(candidate_client, assessment).headers["Location"]
    )


def test_without_consent_start_asks_for_it_and_comes_back(client, assessment):
    client.force_login(make_candidate(consents=False))

    response = start(client, assessment)

    back = reverse("assessments:detail", args=[assessment.code]).replace("/", "%2F")
    assert response.headers["Location"] == f"{reverse('accounts:consent')}?next={back}"
    assert not Attempt.objects.exists()


def test_a_refused_start_says_why_on_the_assessment_page(candidate_client, candidate, assessment):
    take(candidate, assessment, now=timezone.now())

    text = start(candidate_client, assessment, follow=True).content.decode()

    assert "You can take this assessment again from" in text


def test_a_bank_that_is_too_small_is_no_crash(candidate_client, db):
    assessment = AssessmentFactory(blueprint=[{"count": 4}])
    make_bank(assessment.skill, 2)

    response = start(candidate_client, assessment, follow=True)

    assert response.status_code == 200
    assert "offered at the moment" in response.content.decode()


def test_a_start_needs_a_post_and_an_assessment(candidate_client, assessment):
    address = reverse("assessments:start", args=[assessment.code])
    assert candidate_client.get(address).status_code == 405
    assert candidate_client.post(
        reverse("assessments:start", args=["unknown"])
    ).status_code == 404


def test_the_retake_page_says_that_the_new_result_replaces_the_old(
    candidate_client, candidate, assessment
):
    take(candidate, assessment, now=timezone.now() - timedelta(days=20))

    text = page(candidate_client, "detail", assessment.code)

    assert "The new result replaces your old one, also if it is lower." in text


def test_extra_time_is_named_before_the_start(candidate_client, candidate, assessment):
    Accommodation.objects.create(candidate=candidate, extra_time_percent=25)

    text = page(candidate_client, "detail", assessment.code)

    assert "You have 20 minutes in all" in text
    assert "Your extra time of 25 percent is added." in text


# Practice ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("item_type", SCORED_TYPES)
@pytest.mark.parametrize("right", [True, False])
def test_practice_gives_feedback_on_every_type(client, db, item_type, right):
    assessment = AssessmentFactory()
    item = make_item(assessment.skill, item_type, use="practice")
    address = reverse("assessments:practice", args=[assessment.code])

    text = client.post(address, posted(answer_to(item, right=right))).content.decode()

    assert ("Yes, that is it." if right else "Not yet: see why.") in text
    assert "EXPLANATION-SECRET" in text
    if item_type == "numeric":
        assert "Right answer: 4711.25 USD" in text


def test_an_incomplete_practice_answer_gets_no_feedback(client, db):
    assessment = AssessmentFactory()
    make_item(assessment.skill, "situational", use="practice")
    address = reverse("assessments:practice", args=[assessment.code])

    for body in ({}, {"most": "a"}):
        text = client.post(address, body).content.decode()
        assert "Please give your answer first." in text
        assert "SECRET" not in text


def test_a_garbled_practice_answer_says_what_is_wrong(client, db):
    assessment = AssessmentFactory()
    make_item(assessment.skill, use="practice")

    text = client.post(
        reverse("assessments:practice", args=[assessment.code]), {"choice": "z"}
    ).content.decode()

    assert "that option is not one of this question" in text


def test_practice_belongs_to_the_assessment_and_not_to_a_skill_of_its_name(client, db):
    assessment = AssessmentFactory(code="another-code")
    make_item(assessment.skill, use="practice")

    assert "Practice question 1 of 1" in page(client, "practice", "another-code")


def test_the_taste_is_three_questions_of_different_skills_and_types(client, db):
    for item_type in ("single-choice", "single-choice", "situational", "numeric"):
        make_item(SkillFactory(), item_type, use="practice")

    versions = practice_questions()

    assert len({version.item.skill_id for version in versions}) == 3
    assert {version.item.item_type for version in versions} == {
        "single-choice", "situational", "numeric",
    }
    assert "Practice question 1 of 3" in page(client, "taste")


# Batteries and skills ----------------------------------------------------------------------------


def make_battery(count=3):
    battery = Battery.objects.create(code="agent", name="Agent check", summary="In order.")
    for position in range(1, count + 1):
        assessment = AssessmentFactory(stated_minutes=10, stated_kilobytes=100)
        make_bank(assessment.skill, 4)
        BatteryStep.objects.create(
            battery=battery, assessment=assessment, position=position, break_minutes=5
        )
    return battery


def test_a_battery_leads_from_test_to_test(candidate):
    battery = make_battery()
    steps = [step.assessment for step in battery.steps.all()]

    def progress(now=NOW):
        return battery_progress("agent", candidate, now)

    assert (progress().minutes, progress().kilobytes) == (40, 300)
    assert progress().next_entry.assessment == steps[0]
    take(candidate, steps[0])
    assert progress().done == 1
    assert progress().next_entry.assessment == steps[1]
    begin(candidate, steps[2])
    assert progress().next_entry.assessment == steps[2]


def test_a_battery_page_shows_order_breaks_and_progress(client, candidate):
    make_battery()
    client.force_login(candidate)

    text = page(client, "battery", "agent")

    assert "about 40 minutes in all" in text
    assert text.count("Take a break of 5 minutes") == 2


def test_an_unknown_or_retired_battery_is_not_found(client, db):
    battery = make_battery(1)
    battery.status = Publication.RETIRED
    battery.save()

    for code in ("agent", "unknown"):
        assert client.get(reverse("assessments:battery", args=[code])).status_code == 404


def test_a_skill_page_shows_the_levels_and_only_assessments_on_offer(client, db):
    skill = SkillFactory(code="empathy")
    AssessmentFactory(skill=skill, code="draft", status=Publication.DRAFT)
    AssessmentFactory(skill=skill, code="active")

    text = page(client, "skill", "empathy")

    assert [f"Level {level}: Title {level}" in text for level in range(1, 6)] == [True] * 5
    assert reverse("assessments:detail", args=["active"]) in text
    assert reverse("assessments:detail", args=["draft"]) not in text


def test_a_skill_without_an_assessment_has_no_dead_link_in_the_profile(candidate_client, db):
    SkillFactory(code="lonely")
    offered = AssessmentFactory()

    text = page(candidate_client, "skill_profile")

    assert reverse("assessments:detail", args=["lonely"]) not in text
    assert reverse("assessments:detail", args=[offered.code]) in text


def test_the_profile_shows_every_skill_measured_or_not(candidate_client, candidate, assessment):
    take(candidate, assessment, now=timezone.now())
    other = SkillFactory(name="Something else")

    text = page(candidate_client, "skill_profile")

    assert "First indication from 4 responses" in text
    assert other.name in text
    assert "1 of 2 skills have a result" in text
