"""One statement that inserts all rows of a trial, and what a refusal of them means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.engine import Refused
from workbench.runtime.ddl import quoted
from workbench.runtime.driver import psycopg
from workbench.runtime.postgres_parameters import texts
from workbench.runtime.postgres_text import to_text
from workbench.verdict import TableRows

# SQLSTATE classes: value of the wrong form (42601: of a tsvector), broken constraint, raised by a trigger
_REFUSING = ("22", "23", "42601", "P0")


def insertion(tables: Sequence[TableRows], generated: Mapping[str, frozenset[str]]) -> tuple[bytes, list[bytes | None]]:
    """``WITH i0 AS (INSERT …), i1 AS (INSERT …) SELECT`` and its text parameters.

    One statement, because PostgreSQL then checks foreign keys at its end: the order of the tables, and cycles between
    them, do not matter. Generated columns are left out: nobody may write them. ``Refused`` where a value is no text
    that PostgreSQL can hold.
    """
    values: list[str | None] = []
    parts = [f"i{number} AS ({_insert(table, generated[table.table], values)})" for number, table in enumerate(tables)]
    try:
        return f"WITH {', '.join(parts)} SELECT".encode(), texts(values)
    except (psycopg.DataError, UnicodeError) as error:
        raise Refused(str(error)) from None


def _insert(table: TableRows, generated: frozenset[str], values: list[str | None]) -> str:
    kept = [index for index, column in enumerate(table.columns) if column not in generated]
    columns = ", ".join(quoted(table.columns[index]) for index in kept)
    if not kept:
        return f"INSERT INTO {quoted(table.table)} SELECT FROM generate_series(1, {len(table.rows)})"
    rows = ", ".join(_row([to_text(row[index]) for index in kept], values) for row in table.rows)
    return f"INSERT INTO {quoted(table.table)} ({columns}) OVERRIDING SYSTEM VALUE VALUES {rows}"


def _row(texts: Sequence[str | None], values: list[str | None]) -> str:
    """The row's placeholders; its values join the list."""

    def places() -> Iterator[str]:
        for text in texts:
            values.append(text)
            yield f"${len(values)}"

    return f"({', '.join(places())})"


def refusal(sqlstate: str, message: str) -> Exception:
    """``Refused`` for rows that break the schema's rules; an error for rows that do not fit the schema at all."""
    first = message.strip().splitlines()[0] if message.strip() else "unknown error"
    if sqlstate.startswith(_REFUSING):
        return Refused(f"{sqlstate} {first}")
    fact = f"{sqlstate} {first}"
    advice = "The tables and columns of the rows must be those of the schema."
    return WorkbenchError(Diagnostic("rows-refused", Origin("trial"), "rows", fact, advice, Fidelity.ERROR))
