from argparse import ArgumentParser
from fractions import Fraction
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from careers.matching.fit import VerdictThresholds
from careers.thresholds import verdict_thresholds
from portal.simulation.bank import roles, skill_banks
from portal.simulation.population import Judgement
from portal.simulation.study import Plan, run_study
from portal.simulation.tables import study_tables


class Command(BaseCommand):
    help = "Simulate candidates through the real test forms; report how often verdicts are wrong."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--candidates", type=int, default=2000)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--role", help="code of one role; all active roles without it")
        parser.add_argument("--correlation", type=float, default=0.5, help="between any two skills")
        parser.add_argument(
            "--difficulty-error",
            type=float,
            default=0.5,
            help="standard deviation of true minus judged item locations, when misjudged",
        )
        parser.add_argument(
            "--difficulty-bias",
            type=float,
            default=0.0,
            help="how much harder all items are than judged, when misjudged",
        )
        parser.add_argument(
            "--false-pass-cost", type=float, default=2.0, help="in units of a false fail"
        )
        parser.add_argument(
            "--ready-fit", type=Fraction, help="instead of the setting, for example 17/20"
        )
        parser.add_argument("--markdown", action="store_true", help="print tables for docs")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["candidates"] < 10:
            raise CommandError("at least 10 candidates are needed")
        chosen = roles(options["role"])
        if not chosen:
            raise CommandError(f"there is no active role {options['role'] or ''}".strip())
        begun = monotonic()

        def progress(step: str) -> None:
            self.stderr.write(f"  {monotonic() - begun:5.1f} s  {step}")

        try:
            study = run_study(_plan(options), chosen, skill_banks(), progress)
        except (LookupError, ValueError) as error:
            raise CommandError(str(error)) from error
        for table in study_tables(study):
            self.stdout.write(table.as_markdown() if options["markdown"] else table.as_text())
            self.stdout.write("")
        cost = options["false_pass_cost"]
        self.stdout.write(
            f"Least cost at a fit of {study.cheapest_fit(cost):.2f}, "
            f"if a false pass is as bad as {cost:g} false fails."
        )
        progress("done")


def _plan(options: dict[str, Any]) -> Plan:
    limits = verdict_thresholds()
    if options["ready_fit"] is not None:
        limits = VerdictThresholds(
            limits.coverage,
            float(options["ready_fit"]),
            min(limits.nearly_ready_fit, float(options["ready_fit"])),
        )
    return Plan(
        candidates=options["candidates"],
        seed=options["seed"],
        correlation=options["correlation"],
        misjudged=Judgement(options["difficulty_error"], options["difficulty_bias"]),
        thresholds=limits,
    )
