from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.content.documents import ContentInvalid
from core.content.loading import load
from portal.content import KINDS, STARTER_CONTENT


class Command(BaseCommand):
    help = "Load content files; what an admin edited is never overwritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", type=Path, default=STARTER_CONTENT)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        if not path.is_dir():
            raise CommandError(f"{path} is not a folder")
        try:
            report = load(KINDS, path)
        except ContentInvalid as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(error.problems)} problems; nothing was loaded.") from None
        for name in report.left_alone:
            self.stdout.write(f"left alone (edited here): {name}")
        for name in report.conflicts:
            self.stdout.write(self.style.WARNING(f"conflict (edited here and in the file): {name}"))
        self.stdout.write(
            f"{len(report.created)} created, {len(report.changed)} changed, "
            f"{len(report.unchanged)} unchanged, {len(report.left_alone)} left alone, "
            f"{len(report.conflicts)} in conflict"
        )
