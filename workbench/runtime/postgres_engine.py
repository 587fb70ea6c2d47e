"""The ladder's PostgreSQL: a schema inside one open transaction, and trials that leave no trace in it.

A scratch borrows an empty database, creates its tables in a transaction that is never committed, and gives the
database back by rolling back. Each trial runs between savepoints. That costs no disk and no ``CREATE DATABASE``.

Parameters reach PostgreSQL as the two clients would send them:

* ``format`` (Django): literals written into the text by psycopg's client-side binding, Django's default; a Python
  value brings its own type (``'…'::timestamptz``, ``'…'::jsonb``), a string is an unknown literal.
* ``dollar`` (node-postgres) and ``qmark``: text parameters without a type, inferred by PostgreSQL from their place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from workbench.catalog.table import Catalog, Dialect
from workbench.equivalence.engine import Statement
from workbench.runtime.ddl import statements
from workbench.runtime.driver import pq, psycopg
from workbench.runtime.effect import Effect
from workbench.runtime.placeholders import qmark_to_dollar
from workbench.runtime.postgres import Database, PostgresServer, apply
from workbench.runtime.postgres_effects import effect
from workbench.runtime.postgres_parameters import bound, texts
from workbench.runtime.postgres_results import Results, demand
from workbench.runtime.postgres_text import to_text
from workbench.runtime.postgres_trial import insertion
from workbench.verdict import ResultRows, TableRows

STATEMENT_TIMEOUT = 5000  # milliseconds; a fuse: queries on a few rows take under one
_RENEW_AFTER = 500  # fillings of one table: rolled-back rows stay in its file and slow every scan until it is made anew


@dataclass
class _Lease:
    """An empty database and the connection that holds its open transaction."""

    database: Database
    connection: psycopg.Connection[Any]


class PostgresEngine:
    """Makes scratch databases on one server."""

    dialect: Dialect = "postgres"

    def __init__(self, server: PostgresServer, statement_timeout: int = STATEMENT_TIMEOUT) -> None:
        """``statement_timeout`` in milliseconds."""
        self.server, self.statement_timeout = server, statement_timeout
        self._free: list[_Lease] = []

    def create(self, ddl: Sequence[str] | Catalog) -> PostgresScratch:
        """A scratch with these tables; WorkbenchError for a statement that PostgreSQL refuses."""
        return PostgresScratch(self, statements(ddl), None)

    def on(self, database: Database) -> PostgresScratch:
        """A scratch on a database that already holds its tables (Django made them): trials see its rows too."""
        return PostgresScratch(self, (), database)

    def close(self) -> None:
        """Closes the connections of scratches already closed. The server stays."""
        while self._free:
            self._free.pop().connection.close()

    def borrow(self, database: Database | None) -> _Lease:
        """A connection to that database, or to an empty one of the pool."""
        while self._free and database is None:
            lease = self._free.pop()
            if lease.database.alive and not lease.connection.closed:
                return lease
        target = database or self.server.create_database()
        connection = target.connect()
        connection.execute(f"SET statement_timeout = {int(self.statement_timeout)}".encode())
        return _Lease(target, connection)

    def give_back(self, lease: _Lease, shared: bool) -> None:
        """Rolls the scratch's transaction back; an empty database is kept for the next scratch."""
        if lease.connection.closed:
            return
        if shared or not lease.database.alive:
            lease.connection.close()
            return
        lease.connection.pgconn.exec_(b"ROLLBACK")
        self._free.append(lease)


