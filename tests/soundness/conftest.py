from __future__ import annotations

from collections.abc import Iterator

import pytest

from workbench.equivalence.engine import Engine
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine
from workbench.runtime.sqlite import SqliteEngine


@pytest.fixture(scope="session")
def postgres() -> Iterator[Engine]:
    with PostgresServer() as server:
        yield PostgresEngine(server)


@pytest.fixture(scope="session")
def sqlite() -> Engine:
    return SqliteEngine()
