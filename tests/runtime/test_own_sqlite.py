"""A user's own SQLite file: opened for reading only, however it is kept; nothing appears beside it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Statement
from workbench.runtime.node import NodeWorker
from workbench.runtime.own_database import own_database
from workbench.runtime.own_reading import MOST_ROWS, NO_SELECT
from workbench.runtime.own_url import own_url
from workbench.runtime.read_only_sqlite import ReadOnlySqlite

SCHEMA = {
    "index.ts": 'import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";\n'
    'export const book = sqliteTable("book", { id: integer().primaryKey(), title: text() });\n'
}
READ_ONLY = "SQLITE_READONLY attempt to write a readonly database"
# text -> what Python's side says of it, and what Node's says
ATTEMPTS = {
    "INSERT INTO book VALUES (9, '')": (NO_SELECT, NO_SELECT),
    "DROP TABLE book": (NO_SELECT, NO_SELECT),
    "PRAGMA user_version = 7": (NO_SELECT, NO_SELECT),
    "PRAGMA query_only = OFF": (NO_SELECT, NO_SELECT),
    "COMMIT": (NO_SELECT, NO_SELECT),
    "ATTACH 'other.db' AS other": (NO_SELECT, NO_SELECT),
    "VACUUM INTO 'other.db'": (NO_SELECT, NO_SELECT),
    "WITH x AS (SELECT 1) DELETE FROM book": (READ_ONLY, READ_ONLY),
    "WITH x AS (SELECT 1) INSERT INTO book SELECT 9, ''": (READ_ONLY, READ_ONLY),
    "SELECT 1; DELETE FROM book": ("ProgrammingError You can only execute one statement at a time.", ""),
    "SELECT load_extension('x')": ("SQLITE_ERROR not authorized", "not authorized"),
}


@pytest.fixture(params=["delete", "wal"])
def file(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A file in each of SQLite's two ways to keep one, with nobody using it."""
    path = tmp_path / "own data.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute(f"PRAGMA journal_mode = {request.param}")
        made.execute("CREATE TABLE book (id integer PRIMARY KEY, title text)")
        made.executemany("INSERT INTO book VALUES (?, ?)", [(n, f"title {n}") for n in range(1, 6)])
        made.commit()
    return path


@pytest.fixture(scope="module")
def key(worker: NodeWorker) -> str:
    return worker.load(SCHEMA, "sqlite")


@pytest.fixture
def unchanged(file: Path) -> Iterator[None]:
    """The same bytes in the same files, before and after."""
    before = _bytes(file.parent)
    yield
    assert _bytes(file.parent) == before


def _bytes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def url_of(file: Path) -> str:
    return f"sqlite:///{file}".replace(" ", "%20")


def code(body: str) -> str:
    imports = 'import { eq, sql } from "drizzle-orm";\nimport { book } from "./index";\n'
    return f"{imports}export const query = (db: any) => {body};\n"


@pytest.mark.usefixtures("unchanged")
def test_both_sides_read_it(file: Path, worker: NodeWorker, key: str) -> None:
    query = Statement(
        'SELECT "id", django_date_trunc(\'year\', %s, NULL, NULL) FROM "book" WHERE "id" < %s', ("2024", 3)
    )
    with own_database(url_of(file), "sqlite").reading() as reading:
        node, found = reading.node(), reading.answer(Statement('SELECT "id" FROM "book" WHERE "id" < %s', (3,)))
        seen = worker.run(
            key,
            code("db.select({ id: book.id }).from(book).where(sql`${book.id} < ${3}`)"),
            node.settings,
            limits=node.limits,
        )
        assert reading.answer(query).error is None, "Django's functions are there"
        assert reading.again(query) == reading.answer(query)
    assert found.rows == ((1,), (2,)) and seen.error is None
    assert [row[0]["v"] for row in seen.rows] == ["1", "2"]


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("text", ATTEMPTS)
def test_nothing_changes_it(
    file: Path, worker: NodeWorker, key: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    django, drizzle = ATTEMPTS[text]
    with own_database(url_of(file), "sqlite").reading() as reading:
        node = reading.node()
        assert reading.answer(Statement(text)).error == django
        seen = worker.run(key, code(f"sql.raw(`{text}`)"), node.settings, limits=node.limits)
    assert (seen.error or "").endswith(drizzle.removeprefix("SQLITE_READONLY ")), seen.error
    assert bool(seen.error) == bool(drizzle)


@pytest.mark.usefixtures("unchanged")
def test_rows_and_time_are_limited(file: Path, worker: NodeWorker, key: str) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
    with ReadOnlySqlite(own_url(url_of(file), "sqlite"), timeout=50).reading() as reading:
        node = reading.node()
        assert len(reading.answer(Statement(endless)).rows) == MOST_ROWS + 1
        seen = worker.run(key, code(f"sql.raw(`{endless}`)"), node.settings, limits=node.limits)
        assert len(seen.rows) == MOST_ROWS + 1
        assert reading.answer(Statement(f"{endless} WHERE i < 0")).error == "SQLITE_INTERRUPT interrupted"


def test_a_writer_of_the_same_file_is_seen_or_waited_for(file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM book WHERE id > 2")
        with own_database(url_of(file), "sqlite").reading() as reading:
            assert len(reading.answer(Statement("SELECT id FROM book")).rows) == 5
        writer.execute("COMMIT")
        with own_database(url_of(file), "sqlite").reading() as reading:
            assert len(reading.answer(Statement("SELECT id FROM book")).rows) == 2


def test_what_was_read_of_a_file_that_changed_meanwhile_is_not_used(file: Path) -> None:
    """With a log, it is the reading that is in vain; without one, it is the writer that waits."""
    with closing(sqlite3.connect(file)) as header:
        logged = header.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    opened = own_database(url_of(file), "sqlite")
    if not logged:
        with opened.reading(), closing(sqlite3.connect(file, timeout=0)) as writer:
            writer.execute("DELETE FROM book")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                writer.commit()
        return
    with pytest.raises(WorkbenchError) as failure, opened.reading(), closing(sqlite3.connect(file)) as writer:
        writer.execute("DELETE FROM book")
        writer.commit()
    assert "own data.db was written to while it was read" in str(failure.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.db", "missing.db: No such file or directory"),
        (".", "Is a directory"),
        ("notes.txt", "notes.txt: SQLite says: file is not a database"),
    ],
)
def test_what_is_no_database_is_a_line(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "notes.txt").write_text("these are notes, longer than a header\n" * 30)
    with pytest.raises(WorkbenchError) as failure:
        own_database(f"sqlite:///{tmp_path / name}", "sqlite")
    (diagnostic,) = failure.value.diagnostics
    assert diagnostic.code == "database-url-file" and diagnostic.fact.endswith(said)


def test_a_file_that_is_locked_is_a_line(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("CREATE TABLE book (id integer)")
        writer.execute("BEGIN EXCLUSIVE")
        busy = ReadOnlySqlite(own_url(url_of(path), "sqlite"), timeout=10)
        with pytest.raises(WorkbenchError, match="database is locked") as failure, busy.reading():
            pass
    assert "run it again" in str(failure.value)
