"""What the ladder needs of a database: run statements on small databases, and leave no trace.

``runtime`` implements these protocols for PostgreSQL and SQLite; ``session`` and ``cli`` hand one over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from workbench.catalog.table import Catalog, Dialect
from workbench.values import Wire
from workbench.verdict import ResultRows, TableRows


@dataclass(frozen=True, slots=True)
class Statement:
    """A query in its own text, with ``%s`` placeholders ("format"), ``$n`` ("dollar") or ``?`` ("qmark").

    ``seconds``: after so long it is given up, where that is sooner than the engine's own time-out. ``dialect``: whose
    text it is, for a scratch of two databases.
    """

    sql: str
    parameters: tuple[Wire, ...] = ()
    style: str = "format"
    seconds: float | None = None
    dialect: Dialect | None = None


class Scratch(Protocol):
    """A scratch database that holds a schema and no rows."""

    def trial(self, database: Sequence[TableRows], statements: Sequence[Statement]) -> tuple[ResultRows, ...]:
        """Insert the rows, run each statement in its own savepoint, roll everything back.

        Handed the very same rows object again, an engine may have kept them in place.
        A row that breaks a constraint (deferred ones too) raises ``Refused``. A statement that fails gives a
        ``ResultRows`` with its error (SQLSTATE and first line), and so does one over the statement time-out.
        """
        ...

    def close(self) -> None: ...


class Engine(Protocol):
    """A database server or library that makes scratch databases."""

    dialect: Dialect

    def create(self, ddl: Sequence[str] | Catalog) -> Scratch:
        """A scratch database with these tables (statements as written, or built from a catalog)."""
        ...


class Refused(Exception):
    """The rows of a trial break a constraint of the schema."""
