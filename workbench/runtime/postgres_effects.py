"""What a write leaves behind: it runs between savepoints, its table is read, and everything is rolled back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.runtime.ddl import quoted
from workbench.runtime.driver import psycopg
from workbench.runtime.effect import FIRST_KEY, Effect
from workbench.verdict import ResultRows

_SEQUENCES = """
SELECT pg_get_serial_sequence(quote_ident(c.relname), a.attname)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.oid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped
AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL
"""


def effect(connection: psycopg.Connection[Any], savepoint: str, table: str, run: Callable[[], ResultRows]) -> Effect:
    """One write's effect on ``table``. Foreign keys are not enforced: the rows of other tables are not its matter."""
    execute = connection.pgconn.exec_
    execute(f"ROLLBACK TO SAVEPOINT {savepoint}".encode())
    name = quoted(table)
    for (sequence,) in connection.execute(_SEQUENCES, [name]).fetchall():
        execute(f"ALTER SEQUENCE {sequence} RESTART WITH {FIRST_KEY}".encode())
    execute(b"SET LOCAL session_replication_role = replica; SAVEPOINT before")
    result = run()
    if result.error is not None:
        execute(b"ROLLBACK TO SAVEPOINT before")
    return Effect(result, _rows(connection, name))


def _rows(connection: psycopg.Connection[Any], name: str) -> ResultRows:
    """The table's rows as text, in an order of their own: only whether they are the same is asked."""
    found = connection.execute(f"SELECT t::text FROM {name} t ORDER BY 1".encode()).fetchall()
    return ResultRows((name,), tuple((str(text),) for (text,) in found))
