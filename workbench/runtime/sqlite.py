"""SQLite for scratch work: in memory, foreign keys checked, with the functions Django adds to its connections."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence

from django.db.backends.sqlite3._functions import register as register_django_functions

from workbench.catalog.table import Catalog, Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.engine import Refused, Statement
from workbench.runtime.ddl import quoted, refused_ddl, statements
from workbench.runtime.placeholders import dollar_to_qmark, format_to_qmark
from workbench.values import Wire, to_wire
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


class SqliteScratch:
    """A schema without rows. Django's functions (``django_date_trunc``, ``REGEXP`` …) are registered."""

    def __init__(self, ddl: Sequence[str]) -> None:
        self._connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        register_django_functions(self._connection)
        self._steps = 0
        self._connection.set_progress_handler(self._fuse, _STEP)
        self._connection.execute("PRAGMA foreign_keys = ON")
        for statement in ddl:
            self._steps = 0
            try:
                self._connection.execute(statement)
            except sqlite3.Error as error:
                self._connection.close()
                raise refused_ddl(statement, str(error)) from None
        self._generated: dict[str, frozenset[str]] = {}

    def trial(self, database: Sequence[TableRows], statements: Sequence[Statement]) -> tuple[ResultRows, ...]:
        """See ``equivalence.engine.Scratch``."""
        self._connection.execute("BEGIN")
        try:
            self._fill(database)
            return tuple(map(self._run, statements))
        finally:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        """Forgets the database."""
        self._connection.close()

    def _fill(self, database: Sequence[TableRows]) -> None:
        """Rows in any order: foreign keys are checked once all are in, as a commit would."""
        self._steps = 0
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        try:
            for table in database:
                self._insert(table)
            broken = self._connection.execute("PRAGMA foreign_key_check").fetchone()
        except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError) as error:
            raise Refused(str(error)) from None
        except sqlite3.Error as error:
            raise _unfit(str(error)) from None
        if broken is not None:
            raise Refused(
                f"FOREIGN KEY constraint failed: {broken[0]} refers to a row of {broken[2]} that is not there"
            )

    def _insert(self, table: TableRows) -> None:
        generated = self._generated_columns(table.table)
        kept = [index for index, column in enumerate(table.columns) if column not in generated]
        columns = ", ".join(quoted(table.columns[index]) for index in kept)
        places = ", ".join("?" * len(kept))
        target = (
            f"{quoted(table.table)} ({columns}) VALUES ({places})" if kept else f"{quoted(table.table)} DEFAULT VALUES"
        )
        rows = ([stored(row[index]) for index in kept] for row in table.rows)
        self._connection.executemany(f"INSERT INTO {target}", rows)

    def _generated_columns(self, table: str) -> frozenset[str]:
        if table not in self._generated:
            found = self._connection.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (2, 3)", [table])
            self._generated[table] = frozenset(name for (name,) in found)
        return self._generated[table]

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


def stored(wire: Wire) -> str | int | float | bytes | None:
    """What Django stores on SQLite for a value: it has no types of its own for dates, decimals, UUIDs and JSON."""
    if wire is None or isinstance(wire, (str, int)):
        return wire
    if isinstance(wire, dict) and wire["$"] in _STORED:
        return _STORED[wire["$"]](wire["v"])
    raise _unfit(f"SQLite has no form for {wire!r}")


# as Django's SQLite backend stores them (moments as UTC text with a blank and without zone)
_STORED: dict[str, Callable[..., str | int | float | bytes]] = {
    "float": float,
    "decimal": str,
    "datetime": lambda v: _moment(v.removesuffix("+00:00").replace("T", " ")),
    "date": str,
    "time": lambda v: _moment(v),
    "interval": int,
    "uuid": lambda v: v.replace("-", ""),
    "bytes": bytes.fromhex,
    "json": json.dumps,
}


def _moment(text: str) -> str:
    """Python prints no fraction where it is zero."""
    return text.removesuffix(".000000")


def _unfit(fact: str) -> WorkbenchError:
    advice = "The tables, columns and values of the rows must be those of the schema."
    return WorkbenchError(Diagnostic("rows-refused", Origin("trial"), "rows", fact, advice, Fidelity.ERROR))
