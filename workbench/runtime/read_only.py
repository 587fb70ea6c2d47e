"""The user's own database (``--database-url``): read, and never changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.runtime.driver import psycopg
from workbench.runtime.session_settings import SESSION

READ_ONLY_TIMEOUT = 5000  # milliseconds a statement may run on a user's own database


class ReadOnlyDatabase:
    """A database of the user's, given by URL: every statement in a read-only transaction that is rolled back."""

    def __init__(self, url: str, *, time_zone: str = "UTC", timeout: int = READ_ONLY_TIMEOUT) -> None:
        """``timeout`` in milliseconds, for each statement."""
        self._url = url
        limit = str(timeout)
        self._settings = {**SESSION, "timezone": time_zone, "statement_timeout": limit, "lock_timeout": limit}

    @contextmanager
    def connect(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection inside a read-only transaction; rolled back at the end, whatever happened."""
        try:
            connection = psycopg.connect(self._url)
        except psycopg.Error as error:
            raise _unreachable(str(error)) from None
        try:
            connection.read_only = True
            for name, value in self._settings.items():  # in the transaction: poolers refuse start-up options
                connection.execute("SELECT set_config(%s, %s, true)", [name, value])
            yield connection
        finally:
            connection.close()  # the server rolls back

    def rows(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows of one statement (``%s`` placeholders)."""
        with self.connect() as connection:
            return connection.execute(statement.encode(), parameters or None).fetchall()


def _unreachable(fact: str) -> WorkbenchError:
    place = Origin("--database-url")
    advice = "Check host, user and password; the workbench only reads, in a transaction that it rolls back."
    return WorkbenchError(Diagnostic("database-url", place, "database", fact.strip(), advice, Fidelity.ERROR))
