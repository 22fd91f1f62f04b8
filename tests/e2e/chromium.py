"""Where Chromium is, and how it is started on a machine without a screen or an open network."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
MISSING = (
    "BROWSER TESTS SKIPPED: no Chromium was found. Install it (Debian: apt-get install chromium), "
    "or name it by CHROMIUM=/path/to/chromium, and run make test again."
)


def chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)
