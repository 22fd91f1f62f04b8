"""What every test may use."""

import os

# Settings are read on import, before any fixture runs.
os.environ.setdefault("PORTAL_ENV", "test")
# Playwright keeps an event loop in the process that runs the browser tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure() -> None:
    from portal.boot import ensure_surroundings

    ensure_surroundings()
