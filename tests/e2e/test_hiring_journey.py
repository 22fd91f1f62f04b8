"""An opening from draft to decision: what HR staff do, what the candidate sees of it."""

from __future__ import annotations

import re
import uuid

import pytest
from conftest import DESKTOP, PHONE, assert_accessible, sign_in
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def title() -> str:
    return f"Agent, night shift {uuid.uuid4().hex[:6]}"


def draft_and_open(page, title: str) -> str:
    """As HR staff, publish an opening; the public address is returned."""
    page.goto("/")
    page.get_by_role("link", name="Openings and applicants").click()
    page.get_by_role("link", name="New opening").click()
    assert_accessible(page)
    page.get_by_label("Role").select_option(label="Customer service agent, voice")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Location").fill("Cebu, on site")
    page.get_by_label("Seats").fill("12")
    page.get_by_label("Description").fill("Answer calls **at night**.\n\n<script>alert(1)</script>")
    page.locator("main form button.button").first.click()
    page.wait_for_url("**/requirements/")
    assert_accessible(page)
    page.locator("main form button.button").first.click()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("The opening is public")).to_be_visible()
    assert_accessible(page)
    return page.locator("#public-link").input_value()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_opening_to_feedback(visit, portal, title, size):
    staff, candidate, stranger = visit(size), visit(PHONE), visit(PHONE)
    sign_in(staff, "hr@example.com")
    link = draft_and_open(staff, title)

    stranger.goto(link)
    expect(stranger.get_by_role("heading", level=1)).to_have_text(title)
    assert "alert(1)" not in stranger.evaluate("[...document.scripts].map(s => s.text).join()")
    assert_accessible(stranger)

    sign_in(candidate, "candidate@example.com")
    candidate.goto(link)
    candidate.get_by_role("link", name="Apply for this opening").click()
    assert_accessible(candidate)
    candidate.get_by_label("Anything you want to add").fill("I can start in May.")
    candidate.get_by_label("I agree that the employer sees").check()
    candidate.get_by_role("button", name="Send the application").click()
    candidate.wait_for_url(re.compile(r"/applications/[0-9a-f-]+/"))
    assert_accessible(candidate)

    staff.reload()
    staff.get_by_role("link", name=re.compile(r"See 1 applicant")).click()
    assert_accessible(staff)
    staff.get_by_role("link", name="Marisol Reyes").click()
    expect(staff.get_by_text("I can start in May.")).to_be_visible()
    assert_accessible(staff)
    staff.locator("[name=to_stage]").select_option("interview")
    staff.locator("textarea[name=feedback]").fill("Your calm answers stood out.")
    staff.get_by_role("button", name="Move and tell the candidate").click()
    expect(staff.get_by_text("Moved to ‘Interview’")).to_be_visible()

    candidate.reload()
    expect(candidate.get_by_text("Your calm answers stood out.").first).to_be_visible()
    candidate.get_by_role("link", name="Withdraw").click()
    candidate.locator("main form button").first.click()
    staff.reload()
    expect(staff.get_by_text("This application was withdrawn.")).to_be_visible()
    expect(staff.get_by_text("I can start in May.")).to_have_count(0)


def test_the_applicant_list_works_without_script(visit, portal):
    page = visit(DESKTOP, java_script_enabled=False)
    sign_in(page, "recruiter@example.com")
    page.goto("/")
    page.get_by_role("link", name="Openings and applicants").click()
    page.get_by_role("link", name=re.compile(r"\d+ applicants?")).first.click()
    rows = page.locator("main tbody tr").count()
    assert rows > 0
    page.get_by_label("Stage", exact=True).select_option(label="Screening")
    page.get_by_role("button", name="Show").click()
    assert "stage=screening" in page.url
    assert page.locator("main tbody tr").count() <= rows


def test_another_employers_staff_find_nothing(visit, portal):
    [(requisition,)] = portal.query("SELECT id FROM hiring_requisition LIMIT 1")
    [(slug,)] = portal.query(
        "SELECT slug FROM accounts_employer e JOIN hiring_requisition r ON r.employer_id = e.id "
        "WHERE r.id = %s",
        requisition,
    )
    page = visit(DESKTOP)
    sign_in(page, "candidate@example.com")

    for path in ("", f"requisitions/{requisition}/", f"requisitions/{requisition}/applicants/"):
        response = page.goto(f"/hr/{slug}/{path}")
        assert response is not None
        assert response.status == 404
