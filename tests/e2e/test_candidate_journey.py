"""From the first visit to a career map, on a phone, with all that can go wrong on the way."""

from __future__ import annotations

import json
import uuid

import pytest
from conftest import DESKTOP, PHONE, assert_accessible, sign_in
from playwright.sync_api import expect
from steps import answer, go_on, sign_up, start, wait_until_saved

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FIRST_LOAD_BYTES = 100 * 1024
FURTHER_QUESTION_BYTES = 12 * 1024


def new_address() -> str:
    return f"{uuid.uuid4().hex[:12]}@example.com"


def stored_answers(portal, email):
    return portal.query(
        """
        SELECT item.position, response.answer, response.revision
        FROM assessments_itemresponse response
        JOIN assessments_attemptitem item ON item.id = response.attempt_item_id
        JOIN assessments_attempt attempt ON attempt.id = item.attempt_id
        JOIN accounts_user person ON person.id = attempt.candidate_id
        WHERE person.email = %s ORDER BY item.position
        """,
        email,
    )


def test_a_taste_needs_no_account(visit):
    page = visit()
    page.goto("/")
    assert_accessible(page)
    page.get_by_role("link", name="Try three questions").click()
    for number in (1, 2, 3):
        expect(page.get_by_text(f"Practice question {number} of 3")).to_be_visible()
        question = page.locator(".question")
        match question.get_attribute("data-type"):
            case "situational":
                question.locator("input[name=most]").nth(0).check()
                question.locator("input[name=least]").nth(1).check()
            case "numeric":
                question.locator("input[name=value]").fill("10")
            case "rating":
                for fieldset in question.locator(".rate").all():
                    fieldset.locator("input").first.check()
            case "ordering":
                question.locator("[data-move=down]").first.click()
            case _:
                question.locator("input").first.check()
        page.get_by_role("button", name="Check my answer").click()
        expect(page.locator("#feedback")).to_be_visible()
        assert_accessible(page)
        if number < 3:
            page.get_by_role("link", name="Next practice question").click()
    expect(page.get_by_role("link", name="Sign up and measure a skill")).to_be_visible()


def test_an_attempt_from_sign_up_to_career_map(visit, portal):
    page = visit(PHONE)
    sign_up(page, new_address())
    start(page, "empathy")
    assert_accessible(page)
    for _ in range(13):
        answer(page)
        wait_until_saved(page)
        go_on(page) if "13 of 13" not in page.locator("[data-where]").inner_text() else None
    page.locator("[data-next]").click()
    page.wait_for_url("**/review/")
    expect(page.get_by_text("Every question has an answer")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Submit my answers").click()
    page.wait_for_url("**/result/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Level")
    assert_accessible(page)
    page.get_by_role("link", name="Open your career map").click()
    assert_accessible(page)
    page.goto("/skills/")
    expect(page.get_by_text("13 responses").first).to_be_visible()
    assert_accessible(page)


def test_a_cut_network_stops_nobody_and_loses_nothing(visit, portal):
    email = new_address()
    page = visit(PHONE)
    sign_up(page, email)
    start(page, "written")
    answer(page)
    wait_until_saved(page)
    go_on(page)

    page.context.set_offline(True)
    for _ in range(2):
        answer(page)
        expect(page.locator("[data-state]")).to_contain_text("kept on this device")
        if "3 of 13" not in page.locator("[data-where]").inner_text():
            page.locator("[data-next]").click()
    assert len(stored_answers(portal, email)) == 1

    page.context.set_offline(False)
    wait_until_saved(page)
    assert [position for position, *_ in stored_answers(portal, email)] == [1, 2, 3]
    assert page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('answers:')).map(k => localStorage[k])"
    ) in ([], ["{}"])


def test_a_killed_server_keeps_every_acknowledged_answer(visit, portal):
    email = new_address()
    page = visit(PHONE)
    sign_up(page, email)
    start(page, "verbal")
    for _ in range(3):
        answer(page)
        wait_until_saved(page)
        go_on(page)
    acknowledged = stored_answers(portal, email)

    portal.kill()
    answer(page)
    expect(page.locator("[data-state]")).to_contain_text("kept on this device")
    portal.start()

    wait_until_saved(page)
    after = stored_answers(portal, email)
    assert after[:3] == acknowledged
    assert len(after) == 4


