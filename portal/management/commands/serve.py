import signal
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD


class Command(BaseCommand):
    help = "Serve the portal with granian, and run the worker beside it until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host]
        web += ["--port", str(port), "--workers", "2", "--blocking-threads", "4"]
        web += ["--no-access-log", "--log-level", "warning", "portal.wsgi:application"]
        worker = [sys.executable, "manage.py", "procrastinate", "worker", "--name", "portal"]
        worker += ["--fetch-job-polling-interval", "1"]
        processes = [
            subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603  (our own command)
            for command in (web, worker)
        ]
        self._greet(host, port)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            while all(process.poll() is None for process in processes):
                try:
                    processes[0].wait(timeout=1)
                except subprocess.TimeoutExpired:
                    continue
        except KeyboardInterrupt:
            pass
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait()
            if settings.EMBEDDED_SERVER:
                self.stdout.write("\nStopped. PostgreSQL keeps running: stop it with make stop.")

    def _greet(self, host: str, port: int) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nThe portal is at http://{host}:{port}"))
        if settings.IN_DEVELOPMENT:
            self.stdout.write(f"Demo accounts, all with the password {DEMO_PASSWORD}:")
            for email, description in DEMO_ACCOUNTS.items():
                self.stdout.write(f"  {email:26} {description}")
            self.stdout.write(f"E-mail lands at http://{host}:{port}/mailbox/")
        self.stdout.write("Stop with Ctrl+C.\n")
