"""A portal as `make run` serves it, on a database of its own, that tests may also kill."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class RunningPortal:
    def __init__(self, database: str) -> None:
        stored = settings.DATABASES["default"]
        place = {"host": stored["HOST"], "port": stored.get("PORT"), "user": stored["USER"]}
        place["password"] = stored.get("PASSWORD")
        self.place = {name: value for name, value in place.items() if value}
        self.database = database
        self.port = free_port()
        self.processes: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "PORTAL_ENV": "development",
            "DATABASE_URL": self._url(),
            "SITE_URL": self.url,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _url(self) -> str:
        host = str(self.place["host"]).replace("/", "%2F")
        port = f":{self.place['port']}" if "port" in self.place else ""
        password = f":{self.place['password']}" if "password" in self.place else ""
        return f"postgresql://{self.place['user']}{password}@{host}{port}/{self.database}"

    def prepare(self) -> None:
        """Make the database with starter content and demo data."""
        with psycopg.connect(**self.place, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {self.database}")
        self.manage("setup_portal")

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        result = subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(**self.place, dbname=self.database, autocommit=True) as connection:
            return connection.execute(sql, parameters).fetchall()

    def start(self) -> None:
        web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port)]
        web += ["--workers", "1", "--blocking-threads", "4", "--log-level", "error"]
        worker = [sys.executable, "manage.py", "procrastinate", "worker"]
        worker += ["--fetch-job-polling-interval", "1"]
        self.processes = [
            subprocess.Popen(  # noqa: S603
                command, cwd=ROOT, env=self.environment, start_new_session=True
            )
            for command in ([*web, "portal.wsgi:application"], worker)
        ]
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("the portal didn't start")

    def kill(self) -> None:
        """End every process at once, as a power cut would."""
        for process in self.processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes = []

    def drop(self) -> None:
        with psycopg.connect(**self.place, dbname="postgres", autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {self.database} WITH (FORCE)")