def test_another_device_goes_on_where_the_first_was(visit, portal):
    email = new_address()
    phone = visit(PHONE)
    sign_up(phone, email)
    start(phone, "rapport")
    for _ in range(2):
        answer(phone)
        wait_until_saved(phone)
        go_on(phone)
    phone.context.close()

    computer = visit(DESKTOP)
    sign_in(computer, email, "calm-river-41-lanterns")
    computer.goto("/assessments/rapport/")
    computer.get_by_role("link", name="Go on where you were").click()
    expect(computer.locator("[data-where]")).to_contain_text("Question 3 of 13")
    computer.locator("[data-back]").click()
    expect(computer.locator("[data-where]")).to_contain_text("Question 2 of 13")
    wait_until_saved(computer)


def test_two_devices_that_disagree_are_settled_in_the_open(visit, portal):
    email = new_address()
    first, second = visit(PHONE), visit(DESKTOP)
    sign_up(first, email)
    sign_in(second, email, "calm-river-41-lanterns")
    start(first, "listening")
    second.goto(first.url)
    answer(first)
    wait_until_saved(first)
    theirs = stored_answers(portal, email)

    question = second.locator("[data-stage] .question")
    kind = question.get_attribute("data-type")
    if kind in {"single-choice", "multiple-choice"}:
        question.locator(".choice").last.click()
    elif kind == "situational":
        question.locator("input[name=most]").last.check()
    elif kind == "rating":
        question.locator("input").last.check()
    elif kind == "ordering":
        question.locator("[data-move=down]").nth(1).click()
    else:
        question.locator("input[name=value]").fill("99")
        question.locator("input[name=value]").blur()
    expect(second.get_by_text("answered on another page or device").first).to_be_visible()
    second.get_by_role("button", name="Keep my answer here").click()
    wait_until_saved(second)

    [(position, kept, revision)] = stored_answers(portal, email)
    assert (position, revision) == (1, theirs[0][2] + 1)
    assert kept != theirs[0][1]


def test_an_ended_sign_in_costs_no_answer(visit, portal):
    email = new_address()
    page = visit(PHONE)
    sign_up(page, email)
    start(page, "composure")
    portal.query("DELETE FROM django_session RETURNING 1")

    answer(page)
    expect(page.get_by_text("Your sign-in has ended").first).to_be_visible()
    page.get_by_role("link", name="Sign in and go on").click()
    page.get_by_label("E-mail").first.fill(email)
    page.get_by_label("Password", exact=False).first.fill("calm-river-41-lanterns")
    page.locator("main").get_by_role("button", name="Sign in").click()

    page.wait_for_url("**/questions/1/")
    wait_until_saved(page)
    assert len(stored_answers(portal, email)) == 1


def test_the_question_page_is_light(visit):
    page = visit(PHONE)
    sign_up(page, new_address())
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    start(page, "deescalation")
    page.wait_for_load_state("networkidle")
    first_url = page.url
    received.clear()
    page.goto(first_url)
    page.wait_for_load_state("networkidle")
    assert sum(received) <= FIRST_LOAD_BYTES

    for _ in range(4):
        received.clear()
        answer(page)
        wait_until_saved(page)
        go_on(page)
        page.wait_for_timeout(300)
        assert sum(received) <= FURTHER_QUESTION_BYTES


def test_nothing_about_keys_reaches_the_browser(visit):
    page = visit(PHONE)
    sign_up(page, new_address())
    bodies: list[str] = []
    page.on(
        "response",
        lambda response: (
            bodies.append(response.text())
            if "/questions/" in response.url and response.ok
            else None
        ),
    )
    start(page, "expectations")
    for _ in range(5):
        answer(page)
        wait_until_saved(page)
        go_on(page)
    assert bodies
    for word in ("rationale", "explanation", "discrimination", "threshold", '"key"'):
        assert not [body for body in bodies if word in json.dumps(body)]


def test_an_attempt_works_by_keyboard_alone(visit):
    page = visit(DESKTOP)
    sign_up(page, new_address())
    start(page, "problem-solving")
    for _ in range(13):
        if page.locator("[data-stage] .question").get_attribute("data-type") == "single-choice":
            break
        answer(page)
        wait_until_saved(page)
        go_on(page)
    page.locator("[data-stage] input[type=radio]").first.focus()
    page.keyboard.press("3")
    wait_until_saved(page)
    expect(page.locator("[data-stage] input[type=radio]").nth(2)).to_be_checked()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[data-stage] input[type=radio]").nth(1)).to_be_checked()
