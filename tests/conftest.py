"""What every test may use."""

import os

# Settings are read on import, before any fixture runs.
os.environ.setdefault("PORTAL_ENV", "test")

from portal.boot import ensure_database  # noqa: E402


def pytest_configure() -> None:
    ensure_database()
