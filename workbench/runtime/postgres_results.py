"""What PostgreSQL answered, as rows of wire values with the types of their columns, or as an error."""

from __future__ import annotations

from typing import Any

from workbench.runtime.driver import pq, psycopg
from workbench.runtime.postgres_text import Read, reader
from workbench.runtime.postgres_trial import refusal
from workbench.values import Wire
from workbench.verdict import ResultRows

_TYPES = b"""
SELECT t.oid, t.typname, e.typname FROM pg_type t
LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
"""


class Results:
    """Reads results; remembers the types of one database (a schema may bring its own)."""

    def __init__(self) -> None:
        self._types: dict[int, tuple[str, Read]] = {}

    def read(self, connection: psycopg.Connection[Any], result: pq.abc.PGresult) -> ResultRows:
        """The rows, or the statement's error: SQLSTATE and first line."""
        if failed(connection, result):
            message = result.get_error_message().splitlines()[0].removeprefix("ERROR:").strip()
            return ResultRows((), (), f"{_sqlstate(result)} {message}")
        columns = tuple((result.fname(index) or b"").decode() for index in range(result.nfields))
        types = [self._type(connection, result.ftype(index)) for index in range(result.nfields)]
        rows = tuple(
            tuple(_value(result.get_value(row, index), read) for index, (_, read) in enumerate(types))
            for row in range(result.ntuples)
        )
        return ResultRows(columns, rows, types=tuple(name for name, _ in types))

    def _type(self, connection: psycopg.Connection[Any], oid: int) -> tuple[str, Read]:
        if oid not in self._types:
            found = connection.execute(_TYPES)
            self._types = {number: (name, reader(name, element)) for number, name, element in found}
        return self._types[oid]


def failed(connection: psycopg.Connection[Any], result: pq.abc.PGresult) -> bool:
    """Whether the statement failed; OperationalError where the server went away instead."""
    if result.status != pq.ExecStatus.FATAL_ERROR:
        return False
    if connection.pgconn.status != pq.ConnStatus.OK:
        raise psycopg.OperationalError(result.get_error_message())
    return True


def demand(connection: psycopg.Connection[Any], result: pq.abc.PGresult) -> None:
    """Passes where the statement succeeded; rows that break a constraint are ``Refused``."""
    if failed(connection, result):
        raise refusal(_sqlstate(result), result.get_error_message())


def _value(data: bytes | None, read: Read) -> Wire:
    return None if data is None else read(data.decode())


def _sqlstate(result: pq.abc.PGresult) -> str:
    return (result.error_field(pq.DiagnosticField.SQLSTATE) or b"").decode()
