"""The user's own PostgreSQL (``--database-url``): read, and never changed.

Everything runs in one transaction: READ ONLY, of one snapshot, rolled back at the end. The texts of the project and of
Drizzle go through a cursor by the extended protocol, which takes one statement at a time: none of them can end that
transaction and go on outside of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from workbench.catalog.pg_catalog import Fetch
from workbench.catalog.table import Dialect
from workbench.equivalence.engine import Statement
from workbench.runtime.driver import psycopg
from workbench.runtime.own_failures import broken, unreachable
from workbench.runtime.own_functions import OUTSIDE, reaching_outside
from workbench.runtime.own_reading import MOST_ROWS, NO_SELECT, TIMEOUT, NodeReading, is_select, refused
from workbench.runtime.own_url import OwnUrl
from workbench.runtime.postgres_parameters import bound, texts
from workbench.runtime.postgres_results import Results
from workbench.runtime.postgres_text import to_text
from workbench.runtime.session_settings import SESSION
from workbench.verdict import ResultRows

CONNECT_TIMEOUT = 10  # seconds


class ReadOnlyDatabase:
    """A PostgreSQL database of the user's."""

    dialect: Dialect = "postgres"

    def __init__(self, url: OwnUrl, *, timeout: int = TIMEOUT) -> None:
        """``timeout`` in milliseconds, for each statement."""
        self._url, self._results = url, Results()
        self._settings = {**SESSION, "statement_timeout": str(timeout), "lock_timeout": str(timeout)}

    @contextmanager
    def connect(self) -> Iterator[psycopg.Connection[Any]]:
        """A connection inside a read-only transaction; rolled back at the end, whatever happened."""
        connection = self._connected()
        try:
            connection.read_only = True
            connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            pairs = list(self._settings.items())  # in the transaction: poolers refuse start-up options
            calls = ", ".join(["set_config(%s, %s, true)"] * len(pairs))
            connection.execute(f"SELECT {calls}".encode(), [text for pair in pairs for text in pair])
            yield connection
        except psycopg.Error as error:
            raise broken(error, self._url) from None
        finally:
            connection.close()  # the server rolls back

    @contextmanager
    def reading(self) -> Iterator[PostgresReading]:
        """See ``own_reading.OwnDatabase``."""
        with self.connect() as connection:
            yield PostgresReading(connection, self._settings, self._results)

    @contextmanager
    def fetching(self) -> Iterator[Fetch]:
        """See ``own_reading.OwnDatabase``."""
        with self.connect() as connection:
            yield lambda sql: connection.execute(sql.encode()).fetchall()

    def _connected(self) -> psycopg.Connection[Any]:
        try:
            return psycopg.connect(
                self._url.text,
                connect_timeout=CONNECT_TIMEOUT,
                client_encoding="utf8",
                keepalives_idle=10,  # a connection that a network swallows is given up after half a minute, not hours
                keepalives_interval=5,
                keepalives_count=4,
            )
        except psycopg.Error as error:
            raise unreachable(error, self._url) from None


class PostgresReading:
    """The transaction, and cursors in it."""

    def __init__(self, connection: psycopg.Connection[Any], settings: dict[str, str], results: Results) -> None:
        self._connection, self._settings = connection, settings
        self._results, self._numbers = results, count(1)
        (exported,) = connection.execute("SELECT pg_export_snapshot()").fetchall()
        self._snapshot: str = exported[0]

    def answer(self, statement: Statement) -> ResultRows:
        """See ``own_reading.Reading``. A statement that fails leaves the transaction and its snapshot as they were."""
        if not is_select(statement.sql):
            return refused(NO_SELECT)
        if reason := reaching_outside(self._connection, statement.sql):
            return refused(reason)
        try:
            text, values = self._bound(statement)
            self._connection.execute("SAVEPOINT workbench")
            found = self._cut(text, values)
        except (psycopg.DataError, psycopg.ProgrammingError, UnicodeError) as error:
            found = refused(f"{type(error).__name__} {error}")  # the client refuses parameters, or cannot read rows
        if found.error:
            self._connection.execute("ROLLBACK TO SAVEPOINT workbench")
        return found

    again = answer  # Node reads this very snapshot

    def _bound(self, statement: Statement) -> tuple[bytes, list[bytes | None]]:
        """The text and its parameters as the side's own client sends them; ``style`` tells the sides apart."""
        if statement.style == "format":
            return bound(self._connection, statement), []
        return statement.sql.encode(), texts(map(to_text, statement.parameters))

    def _cut(self, text: bytes, values: list[bytes | None]) -> ResultRows:
        """The first rows of the statement, by a cursor."""
        name, ask = f"workbench_{next(self._numbers)}", self._connection.pgconn.exec_params
        declare = f"DECLARE {name} NO SCROLL CURSOR FOR ".encode() + text
        declared = self._results.read(self._connection, ask(declare, values))
        if declared.error:
            return declared
        return self._results.read(self._connection, ask(f"FETCH {MOST_ROWS + 1} FROM {name}".encode(), []))

    def node(self) -> NodeReading:
        """What libpq came to, for node-postgres: its defaults, password file and services are read here only."""
        info = self._connection.info
        settings = {
            "host": info.host,
            "port": info.port,
            "user": info.user,
            "database": info.dbname,
            "password": info.password,
            **({"ssl": _ssl(info.get_parameters())} if self._connection.pgconn.ssl_in_use else {}),
        }
        limits = {"most": MOST_ROWS, "snapshot": self._snapshot, "session": self._settings, "outside": OUTSIDE}
        return NodeReading({name: value for name, value in settings.items() if value}, limits)


_CERTIFICATES = {"ca": "sslrootcert", "cert": "sslcert", "key": "sslkey"}


def _ssl(parameters: dict[str, str]) -> dict[str, object]:
    """node-postgres' ``ssl``: the server's certificate is checked where libpq checked it, and as far as that did."""
    files = {name: Path(parameters[key]) for name, key in _CERTIFICATES.items() if parameters.get(key)}
    texts = {name: path.read_text(encoding="utf-8") for name, path in files.items() if path.is_file()}
    mode = parameters.get("sslmode", "")
    return {"rejectUnauthorized": mode.startswith("verify"), "anyName": mode == "verify-ca", **texts}
