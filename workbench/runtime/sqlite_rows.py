"""Rows put into SQLite as Django would store them, and checked as a commit would check them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.engine import Refused
from workbench.runtime.ddl import quoted
from workbench.values import Wire
from workbench.verdict import TableRows


def insert_all(connection: sqlite3.Connection, database: Sequence[TableRows]) -> None:
    """Rows in any order, inside the open transaction: foreign keys are checked once all are in.

    ``Refused`` where they break a constraint; WorkbenchError where they do not fit the schema.
    """
    connection.execute("PRAGMA defer_foreign_keys = ON")
    try:
        for table in database:
            _insert(connection, table)
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError) as error:
        raise Refused(str(error)) from None
    except sqlite3.Error as error:
        raise _unfit(str(error)) from None
    if broken is not None:
        raise Refused(f"FOREIGN KEY constraint failed: {broken[0]} refers to a row of {broken[2]} that is not there")


def stored(wire: Wire) -> str | int | float | bytes | None:
    """What Django stores on SQLite for a value: it has no types of its own for dates, decimals, UUIDs and JSON."""
    if wire is None or isinstance(wire, (str, int)):
        return wire
    if isinstance(wire, dict) and wire["$"] in _STORED:
        return _STORED[wire["$"]](wire["v"])
    raise _unfit(f"SQLite has no form for {wire!r}")


def _insert(connection: sqlite3.Connection, table: TableRows) -> None:
    generated = _generated_columns(connection, table.table)
    kept = [index for index, column in enumerate(table.columns) if column not in generated]
    columns = ", ".join(quoted(table.columns[index]) for index in kept)
    places = ", ".join("?" * len(kept))
    target = f"{quoted(table.table)} ({columns}) VALUES ({places})" if kept else f"{quoted(table.table)} DEFAULT VALUES"
    rows = ([stored(row[index]) for index in kept] for row in table.rows)
    connection.executemany(f"INSERT INTO {target}", rows)


def _generated_columns(connection: sqlite3.Connection, table: str) -> frozenset[str]:
    found = connection.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden IN (2, 3)", [table])
    return frozenset(name for (name,) in found)


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