class PostgresScratch:
    """A schema without rows. After its server was killed the next trial rebuilds it on a fresh one."""

    def __init__(self, engine: PostgresEngine, ddl: tuple[str, ...], database: Database | None) -> None:
        self._engine, self._ddl, self._database = engine, ddl, database
        self._lease: _Lease | None = None
        self._filled: Counter[str] = Counter()  # how often, by table
        self._generated: dict[str, frozenset[str]] = {}
        self._filled_with: Sequence[TableRows] | None = None  # the rows that stand in the tables now
        self._results = Results()
        self._connection()

    def trial(self, database: Sequence[TableRows], statements: Sequence[Statement]) -> tuple[ResultRows, ...]:
        """See ``equivalence.engine.Scratch``. WorkbenchError where the server was killed meanwhile."""
        with self._engine.server.guarded("a trial on a scratch database"):
            connection = self._connection()
            try:
                kept = self._stand_on(connection, database)
                return tuple(
                    self._run(connection, statement, again=kept or number > 0)
                    for number, statement in enumerate(statements)
                )
            finally:
                if self._database is not None or not isinstance(database, tuple):
                    self._clear(connection)  # others use this database, or may change these rows

    def effects(self, writes: Sequence[Statement], table: str) -> tuple[Effect, ...]:
        """What each write leaves in ``table``, run on the scratch's own rows; nothing of it stays."""
        with self._engine.server.guarded("a write on a scratch database"):
            connection = self._connection()
            self._clear(connection)
            try:
                connection.pgconn.exec_(b"SAVEPOINT own")
                return tuple(
                    effect(connection, "own", table, partial(self._answer, connection, write)) for write in writes
                )
            finally:
                if connection.pgconn.status == pq.ConnStatus.OK:
                    connection.pgconn.exec_(b"ROLLBACK TO SAVEPOINT base")

    def _stand_on(self, connection: psycopg.Connection[Any], database: Sequence[TableRows]) -> bool:
        """The tables hold these rows. True where the trial before left them: it was handed the very same ones."""
        if self._filled_with is database and connection.pgconn.status == pq.ConnStatus.OK:
            return True
        self._clear(connection)
        self._filled_with = database
        try:
            self._fill(connection, database)
        except BaseException:
            self._clear(connection)
            raise
        return False

    def _clear(self, connection: psycopg.Connection[Any]) -> None:
        """The tables are empty again."""
        if self._filled_with is not None and connection.pgconn.status == pq.ConnStatus.OK:
            connection.pgconn.exec_(b"ROLLBACK TO SAVEPOINT base")
        self._filled_with = None

    def close(self) -> None:
        """Gives the database back. A later trial would borrow another."""
        self._filled_with = None
        if self._lease is not None:
            self._engine.give_back(self._lease, shared=self._database is not None)
            self._lease = None

    @property
    def _worn(self) -> bool:
        """Whether a table is to be made anew; they all are then."""
        return any(times >= _RENEW_AFTER for times in self._filled.values())

    def _connection(self) -> psycopg.Connection[Any]:
        """The connection inside its transaction, after the savepoint ``base``."""
        if self._lease is not None and (self._lease.connection.closed or self._worn):
            self.close()
        if self._lease is None:
            self._filled.clear()
            lease = self._engine.borrow(self._database)
            try:
                lease.connection.execute(b"BEGIN")
                apply(lease.connection, self._ddl)
                lease.connection.execute(b"SAVEPOINT base")
            except BaseException:
                self._engine.give_back(lease, shared=self._database is not None)
                raise
            self._lease = lease
        return self._lease.connection

    def _fill(self, connection: psycopg.Connection[Any], database: Sequence[TableRows]) -> None:
        filled = [table for table in database if table.rows]
        for table in filled:
            if table.table not in self._generated:
                self._generated[table.table] = self._generated_columns(connection, table.table)
        self._filled.update(table.table for table in filled)
        if filled:
            text, values = insertion(filled, self._generated)
            demand(connection, connection.pgconn.exec_params(text, values))
        demand(connection, connection.pgconn.exec_(b"SET CONSTRAINTS ALL IMMEDIATE; SAVEPOINT filled"))

    def _generated_columns(self, connection: psycopg.Connection[Any], table: str) -> frozenset[str]:
        query = b"SELECT attname FROM pg_attribute WHERE attrelid = to_regclass($1) AND attgenerated <> ''"
        result = connection.pgconn.exec_params(query, [psycopg.sql.Identifier(table).as_bytes(None)])
        return frozenset((result.get_value(row, 0) or b"").decode() for row in range(result.ntuples))

    def _run(self, connection: psycopg.Connection[Any], statement: Statement, *, again: bool) -> ResultRows:
        """One statement on the filled tables; ``again``: another one ran before it."""
        before = [b"ROLLBACK TO SAVEPOINT filled"] if again else []
        if statement.seconds is not None and statement.seconds * 1000 < self._engine.statement_timeout:
            before.append(f"SET LOCAL statement_timeout = {max(1, int(statement.seconds * 1000))}".encode())
        if before:
            connection.pgconn.exec_(b"; ".join(before))
        return self._answer(connection, statement)

    def _answer(self, connection: psycopg.Connection[Any], statement: Statement) -> ResultRows:
        try:
            result = _execute(connection, statement)
        except (psycopg.DataError, psycopg.ProgrammingError, UnicodeError) as error:
            return ResultRows((), (), f"{type(error).__name__} {error}")  # the client refuses the parameters
        return self._results.read(connection, result)


def _execute(connection: psycopg.Connection[Any], statement: Statement) -> pq.abc.PGresult:
    if statement.style == "format":
        return connection.pgconn.exec_(bound(connection, statement))
    sql = qmark_to_dollar(statement.sql) if statement.style == "qmark" else statement.sql
    return connection.pgconn.exec_params(sql.encode(), texts(map(to_text, statement.parameters)))
