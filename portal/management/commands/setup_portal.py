from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.models import User


class Command(BaseCommand):
    help = "Migrate, load the starter content and, on the first start in development, demo data."

    def handle(self, *args: Any, **options: Any) -> None:
        self._step("database tables", lambda: call_command("migrate", verbosity=0))
        self._step("cache table", lambda: call_command("createcachetable", verbosity=0))
        self._step("starter content", lambda: call_command("load_content", stdout=self.stdout))
        if settings.IN_DEVELOPMENT and not User.objects.exists():
            from portal.demo import ensure_demo

            self._step("demo accounts and data", ensure_demo)

    def _step(self, name: str, run: Any) -> None:
        begun = monotonic()
        self.stdout.write(f"  {name} …")
        run()
        self.stdout.write(f"  {name}: done in {monotonic() - begun:.1f} s")
