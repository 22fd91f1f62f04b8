"""Settings fail early and name the variable."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "x9" * 25,
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgresql://portal@db/portal",
}


def load_settings(**variables: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings"],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_safe_settings():
    assert load_settings(**SAFE).returncode == 0


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("DEBUG", "true"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", "mysql://portal@db/portal"),
        ("PORTAL_ENV", "live"),
        ("EMAIL_PORT", "many"),
        ("BEHIND_PROXY", "perhaps"),
        ("VERDICT_COVERAGE", "7/5"),
        ("MINIMUM_AGE_YEARS", "5"),
    ],
)
def test_production_refuses_an_unsafe_or_unreadable_setting(variable, value):
    result = load_settings(**SAFE | {variable: value})

    assert result.returncode != 0
    assert variable in result.stderr.splitlines()[-1]


def test_the_example_lists_every_variable():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "portal/settings.py").read_text()))
    listed = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert read == listed
