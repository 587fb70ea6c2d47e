"""The two databases a project can be read for: everything of a session that differs between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from workbench.catalog.pg_catalog import read_database
from workbench.catalog.sqlite_catalog import read_sqlite
from workbench.catalog.table import Catalog, Dialect
from workbench.inspection.records import Inspection
from workbench.runtime import filling
from workbench.runtime.postgres import Database, PostgresServer
from workbench.runtime.sqlite_file import SqliteFile
from workbench.session.django_tables import DjangoTables, django_tables
from workbench.session.sqlite_tables import sqlite_tables
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


@dataclass(frozen=True)
class Backend(Generic[D]):
    """One dialect. ``create`` raises WorkbenchError for a statement it refuses, ``fill`` ``Refused`` for rows."""

    dialect: Dialect
    start: Callable[[], object]  # what ``create`` would start first, where that takes time
    fit: Callable[[Mapping[str, Any], Inspection], DjangoTables]  # the agent's ``ddl``, as this database can take it
    create: Callable[[Sequence[str]], D]
    read: Callable[[D], Catalog]  # what the database itself says its tables are
    fill: Callable[[D, Sequence[TableRows]], None]


def postgres_backend(server: PostgresServer) -> Backend[Database]:
    """PostgreSQL; the server starts at first use."""
    return Backend(
        dialect="postgres",
        start=lambda: server.cluster,
        fit=lambda ddl, inspection: django_tables(ddl, inspection, server),
        create=lambda ddl: server.create_database(ddl=ddl),
        read=read_postgres,
        fill=filling.fill,
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
    )


def backend_of(dialect: Dialect, server: Callable[[], PostgresServer]) -> Backend[Any]:
    """The backend of a dialect; SQLite asks for no server."""
    return sqlite_backend() if dialect == "sqlite" else postgres_backend(server())


def read_postgres(database: Database) -> Catalog:
    """PostgreSQL's own catalogs, read."""
    with database.connect() as connection:
        return read_database(lambda sql: connection.execute(sql.encode()).fetchall())


def read_sqlite_file(database: SqliteFile) -> Catalog:
    """SQLite's own statements, read."""
    with database.connect() as connection:
        return read_sqlite(lambda sql: connection.execute(sql).fetchall())
