"""One scratch server and one real Better Auth for all tests of this room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench as wb
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.sign_in import SignInWorker
from workbench.session.opening import server as shared_server
from workbench.session.workbench import Workbench

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def bookshop() -> Iterator[Workbench]:
    with wb.open(ROOT / "sample_projects" / "bookshop") as shop:
        yield shop


@pytest.fixture(scope="session")
def server() -> PostgresServer:
    return shared_server()


@pytest.fixture(scope="session")
def better_auth() -> Iterator[SignInWorker]:
    with SignInWorker() as worker:
        yield worker
