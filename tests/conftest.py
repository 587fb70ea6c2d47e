"""What the rooms share: one database server, one Node worker and one TypeScript checker a test process.

Rooms that end them, or make roles on them, start their own. With ``-n auto`` whole files are handed to processes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import psutil
import pytest

from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.typescript import TypeChecker

# bytes that a test process and the servers it starts take at their most, with room for a browser beside them
A_PROCESS = 1536 * 1024**2
# files of minutes go first: none of them is left to one process at the end
FIRST = ("tests/writes/", "tests/equivalence/spellings/", "tests/session/", "tests/targets/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """As many processes as there are cores to run on and memory to hold them."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, psutil.virtual_memory().available // A_PROCESS))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order of FIRST, then as collected."""
    items.sort(key=lambda item: next((n for n, room in enumerate(FIRST) if item.nodeid.startswith(room)), len(FIRST)))


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="session")
def worker() -> Iterator[NodeWorker]:
    with NodeWorker() as worker:
        yield worker


@pytest.fixture(scope="session")
def checker() -> Iterator[TypeChecker]:
    with TypeChecker() as checker:
        yield checker
