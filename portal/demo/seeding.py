"""Seeding: accounts, an employer with openings, candidates; doing it again adds nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.db import connection
from django.test.utils import override_settings

from accounts.models import User

from .accounts import (
    CANDIDATE,
    MANAGER,
    RECRUITER,
    ensure_accounts,
    ensure_candidate_history,
    require_demo_accounts_allowed,
)
from .by_actions import seed_candidate
from .catalogue import read_catalogue
from .in_sets import BATCH, seed_batch
from .openings import ensure_openings
from .people import Person, email_pattern, person

MOST_BY_ACTIONS = 2000
"""Above this number candidates are written in sets, some hundred at a time."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Seeded:
    added: int
    already_there: int
    seconds: float
    in_sets: bool


def seed_demo(
    *,
    candidates: int,
    seed: int,
    now: datetime,
    progress: Progress = lambda step: None,
    in_sets: bool | None = None,
    force: bool = False,
) -> Seeded:
    """Candidates 1 to `candidates` of this seed, as far as they aren't there yet.

    A candidate is added with all that belongs to it or not at all, so that a seeding that was cut
    off can be gone on with. `in_sets` is decided by their number unless it is given. Nobody gets
    an e-mail. Raises DemoAccountsRefused in production unless `force`.
    """
    require_demo_accounts_allowed(force)
    begun = monotonic()
    with without_mail():
        catalogue = read_catalogue()
        accounts = ensure_accounts(now)
        openings = ensure_openings(accounts[MANAGER], accounts[RECRUITER], catalogue.roles, now)
        ensure_candidate_history(accounts[CANDIDATE], catalogue, openings, now)
        progress("accounts, employer and openings are there")
        wanted = [person(seed, number, now) for number in range(1, candidates + 1)]
        missing = _missing(wanted, seed)
        in_sets = candidates > MOST_BY_ACTIONS if in_sets is None else in_sets
        size = BATCH if in_sets else 1
        for start in range(0, len(missing), size):
            people = missing[start : start + size]
            if in_sets:
                seed_batch(people, catalogue, openings, now)
            else:
                seed_candidate(people[0], catalogue, openings, now)
            done = start + len(people)
            if in_sets or done % 10 == 0 or done == len(missing):
                progress(f"{done} of {len(missing)} candidates")
    renew_statistics()
    return Seeded(len(missing), len(wanted) - len(missing), monotonic() - begun, in_sets)


def _missing(wanted: list[Person], seed: int) -> list[Person]:
    there = set(
        User.objects.filter(email__endswith=email_pattern(seed)).values_list("email", flat=True)
    )
    return [one for one in wanted if one.email not in there]


def renew_statistics() -> None:
    """Tell PostgreSQL's planner how large the tables have become."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@contextmanager
def without_mail() -> Iterator[None]:
    """The simulated people have no mailbox, and no job needs to be kept for them."""
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        yield
