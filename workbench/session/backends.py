"""The two databases a project can be read for: everything of a session that differs between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from workbench.catalog.pg_catalog import read_database
from workbench.catalog.sqlite_catalog import read_sqlite
from workbench.catalog.table import Catalog, Dialect
from workbench.equivalence.engine import Scratch, Statement
from workbench.equivalence.placeholders import Style
from workbench.inspection.records import Inspection
from workbench.queries.sqlite_binding import aligned
from workbench.runtime import filling
from workbench.runtime.ddl import quoted
from workbench.runtime.effect import Effect
from workbench.runtime.parameters import Parameters
from workbench.runtime.postgres import Database, PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine
from workbench.runtime.sqlite import SqliteEngine
from workbench.runtime.sqlite_file import SqliteFile
from workbench.session.tables.django_tables import DjangoTables, django_tables
from workbench.session.tables.sqlite_tables import sqlite_tables
from workbench.values import Wire, to_wire
from workbench.verdict import TableRows


class ScratchDatabase(Protocol):
    """A scratch database that Django and Node can be pointed at."""

    @property
    def alive(self) -> bool:
        """Whether it still is there: its server may have been killed."""
        ...

    def django_settings(self) -> dict[str, Any]:
        """The ``DATABASES`` entry that makes Django use it."""
        ...

    def node_settings(self) -> dict[str, str]:
        """What the Node worker opens."""
        ...

    def drop(self) -> None: ...


D = TypeVar("D", bound=ScratchDatabase)


class WritableScratch(Scratch, Protocol):
    """A scratch on which writes are tried, too."""

    def effects(self, writes: Sequence[Statement], table: str) -> tuple[Effect, ...]: ...


class ScratchEngine(Protocol):
    """Makes scratches: of statements, or on a database that is there."""

    def create(self, ddl: Sequence[str] | Catalog) -> WritableScratch: ...

    def on(self, database: Any) -> WritableScratch: ...

    def close(self) -> None: ...


class Typing(Protocol):
    """What type a database gives each parameter of a statement."""

    @property
    def database(self) -> object:
        """The database that was asked."""
        ...

    def typed(self, sql: str, values: Sequence[Wire], django: Sequence[Wire] = ()) -> tuple[Wire, ...]:
        """Drizzle's parameters as the database reads them; ``django`` are Django's."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class AsBound:
    """SQLite reads a parameter as the driver bound it."""

    database: object

    def typed(self, sql: str, values: Sequence[Wire], django: Sequence[Wire] = ()) -> tuple[Wire, ...]:
        """The values themselves."""
        return aligned(values, django)

    def close(self) -> None:
        """Nothing is held."""


@dataclass(frozen=True)
class Backend(Generic[D]):
    """One dialect. ``create`` raises WorkbenchError for a statement it refuses, ``fill`` ``Refused`` for rows."""

    dialect: Dialect
    start: Callable[[], object]  # what ``create`` would start first, where that takes time
    fit: Callable[[Mapping[str, Any], Inspection], DjangoTables]  # the agent's ``ddl``, as this database can take it
    create: Callable[[Sequence[str]], D]
    read: Callable[[D], Catalog]  # what the database itself says its tables are
    fill: Callable[[D, Sequence[TableRows]], None]
    rows: Callable[[D, str], TableRows]  # what one table holds
    engine: Callable[[], ScratchEngine]  # runs statements on scratch databases
    style: Style  # of the placeholders that Drizzle prints
    typing: Callable[[D], Typing]  # its driver's parameters as the database reads them


def postgres_backend(server: PostgresServer) -> Backend[Database]:
    """PostgreSQL; the server starts at first use."""
    return Backend(
        dialect="postgres",
        start=lambda: server.cluster,
        fit=lambda ddl, inspection: django_tables(ddl, inspection, server),
        create=lambda ddl: server.create_database(ddl=ddl),
        read=read_postgres,
        fill=filling.fill,
        rows=postgres_rows,
        engine=lambda: PostgresEngine(server),
        style="dollar",
        typing=Parameters,
    )


def sqlite_backend() -> Backend[SqliteFile]:
    """SQLite, a temporary file a database."""
    return Backend(
        dialect="sqlite",
        start=lambda: None,
        fit=sqlite_tables,
        create=SqliteFile.create,
        read=read_sqlite_file,
        fill=SqliteFile.fill,
        rows=sqlite_rows,
        engine=SqliteEngine,
        style="qmark",
        typing=AsBound,
    )


def backend_of(dialect: Dialect, server: Callable[[], PostgresServer]) -> Backend[Any]:
    """The backend of a dialect; SQLite asks for no server."""
    return sqlite_backend() if dialect == "sqlite" else postgres_backend(server())


def read_postgres(database: Database) -> Catalog:
    """PostgreSQL's own catalogs, read."""
    with database.connect() as connection:
        return read_database(lambda sql: connection.execute(sql.encode()).fetchall())


def postgres_rows(database: Database, table: str) -> TableRows:
    """All rows of a table."""
    with database.connect() as connection:
        return _rows(table, connection.execute(f"SELECT * FROM {quoted(table)}".encode()))


def sqlite_rows(database: SqliteFile, table: str) -> TableRows:
    """All rows of a table."""
    with database.connect() as connection:
        return _rows(table, connection.execute(f"SELECT * FROM {quoted(table)}"))


def _rows(table: str, found: Any) -> TableRows:
    columns = tuple(column[0] for column in found.description)
    return TableRows(table, columns, tuple(tuple(map(to_wire, row)) for row in found.fetchall()))


def read_sqlite_file(database: SqliteFile) -> Catalog:
    """SQLite's own statements, read."""
    with database.connect() as connection:
        return read_sqlite(lambda sql: connection.execute(sql).fetchall())
