"""What people do on the question page, whatever the question."""

from __future__ import annotations

from playwright.sync_api import Page, expect


def answer(page: Page) -> str:
    """Answer the question in view somehow; its type is returned."""
    question = page.locator("[data-stage] .question")
    kind = question.get_attribute("data-type") or ""
    match kind:
        case "single-choice":
            question.locator(".choice").first.click()
        case "multiple-choice":
            question.locator(".choice").nth(0).click()
            question.locator(".choice").nth(2).click()
        case "situational":
            question.locator("input[name=most]").nth(0).check()
            question.locator("input[name=least]").nth(2).check()
        case "rating":
            for row, fieldset in enumerate(question.locator(".rate").all()):
                fieldset.locator("input").nth(row % 4).check()
        case "ordering":
            question.locator("[data-move=down]").first.click()
        case "numeric":
            question.locator("input[name=value]").fill("12.5")
            question.locator("input[name=value]").blur()
        case "typing":
            question.locator("[data-typing]").press_sequentially("Thank you for calling", delay=5)
    return kind


def wait_until_saved(page: Page) -> None:
    expect(page.locator("[data-state]")).to_have_text("Saved")


def go_on(page: Page) -> None:
    """Press Next and wait for the following question, or for the list of all."""
    before = page.locator("[data-where]").inner_text()
    page.locator("[data-next]").click()
    page.wait_for_function(
        "before => document.querySelector('[data-where]')?.innerText !== before", arg=before
    )


def start(page: Page, code: str) -> None:
    page.goto(f"/assessments/{code}/")
    page.get_by_role("button", name="Start now").click()
    page.wait_for_url("**/questions/1/")


def sign_up(page: Page, email: str, name: str = "Thandiwe Nkosi-Alvarez") -> None:
    """Sign up with a new address and agree to the processing of answers."""
    page.goto("/accounts/signup/")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").first.fill(email)
    page.get_by_label("Password", exact=False).first.fill("calm-river-41-lanterns")
    page.get_by_label("years old").check()
    page.locator("main").get_by_role("button", name="Sign up").click()
    page.wait_for_url(lambda url: "/signup" not in url)
    page.goto("/consent/?next=/")
    page.get_by_role("checkbox").first.check()
    page.locator("main form").get_by_role("button").first.click()
    page.wait_for_url(lambda url: "/consent" not in url)
