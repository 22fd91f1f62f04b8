"""The checks on the house itself: floors, view lengths, templates, addresses, locks."""

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = settings.BASE_DIR
APPS = ("core", "accounts", "assessments", "learning", "careers", "hiring", "portal")
LONGEST_VIEW = 45

PUBLIC = {
    # Looking around before signing up.
    "home", "measurement", "privacy",
    "assessments:taste", "assessments:taste_question", "assessments:catalogue",
    "assessments:detail", "assessments:practice", "assessments:practice_question",
    "assessments:battery", "assessments:skill",
    "careers:roles", "careers:role",
    "learning:catalogue", "learning:course",
    "hiring:openings", "hiring:opening",
    # Signing up and in.
    "accounts:invitation",
    "account_signup", "account_login", "account_logout", "account_inactive",
    "account_email_verification_sent", "account_confirm_email", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "account_confirm_login_code",
    "account_request_login_code", "account_reauthenticate",
    # Development only.
    "style-guide", "mailbox",
}
"""Pages that open without a login. Whoever adds one adds it here, too."""


def run(command):
    return subprocess.run(  # noqa: S603
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )


def committed_files():
    listed = run([shutil.which("git") or "git", "ls-files", "-z"])
    if listed.returncode:
        pytest.skip("not a git work tree")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def python_files(*folders):
    for folder in folders:
        yield from (
            path for path in sorted((ROOT / folder).rglob("*.py")) if "migrations" not in path.parts
        )


def templates():
    """Templates of pages; e-mails have no style sheet but their own attributes."""
    pages = (ROOT / "templates").rglob("*.html")
    return sorted(path for path in pages if "email" not in path.parts)


def name_of(path):
    return str(path.relative_to(ROOT))


def test_imports_point_down_and_pure_modules_stay_pure():
    lint = Path(sys.executable).with_name("lint-imports")

    result = run([str(lint), "--no-cache"])

    assert result.returncode == 0, result.stdout[-3000:]


def test_no_view_is_longer_than_a_screen():
    views = [
        path
        for path in python_files(*APPS)
        if path.name == "views.py" or path.parent.name == "views"
    ]
    long = {
        f"{name_of(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in views
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_VIEW
    }

    assert views
    assert long == {}


def test_no_template_queries():
    asking = re.compile(r"\.(?:objects|filter|exclude|exists|order_by)\b")
    found = {
        name_of(path): sorted(set(asking.findall(" ".join(tags))))
        for path in templates()
        if asking.search(" ".join(tags := re.findall(r"{[{%].*?[%}]}", path.read_text())))
    }

    assert found == {}


INLINE = {
    "an inline script": r"<script(?![^>]*\bsrc=)[^>]*>",
    "an inline style sheet": r"<style\b",
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "an event handler": r"<[^>]*\son[a-z]+\s*=\s*[\"']",
    "a javascript address": r"javascript:",
    "another host": r"(?:src|href|action)\s*=\s*[\"']?(?:https?:)?//",
}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_breaks_the_content_security_policy(what):
    pattern = re.compile(INLINE[what], re.I | re.S)

    found = {
        name_of(path): match[0][:80]
        for path in templates()
        if (match := pattern.search(re.sub(r"{#.*?#}", "", path.read_text())))
    }

    assert found == {}


def test_no_style_sheet_or_script_loads_from_another_host():
    pattern = re.compile(r"(?:url\(|@import|from|fetch\()\s*[\"'(]*(?:https?:)?//", re.I)

    found = [
        name_of(path)
        for kind in ("css", "js")
        for path in (ROOT / "static").rglob(f"*.{kind}")
        if pattern.search(path.read_text())
    ]

    assert found == []


def addresses(patterns=None, prefix=""):
    """(name, view) of every page of the project outside Django's admin."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace == "admin":
                continue
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}", pattern


def is_public(view):
    while view is not None:
        if not getattr(view, "login_required", True):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_every_page_needs_a_login_or_is_listed_as_public():
    public = {name for name, pattern in addresses() if is_public(pattern.callback)}

    assert public - PUBLIC == set()


def test_every_public_page_of_the_list_that_exists_is_really_public():
    closed = {name for name, pattern in addresses() if not is_public(pattern.callback)}

    # Allauth's own log-out and confirmation pages look after themselves.
    assert {name for name in PUBLIC & closed if not name.startswith("account_")} == set()


def test_names_of_addresses_are_told_apart():
    names = [name for name, _ in addresses()]
    routes = {}
    for name, pattern in addresses():
        routes.setdefault(name, set()).add(str(pattern.pattern))

    assert names
    assert {name: found for name, found in routes.items() if len(found) > 1} == {}


def used_names():
    """Every address that a template or a module asks for by its literal name."""
    in_template = re.compile(r"{%\s*url\s+['\"]([\w:-]+)['\"]")
    in_module = re.compile(
        r"(?:\breverse(?:_lazy)?|\bredirect|\blink)\(\s*(?:_\(\"[^\"]*\"\),\s*)?\"([a-z][\w-]*:[\w-]+)\""
    )
    for path in templates():
        yield from ((name, name_of(path)) for name in in_template.findall(path.read_text()))
    for path in python_files(*APPS):
        yield from ((name, name_of(path)) for name in in_module.findall(path.read_text()))


def test_every_address_that_is_asked_for_exists():
    known = {name for name, _ in addresses()} | {"admin:index"}

    missing = {
        (name, where)
        for name, where in used_names()
        if name not in known and not name.startswith("admin:")
    }

    assert missing == set()


def test_no_committed_file_knows_where_the_repository_lies():
    needle = str(ROOT).encode()

    assert [name_of(path) for path in committed_files() if needle in path.read_bytes()] == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_holds_hashes_and_no_address(name):
    text = (ROOT / name).read_text()

    assert "://" not in text
    requirements = re.findall(r"^[A-Za-z0-9][\w.\[\]-]*==", text, re.M)
    assert requirements
    assert text.count("--hash=sha256:") >= len(requirements)


def test_every_module_stays_readable():
    long = {
        name_of(path): count
        for path in python_files(*APPS)
        if (count := len(path.read_text().splitlines())) > 380
    }

    assert long == {}
