from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Catalog
from workbench.equivalence.engine import Engine, Scratch
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine
from workbench.runtime.sqlite import SqliteEngine

SCHEMA = Path(__file__).with_name("orm_schema.sql")


@pytest.fixture(scope="session")
def postgres(server: PostgresServer) -> Engine:
    return PostgresEngine(server)


@pytest.fixture(scope="session")
def sqlite() -> Engine:
    return SqliteEngine()


@pytest.fixture(scope="session")
def bookshop() -> Catalog:
    """The schema that the suites of this room share."""
    return read_ddl(SCHEMA.read_text(), "postgres")


@pytest.fixture(scope="session")
def scratch(postgres: Engine, bookshop: Catalog) -> Iterator[Scratch]:
    scratch = postgres.create(bookshop)
    yield scratch
    scratch.close()
