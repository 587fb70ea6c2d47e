"""kill -9 of each process of a session in mid-work: one clear message or none, and the session goes on."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pytest

import workbench as wb
from workbench.session.opening import checker, server, worker
from workbench.session.querysets.query import QueryView
from workbench.session.workbench import Workbench

BOOKSHOP = Path(__file__).parents[2] / "sample_projects" / "bookshop"
TEXT = "Book.objects.filter(price__gt=10)"
AFTER_FIRST = 4  # querysets on their way while the process is killed


def agent_process(shop: Workbench) -> int:
    shop.agent.request("urls")
    assert shop.agent._channel is not None and shop.agent._channel.pid is not None
    return shop.agent._channel.pid


def worker_process(shop: Workbench) -> int:
    pid = worker().pid
    assert pid is not None
    return pid


def checker_process(shop: Workbench) -> int:
    pid = checker().pid
    assert pid is not None
    return pid


def database_process(shop: Workbench) -> int:
    return server().cluster.process.pid


PROCESSES: dict[str, Callable[[Workbench], int]] = {
    "agent": agent_process,
    "worker": worker_process,
    "checker": checker_process,
    "database": database_process,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample under a path that shells and careless code cut at its blanks."""
    target = tmp_path_factory.mktemp("a path with blanks") / "my 'book' shop"
    shutil.copytree(BOOKSHOP, target)
    return target


@pytest.fixture(scope="module")
def shop(folder: Path) -> Iterator[Workbench]:
    with wb.open(folder, python=sys.executable) as opened:
        yield opened
    for shared in (worker, checker, server):
        shared().close()


def outcome(shop: Workbench) -> QueryView | wb.WorkbenchError:
    """What one queryset came to: nothing else may be raised."""
    try:
        return shop.query(TEXT)
    except wb.WorkbenchError as error:
        return error


def is_clear(found: QueryView | wb.WorkbenchError) -> bool:
    """A verdict, or one message of one diagnostic that says what ended; never a wrong word."""
    if isinstance(found, wb.WorkbenchError):
        return len(found.diagnostics) == 1 and "Traceback" not in str(found)
    return found.verdict is None or found.verdict.word != "different"


def is_well(shop: Workbench) -> bool:
    view = shop.query(TEXT)
    return view.verdict is not None and view.verdict.word == "equivalent" and bool(view.types)


@pytest.mark.parametrize("name", PROCESSES)
def test_killed_between_two_querysets(shop: Workbench, name: str) -> None:
    assert is_well(shop)
    os.kill(PROCESSES[name](shop), signal.SIGKILL)
    found = outcome(shop)
    assert is_clear(found), str(found)
    assert is_well(shop)


@pytest.mark.parametrize("name", PROCESSES)
def test_killed_in_mid_work(shop: Workbench, name: str) -> None:
    assert is_well(shop)
    started: SimpleQueue[int] = SimpleQueue()

    def work() -> list[QueryView | wb.WorkbenchError]:
        found = [outcome(shop)]
        started.put(1)
        return [*found, *(outcome(shop) for _ in range(AFTER_FIRST))]

    process = PROCESSES[name](shop)
    with ThreadPoolExecutor(1) as beside:
        working = beside.submit(work)
        started.get()
        os.kill(process, signal.SIGKILL)
        found = working.result()
    assert [str(one) for one in found if not is_clear(one)] == []
    assert is_well(shop)


def test_everything_killed_at_once(shop: Workbench) -> None:
    assert is_well(shop)
    for process in [find(shop) for find in PROCESSES.values()]:
        os.kill(process, signal.SIGKILL)
    while isinstance(found := outcome(shop), wb.WorkbenchError):
        assert is_clear(found), str(found)
    assert is_well(shop)
    assert shop.models["catalog.Book"].verdict is not None


def test_two_sessions_on_one_project_at_once(shop: Workbench, folder: Path) -> None:
    with wb.open(folder, python=sys.executable) as other, ThreadPoolExecutor(2) as both:
        answers = list(both.map(is_well, (shop, other)))
    assert answers == [True, True]
