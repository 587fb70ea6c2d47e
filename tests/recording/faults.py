"""Worker processes in which some statements are the end of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor

from workbench.queries.recording import RecordedStatement
from workbench.session.recorded import batch as recorded_batch
from workbench.session.recorded.judging import Judging
from workbench.session.recorded.observing import Judged

CRASHES, LOOPS = "COUNT(*)", "MAX("


def executor() -> ProcessPoolExecutor:
    """One process, with the faults."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_install)


def _install() -> None:
    judge = Judging.judge
    recorded_batch.LONGEST = 3.0

    def faulty(self: Judging, statement: RecordedStatement) -> Judged:
        if CRASHES in statement.sql:
            os.kill(os.getpid(), signal.SIGKILL)
        while LOOPS in statement.sql:
            time.sleep(0.01)
        return judge(self, statement)

    Judging.judge = faulty  # type: ignore[method-assign]


def slow() -> ProcessPoolExecutor:
    """One process that takes its time."""
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_slow_down)


def _slow_down() -> None:
    judge = Judging.judge

    def slowly(self: Judging, statement: RecordedStatement) -> Judged:
        time.sleep(0.2)
        return judge(self, statement)

    Judging.judge = slowly  # type: ignore[method-assign]
