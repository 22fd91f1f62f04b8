"""Journeys in a real browser against a portal that runs as in production, on one xdist worker."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

sys.path.insert(0, str(Path(__file__).parent))

from chromium import ARGUMENTS, MISSING, chromium
from running_portal import RunningPortal

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
# A machine with two cores that also runs the other tests needs patience.
expect.set_options(timeout=20_000)

DEMO_PASSWORD = "demo-portal-2026"
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents and chromium() is None:
            item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def portal() -> Iterator[RunningPortal]:
    running = RunningPortal(f"test_browser_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}")
    running.prepare()
    running.start()
    yield running
    running.kill()
    running.drop()


@pytest.fixture
def visit(browser: Browser, portal: RunningPortal) -> Iterator[Callable[..., Page]]:
    """Open a browser of one's own: no cookies, at a width; complaints of the page fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(size: dict[str, int] = PHONE, **options: Any) -> Page:
        context = browser.new_context(viewport=size, base_url=portal.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: note(line.type, line.text))
        return page

    def note(kind: str, text: str) -> None:
        # A cut network, a killed server and a refused answer are part of the tests.
        expected = ("net::ERR_", "status of 4", "status of 502", "status of 503")
        if kind == "error" and not any(part in text for part in expected):
            complaints.append(text)

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def sign_in(page: Page, email: str, password: str = DEMO_PASSWORD) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail", exact=False).first.fill(email)
    page.get_by_label("Password", exact=False).first.fill(password)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/login" not in url)


def assert_accessible(page: Page) -> None:
    """Axe finds nothing (WCAG 2.2 A and AA, best practices), and nothing scrolls sideways."""
    page.evaluate(AXE)
    found = page.evaluate(
        """async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',
        'wcag21aa', 'wcag22aa', 'best-practice']})).violations.map(
        (rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(' | ')}`)"""
    )
    assert found == [], f"{page.url}: {found}"
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px too wide"
