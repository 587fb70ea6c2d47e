"""The user's own SQLite file (``--database-url sqlite:///…``): opened for reading only."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from django.db.backends.sqlite3._functions import register as register_django_functions

from workbench.catalog.pg_catalog import Fetch
from workbench.catalog.table import Dialect
from workbench.equivalence.engine import Statement
from workbench.runtime.own_reading import MOST_ROWS, NO_SELECT, TIMEOUT, NodeReading, is_select, refused
from workbench.runtime.own_url import OwnUrl, mistake
from workbench.runtime.placeholders import format_to_qmark
from workbench.runtime.sqlite_rows import stored
from workbench.values import to_wire
from workbench.verdict import ResultRows

_STEPS = 1000  # of SQLite's machine between two looks at the clock
_WAL, _VERSIONS = b"\2\2", slice(18, 20)  # a file's header says so where it is kept with a write-ahead log
_STYLES: dict[str, Callable[[str], str]] = {"format": format_to_qmark, "qmark": str}
_HELP = {
    "SQLITE_BUSY": "Another process is writing to it: run it again.",
    "SQLITE_NOTADB": "Name a SQLite database file.",
}


@dataclass(frozen=True)
class _State:
    """What of a file tells whether somebody wrote to it."""

    modified: int
    size: int
    log: bool  # a write-ahead log lies beside it


class ReadOnlySqlite:
    """A SQLite file of the user's."""

    dialect: Dialect = "sqlite"

    def __init__(self, url: OwnUrl, *, timeout: int = TIMEOUT) -> None:
        """``timeout`` in milliseconds, for each statement."""
        self._path, self._timeout = url.path.absolute(), timeout

    @contextmanager
    def connect(self) -> Iterator[tuple[sqlite3.Connection, str]]:
        """A connection inside a transaction that cannot write, and the file's URI.

        A file kept with a write-ahead log that nobody has open would get a log beside it by being read. It is read
        as an unchanging one instead, and where it was changed meanwhile after all, what was read is not used.
        """
        before, uri = self._state(), f"file://{quote(str(self._path))}?mode=ro"
        idle = self._header() == _WAL and not before.log
        uri += "&immutable=1" if idle else ""
        try:
            with closing(sqlite3.connect(uri, uri=True, isolation_level=None, timeout=self._timeout / 1000)) as opened:
                register_django_functions(opened)
                opened.execute("PRAGMA query_only = ON")
                opened.execute("BEGIN")
                opened.execute("SELECT 1 FROM sqlite_master").fetchone()  # takes the snapshot, and reads the header
                yield opened, uri
        except sqlite3.Error as error:
            help = _HELP.get(error.sqlite_errorname, "The file is only read; look whether another program can read it.")
            raise mistake("database-url-file", f"{self._path.name}: SQLite says: {error}", help) from None
        if idle and self._state() != before:
            raise mistake(
                "database-url-changed", f"{self._path.name} was written to while it was read", "Run it again."
            )

    @contextmanager
    def reading(self) -> Iterator[SqliteReading]:
        """See ``own_reading.OwnDatabase``."""
        with self.connect() as (connection, uri):
            yield SqliteReading(self, connection, uri, self._timeout)

    @contextmanager
    def fetching(self) -> Iterator[Fetch]:
        """See ``own_reading.OwnDatabase``."""
        with self.connect() as (connection, _):
            yield lambda sql: connection.execute(sql).fetchall()

    def _header(self) -> bytes:
        with self._path.open("rb") as file:
            return file.read(_VERSIONS.stop)[_VERSIONS]

    def _state(self) -> _State:
        try:
            with self._path.open("rb"):
                found = self._path.stat()
        except OSError as error:
            fact = f"{self._path.name}: {error.strerror}"
            raise mistake("database-url-file", fact, "Check the path: four slashes begin a full one.") from None
        log = self._path.with_name(self._path.name + "-wal").exists()
        return _State(found.st_mtime_ns, found.st_size, log)


class SqliteReading:
    """The transaction, and statements in it."""

    def __init__(self, database: ReadOnlySqlite, connection: sqlite3.Connection, uri: str, timeout: int) -> None:
        self._database, self._connection, self._uri, self._timeout = database, connection, uri, timeout
        self._deadline = 0.0
        connection.set_progress_handler(lambda: time.monotonic() > self._deadline, _STEPS)

    def answer(self, statement: Statement) -> ResultRows:
        """See ``own_reading.Reading``."""
        if not is_select(statement.sql):
            return refused(NO_SELECT)
        self._deadline = time.monotonic() + self._timeout / 1000
        try:
            parameters = [stored(wire) for wire in statement.parameters]
            cursor = self._connection.execute(_STYLES[statement.style](statement.sql), parameters)
            found = cursor.fetchmany(MOST_ROWS + 1)
        except (sqlite3.Error, OverflowError) as error:
            return refused(f"{getattr(error, 'sqlite_errorname', type(error).__name__)} {error}")
        columns = tuple(column[0] for column in cursor.description or ())
        return ResultRows(columns, tuple(tuple(map(to_wire, row)) for row in found))

    def again(self, statement: Statement) -> ResultRows:
        """Of a new transaction: SQLite lends no snapshot to another process, and Node may have seen later rows."""
        with self._database.reading() as later:
            return later.answer(statement)

    def node(self) -> NodeReading:
        """The same file, opened in the same way."""
        return NodeReading({"path": self._uri}, {"most": MOST_ROWS, "timeout": self._timeout})
