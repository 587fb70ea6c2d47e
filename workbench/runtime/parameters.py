"""What type a server gives each parameter of a statement: it reads the text a driver sends as that type."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

from workbench.runtime.driver import psycopg
from workbench.runtime.postgres import Database
from workbench.runtime.postgres_text import reader
from workbench.values import Wire, to_wire

_NAMES = """
select t.oid, t.typname, e.typname from pg_type t
left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
"""


class Parameters:
    """Types parameters on one database; nothing is executed there."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._connection = database.connect()
        self._types = {oid: (name, element) for oid, name, element in self._connection.execute(_NAMES).fetchall()}

    def typed(self, sql: str, values: Sequence[Wire], django: Sequence[Wire] = ()) -> tuple[Wire, ...]:
        """The values as the server will read them: the string "10" for a numeric parameter is the decimal 10.

        As they are where the server refuses the statement: running it will say why.
        """
        if not values:
            return ()
        connection = self._connection.pgconn
        prepared = connection.prepare(b"", sql.encode())  # the unnamed statement: nothing to give back
        if prepared.status != psycopg.pq.ExecStatus.COMMAND_OK:
            return tuple(values)
        described = connection.describe_prepared(b"")
        kinds = [self._types.get(described.param_type(number), ("text", None)) for number in range(described.nparams)]
        return tuple(_read(value, *kind) for value, kind in zip(values, kinds, strict=False))

    def close(self) -> None:
        """Closes the connection."""
        self._connection.close()


def _read(value: Wire, name: str, element: str | None) -> Wire:
    """A text or an integer as a value of the type; what has another form has its type already."""
    if isinstance(value, int) and not isinstance(value, bool) and name in _OF_INTEGER:
        return to_wire(_OF_INTEGER[name](value))
    if not isinstance(value, str):
        return value
    try:
        if name in _OF_TEXT:  # drivers write moments in ISO's form, which PostgreSQL reads but does not print
            return to_wire(_OF_TEXT[name](value))
        return reader(name, element)(value)
    except (ValueError, IndexError):
        return value


_OF_INTEGER: dict[str, Callable[[int], object]] = {"float4": float, "float8": float, "numeric": Decimal}
_OF_TEXT: dict[str, Callable[[str], object]] = {
    "timestamptz": datetime.fromisoformat,
    "timestamp": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
}
