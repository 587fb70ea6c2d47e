"""Puts rows into a scratch database to stay there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.runtime.driver import psycopg
from workbench.runtime.postgres import Database
from workbench.runtime.postgres_trial import insertion, refusal
from workbench.verdict import TableRows

_MOST_VALUES = 60_000  # the protocol counts a statement's parameters in 16 bits

_GENERATED = """
select c.relname, a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
where a.attgenerated <> '' and c.relnamespace = current_schema()::regnamespace
"""


def fill(database: Database, tables: Sequence[TableRows]) -> None:
    """Inserts all rows in one transaction, deferrable constraints checked at its end. ``Refused`` if they break one."""
    with database.connect() as connection:
        generated: dict[str, frozenset[str]] = {table.table: frozenset() for table in tables}
        for name, column in connection.execute(_GENERATED).fetchall():
            generated[name] = generated.get(name, frozenset()) | {column}
        connection.execute("BEGIN")
        for piece in _pieces(tables):
            statement, values = insertion([piece], generated)
            result = connection.pgconn.exec_params(statement, values)
            _require(result)
        _require(connection.pgconn.exec_(b"COMMIT"))


def _pieces(tables: Sequence[TableRows]) -> Iterator[TableRows]:
    """The tables, long ones in pieces that fit into a statement."""
    for table in tables:
        size = max(1, _MOST_VALUES // max(1, len(table.columns)))
        for start in range(0, len(table.rows), size):
            yield TableRows(table.table, table.columns, table.rows[start : start + size])


def _require(result: psycopg.pq.abc.PGresult) -> None:
    if result.status not in (psycopg.pq.ExecStatus.COMMAND_OK, psycopg.pq.ExecStatus.TUPLES_OK):
        state = result.error_field(psycopg.pq.DiagnosticField.SQLSTATE) or b""
        raise refusal(state.decode(), result.error_message.decode(errors="replace"))
