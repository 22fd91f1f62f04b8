"""Made-up candidates, an employer and demo accounts, for trying the portal out."""

from __future__ import annotations

FIRST_START_CANDIDATES = 40
FIRST_START_SEED = 17


def ensure_demo() -> None:
    """Demo accounts and a first set of data; what exists already is left alone.

    The candidates are written in sets, because somebody is waiting for the first start.

    Raises accounts.DemoAccountsRefused in production.
    """
    from django.utils import timezone

    from .seeding import seed_demo

    seed_demo(
        candidates=FIRST_START_CANDIDATES,
        seed=FIRST_START_SEED,
        now=timezone.now(),
        in_sets=True,
    )
