"""SQLite for scratch work: foreign keys checked, with the functions that Django adds, and without."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from workbench.catalog.table import Catalog, Dialect
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Statement
from workbench.runtime.ddl import quoted, statements
from workbench.runtime.effect import Effect
from workbench.runtime.placeholders import dollar_to_qmark, format_to_qmark
from workbench.runtime.sqlite_file import SqliteFile, apply, connect
from workbench.runtime.sqlite_rows import insert_all, stored
from workbench.values import to_wire
from workbench.verdict import ResultRows, TableRows

STEP_LIMIT = 20_000_000  # of SQLite's machine for one statement (about 2 s): a fuse that does not depend on the clock
_STEP = 1000  # between two looks at the fuse

_STYLES: dict[str, Callable[[str], str]] = {"format": format_to_qmark, "dollar": dollar_to_qmark, "qmark": str}


class SqliteEngine:
    """Makes scratch databases in memory."""

    dialect: Dialect = "sqlite"

    def create(self, ddl: Sequence[str] | Catalog) -> SqliteScratch:
        """A scratch with these tables; WorkbenchError for a statement that SQLite refuses."""
        return SqliteScratch(statements(ddl))

    def on(self, database: SqliteFile) -> SqliteScratch:
        """A scratch on a database that already holds its tables (Django made them): trials see its rows too."""
        return SqliteScratch((), database.path)

    def close(self) -> None:
        """Nothing outlives a scratch."""


class SqliteScratch:
    """A schema without rows. Django's texts ("format") see its functions (``django_date_trunc``, ``REGEXP`` …).

    Any other text runs as it would without Django: on a connection that has SQLite's own functions only.
    """

    def __init__(self, ddl: Sequence[str], path: Path | str = ":memory:") -> None:
        self._ddl, self._path = ddl, path
        self._steps = 0
        self._connections: dict[bool, sqlite3.Connection] = {}
        self._connection(django=True)

    def trial(self, database: Sequence[TableRows], statements: Sequence[Statement]) -> tuple[ResultRows, ...]:
        """See ``equivalence.engine.Scratch``."""
        found: dict[int, ResultRows] = {}
        for django in (True, False):
            numbers = [number for number, statement in enumerate(statements) if _of_django(statement) is django]
            if numbers or (django and not statements):
                with self._filled(database, django=django) as connection:
                    found.update({number: self._run(connection, statements[number]) for number in numbers})
        return tuple(found[number] for number in range(len(statements)))

    def effects(self, writes: Sequence[Statement], table: str) -> tuple[Effect, ...]:
        """What each write leaves in ``table``, run on the scratch's own rows; nothing of it stays.

        Foreign keys are not enforced: the rows of other tables are not its matter.
        """
        return tuple(self._effect(self._connection(django=_of_django(write)), write, table) for write in writes)

    def close(self) -> None:
        """Forgets the database."""
        for connection in self._connections.values():
            connection.close()
        self._connections = {}

    def _connection(self, *, django: bool) -> sqlite3.Connection:
        """One of the two: on a file they see the same rows, in memory each has its own tables."""
        if django not in self._connections:
            connection = connect(self._path, django=django)
            connection.set_progress_handler(self._fuse, _STEP)
            try:
                apply(connection, self._ddl)
            except WorkbenchError:
                connection.close()
                raise
            self._connections[django] = connection
        return self._connections[django]

    @contextmanager
    def _filled(self, database: Sequence[TableRows], *, django: bool) -> Iterator[sqlite3.Connection]:
        connection = self._connection(django=django)
        connection.execute("BEGIN")
        try:
            self._steps = 0
            insert_all(connection, database)
            yield connection
        finally:
            connection.execute("ROLLBACK")

    def _effect(self, connection: sqlite3.Connection, write: Statement, table: str) -> Effect:
        connection.execute("PRAGMA foreign_keys = OFF")  # heard outside of a transaction only
        connection.execute("BEGIN")
        try:
            result = self._answer(connection, write)
            return Effect(result, _rows(connection, table))
        finally:
            connection.execute("ROLLBACK")
            connection.execute("PRAGMA foreign_keys = ON")

    def _run(self, connection: sqlite3.Connection, statement: Statement) -> ResultRows:
        connection.execute("SAVEPOINT statement")
        try:
            return self._answer(connection, statement)
        finally:
            connection.execute("ROLLBACK TO statement")

    def _answer(self, connection: sqlite3.Connection, statement: Statement) -> ResultRows:
        self._steps = 0
        try:
            sql = _STYLES[statement.style](statement.sql)
            cursor = connection.execute(sql, [stored(wire) for wire in statement.parameters])
            columns = tuple(column[0] for column in cursor.description or ())
            return ResultRows(columns, tuple(tuple(map(to_wire, row)) for row in cursor))
        except (sqlite3.Error, OverflowError) as error:
            return ResultRows((), (), f"{getattr(error, 'sqlite_errorname', type(error).__name__)} {error}")

    def _fuse(self) -> bool:
        """Interrupts the statement after ``STEP_LIMIT`` steps."""
        self._steps += _STEP
        return self._steps > STEP_LIMIT


def _of_django(statement: Statement) -> bool:
    return statement.style == "format"


def _rows(connection: sqlite3.Connection, table: str) -> ResultRows:
    """The table's rows as literals, in which 1 and 1.0 differ; in an order of their own."""
    found = connection.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1", [table])
    columns = tuple(name for (name,) in found)
    literals = ", ".join(f"quote({quoted(name)})" for name in columns)
    rows = connection.execute(f"SELECT {literals} FROM {quoted(table)}").fetchall()
    return ResultRows(columns, tuple(sorted(rows)))
