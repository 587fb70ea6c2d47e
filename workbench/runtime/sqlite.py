"""SQLite for scratch work: in memory, foreign keys checked, with the functions Django adds to its connections."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from workbench.catalog.table import Catalog, Dialect
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Statement
from workbench.runtime.ddl import statements
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
    """A schema without rows. Django's functions (``django_date_trunc``, ``REGEXP`` …) are registered."""

    def __init__(self, ddl: Sequence[str], path: Path | str = ":memory:") -> None:
        self._connection = connect(path)
        self._steps = 0
        self._connection.set_progress_handler(self._fuse, _STEP)
        try:
            apply(self._connection, ddl)
        except WorkbenchError:
            self._connection.close()
            raise

    def trial(self, database: Sequence[TableRows], statements: Sequence[Statement]) -> tuple[ResultRows, ...]:
        """See ``equivalence.engine.Scratch``."""
        self._connection.execute("BEGIN")
        try:
            self._steps = 0
            insert_all(self._connection, database)
            return tuple(map(self._run, statements))
        finally:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Forgets the database."""
        self._connection.close()

    def _run(self, statement: Statement) -> ResultRows:
        self._steps = 0
        self._connection.execute("SAVEPOINT statement")
        try:
            sql = _STYLES[statement.style](statement.sql)
            cursor = self._connection.execute(sql, [stored(wire) for wire in statement.parameters])
            columns = tuple(column[0] for column in cursor.description or ())
            return ResultRows(columns, tuple(tuple(map(to_wire, row)) for row in cursor))
        except (sqlite3.Error, OverflowError) as error:
            return ResultRows((), (), f"{getattr(error, 'sqlite_errorname', type(error).__name__)} {error}")
        finally:
            self._connection.execute("ROLLBACK TO statement")

    def _fuse(self) -> bool:
        """Interrupts the statement after ``STEP_LIMIT`` steps."""
        self._steps += _STEP
        return self._steps > STEP_LIMIT
