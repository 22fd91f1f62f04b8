"""The embedded server's life cycle, with real servers in folders of their own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.embedded_postgres import DATABASE, OWNER, EmbeddedServer, locate

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="starts servers as another account, which Linux allows"
)
JOIN = (
    "import sys; from pathlib import Path; from portal.embedded_postgres import locate; "
    "locate(Path(sys.argv[1])).ensure_running()"
)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every account can enter."""
    path = Path(tempfile.mkdtemp(prefix="portal-pg-", dir="/var/tmp"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def server(folder: Path) -> Iterator[EmbeddedServer]:
    found = locate(folder / "var")
    yield found
    found.stop()


def connect(server: EmbeddedServer) -> psycopg.Connection:
    return psycopg.connect(host=str(server.sockets), user=OWNER, dbname=DATABASE, autocommit=True)


def test_three_processes_starting_at_once_share_one_server(server, folder):
    command = [sys.executable, "-c", JOIN, str(folder / "var")]
    processes = [subprocess.Popen(command) for _ in range(3)]  # noqa: S603

    assert [process.wait(timeout=60) for process in processes] == [0, 0, 0]
    with connect(server) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == (DATABASE,)


def test_a_killed_server_comes_back_with_every_committed_row(server):
    server.ensure_running()
    with connect(server) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    pid = int((server.data / "postmaster.pid").read_text().split()[0])

    os.kill(pid, signal.SIGKILL)
    server.ensure_running()

    with connect(server) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_an_interrupted_first_start_leaves_nothing_half_made(server):
    unfinished = server.data.with_name("data.new")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("half")

    server.ensure_running()

    assert server.is_ready()
    assert not unfinished.exists()


def test_stopping_twice_is_harmless(server):
    server.ensure_running()

    assert server.stop() is True
    assert server.stop() is False
    assert not server.is_ready()


def test_nothing_listens_on_the_network(server):
    server.ensure_running()
    with connect(server) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert (server.sockets.stat().st_mode & 0o777) == 0o700


def test_data_of_another_version_are_refused_with_advice(server):
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(RuntimeError, match=r"docs/operations\.md"):
        server.ensure_running()
    shutil.rmtree(server.data)


def test_a_long_path_gets_a_short_socket_folder(folder):
    deep = folder / ("d" * 100) / "var"

    assert len(str(locate(deep).sockets)) < 60


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")
def test_root_uses_an_account_without_privileges_and_a_folder_it_can_enter(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)

    hidden = locate(closed / "var")
    open_to_all = locate(folder / "var")

    assert hidden.account in {"postgres", "nobody"}
    assert not hidden.data.is_relative_to(closed)
    assert open_to_all.data.is_relative_to(folder)
