from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core.content.loading import export
from portal.content import KINDS


class Command(BaseCommand):
    help = "Write all content as files, in the form in which load_content reads them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        count = export(KINDS, path)
        self.stdout.write(f"{count} records written to {path}")
