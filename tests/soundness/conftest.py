from __future__ import annotations

import pytest

from workbench.equivalence.engine import Engine
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine
from workbench.runtime.sqlite import SqliteEngine


@pytest.fixture(scope="session")
def postgres(server: PostgresServer) -> Engine:
    return PostgresEngine(server)


@pytest.fixture(scope="session")
def sqlite() -> Engine:
    return SqliteEngine()
