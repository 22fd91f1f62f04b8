from argparse import ArgumentParser
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.accounts import DemoAccountsRefused
from portal.demo.invariants import InvariantBroken, check_invariants
from portal.demo.seeding import seed_demo


class Command(BaseCommand):
    help = "Add demo accounts, an employer with openings, and simulated candidates."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--candidates", type=int, default=40)
        parser.add_argument("--seed", type=int, default=1, help="again the same: nothing is added")
        parser.add_argument(
            "--in-sets",
            action="store_true",
            default=None,
            help="write table by table, as is done above 2,000 candidates",
        )
        parser.add_argument("--skip-checks-of-data", action="store_true")
        parser.add_argument(
            "--force-demo-accounts",
            action="store_true",
            help="make accounts with a known password in production too",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["candidates"] < 0:
            raise CommandError("the number of candidates can't be negative")
        begun = monotonic()

        def progress(step: str) -> None:
            self.stdout.write(f"  {monotonic() - begun:6.1f} s  {step}")

        try:
            seeded = seed_demo(
                candidates=options["candidates"],
                seed=options["seed"],
                now=timezone.now(),
                progress=progress,
                in_sets=options["in_sets"],
                force=options["force_demo_accounts"],
            )
        except DemoAccountsRefused:
            raise CommandError(
                "Demo accounts have a known password and don't belong into production. "
                "If you mean it: --force-demo-accounts"
            ) from None
        way = "in sets" if seeded.in_sets else "through the actions"
        self.stdout.write(
            f"{seeded.added} candidates added {way}, {seeded.already_there} were there already; "
            f"{seeded.seconds:.1f} s"
        )
        if options["skip_checks_of_data"]:
            return
        try:
            rules = check_invariants()
        except InvariantBroken as error:
            raise CommandError(f"The data breaks its rules: {error}") from error
        progress(f"{len(rules)} rules checked, all hold")
