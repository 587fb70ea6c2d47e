"""What a session starts beside its own work: once, for all threads, and without hiding a failure."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import pytest

import workbench as wb
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.inspection.client import Agent
from workbench.project import find_project
from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.typescript import TypeChecker
from workbench.session.workbench import Workbench

PROCESSN = Path(__file__).parents[2] / "sample_projects" / "processn"
BROKEN = WorkbenchError(Diagnostic("postgres-broken", Origin("test"), "server", "does not start", "", Fidelity.ERROR))


@pytest.fixture
def worker() -> Iterator[NodeWorker]:
    with NodeWorker() as worker:
        yield worker


def test_threads_share_one_process(worker: NodeWorker) -> None:
    def started(_: int) -> int | None:
        worker.prepare("sqlite")
        return worker.pid

    with ThreadPoolExecutor(4) as threads:
        pids = set(threads.map(started, range(4)))
    assert len(pids) == 1 and None not in pids


def test_a_server_that_does_not_start_says_so_where_it_is_used(worker: NodeWorker) -> None:
    def broken() -> PostgresServer:
        return PostgresServer(start=_raise)

    project = find_project(PROCESSN)
    with Workbench(project, Agent(project), broken, lambda: worker, TypeChecker) as opened:
        opened.prepare()  # returns, whatever happens in its threads
        with pytest.raises(WorkbenchError, match="does not start"):
            _ = opened.models


def test_preparing_changes_no_answer() -> None:
    with wb.open(PROCESSN, dialect="sqlite") as one, wb.open(PROCESSN, dialect="sqlite") as two:
        one.prepare()
        assert str(one.models) == str(two.models)


def _raise() -> NoReturn:
    raise BROKEN
