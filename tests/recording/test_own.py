"""A recording asked on a database of the user's, with its project and without; nothing of its rows is kept."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.recording.recorded import WORKBENCH, copied, record, run
from tests.runtime.own_databases import state, url_of
from workbench.inspection.archive import libpq
from workbench.runtime.postgres import Database, PostgresServer

MANAGE = [sys.executable, "manage.py"]
ROWS = (
    "INSERT INTO journal_author (name) VALUES ('Ursula'), ('a name of the database''s own')",
    "INSERT INTO journal_page (author_id, title, price) SELECT 1, 'page ' || n, n FROM generate_series(1, 9) n",
)


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="module")
def environment(server: PostgresServer) -> dict[str, str]:
    """Where the project finds its database."""
    return {"NOTES_HOST": server.host, "NOTES_LIBPQ": str(libpq())}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied("notes", tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="module")
def own(server: PostgresServer, project: Path, environment: dict[str, str]) -> Database:
    """The database that the project is configured for."""
    made = run([*MANAGE, "migrate", "--run-syncdb"], project, environment)
    assert made.returncode == 0, made.stderr
    database = Database(server, "postgres", server.generation)
    with database.connect() as connection:
        for statement in ROWS:
            connection.execute(statement.encode())
    return database


@pytest.fixture(scope="module")
def recording(project: Path, environment: dict[str, str]) -> Path:
    record([*MANAGE, "test"], project, project.parent / "q.jsonl", env=environment)
    return project.parent / "q.jsonl"


def checked(recording: Path, folder: Path, *arguments: str) -> dict[str, Any]:
    target = folder / "c.json"
    command = [WORKBENCH, "check", *arguments, "--recorded", str(recording), "--json", str(target)]
    done = run(command, recording.parent)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(target.read_text(encoding="utf-8")))


def said(result: dict[str, Any], kind: str) -> list[str]:
    """What the database said of each statement of a kind."""
    items = [item for item in result["items"] if item["kind"] == kind]
    notes = [note for item in items for note in item["diagnostics"] if note["place"]["name"] == "--database-url"]
    return [note["code"] for note in notes]


@pytest.mark.parametrize("with_project", [False, True])
def test_what_was_recorded_is_asked_there(
    own: Database, project: Path, recording: Path, tmp_path: Path, with_project: bool
) -> None:
    before = state(own)
    result = checked(recording, tmp_path, *([str(project)] if with_project else []), "--database-url", url_of(own))
    assert state(own) == before
    asked = said(result, "query")
    assert asked.count("database-rows-equal") > 10 and "database-rows-differ" not in asked
    assert said(result, "write") == said(result, "cursor") == []
    queries = [item for item in result["items"] if item["kind"] == "query"]
    assert {item["verdict"] for item in queries} == {"equivalent"}


def test_another_run_knows_nothing_of_its_rows(own: Database, recording: Path, tmp_path: Path) -> None:
    checked(recording, tmp_path, "--database-url", url_of(own))
    assert said(checked(recording, tmp_path), "query") == []


def test_a_wrong_url_ends_before_anything_is_judged(recording: Path, tmp_path: Path) -> None:
    url = "postgresql://me:hush@127.0.0.1:9/none"
    command = [WORKBENCH, "check", "--recorded", str(recording), "--database-url", url]
    done = run(command, tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "[database-url-unreachable]" in done.stderr and "hush" not in done.stderr
