"""A recording's statements judged by worker processes, in pieces; a piece that kills its worker is taken apart.

The work goes to a ``concurrent.futures.Executor``: our own processes, or those of a Dask cluster. A statement that
crashes its process, or runs for ever, is one undecided verdict; the others are judged by a fresh process.
"""

from __future__ import annotations

import faulthandler
import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workbench.diagnostic import WorkbenchError
from workbench.queries.recording import RecordedStatement
from workbench.session.opening import server, worker
from workbench.session.recorded.judging import Judging
from workbench.session.recorded.observing import Judged
from workbench.session.recorded.schema import RecordedSchema
from workbench.verdict import Undecided

PIECE = 8  # statements handed over at once: few enough to lose little, enough to keep a worker busy
LONGEST = 60.0  # seconds for one statement, a fuse: 10 are the ladder's, 10 the databases'
ENDED = "the process that judged it ended: a crash, more memory than there is, or a loop in foreign code"


_one_at_a_time = threading.Lock()  # a Dask worker may have several threads; databases and Node are one each


@dataclass(frozen=True)
class Piece:
    """Statements of one schema; ``schema`` travels without its statements."""

    schema: RecordedSchema
    statements: tuple[RecordedStatement, ...]


@dataclass(frozen=True)
class Answer:
    """What came of one statement, the time it took, and where the time went (milliseconds)."""

    id: str
    judged: Judged
    ms: float
    stages: dict[str, float]


class TookTooLong(BaseException):
    """Raised by the clock; no ``except Exception`` on the way keeps it."""


def judge_piece(piece: Piece) -> list[Answer]:
    """In a worker: the answers of a piece's statements."""
    with _one_at_a_time:
        try:
            judging = _judging(_Held(piece.schema))
        except WorkbenchError as error:  # the tables cannot be had: said at every statement that needs them
            verdict = Undecided("none", tuple(note.fact for note in error.diagnostics))
            return [Answer(s.id, Judged(verdict, error.diagnostics), 0.0, {}) for s in piece.statements]
        return [_answer(judging, statement) for statement in piece.statements]


def _answer(judging: Judging, statement: RecordedStatement) -> Answer:
    judging.spent.clear()
    started = time.perf_counter()
    judged = _within(LONGEST, lambda: judging.judge(statement))
    return Answer(statement.id, judged, (time.perf_counter() - started) * 1000, dict(judging.spent))


def _within(seconds: float, judge: Callable[[], Judged]) -> Judged:
    """An alarm ends loops of Python's; one in foreign code, which hears no alarm, ends with its process."""
    if threading.current_thread() is not threading.main_thread():  # a Dask worker's thread: its cluster has limits
        return judge()
    previous = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(2 * seconds, exit=True, file=nowhere)
        try:
            return judge()
        except TookTooLong:
            return Judged(Undecided("fault", (f"judging it took longer than {seconds:g} s and was given up",)))
        finally:
            faulthandler.cancel_dump_traceback_later()
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, previous)


def _ring(number: int, frame: object) -> None:
    raise TookTooLong


@dataclass(frozen=True)
class _Held:
    """A schema by its content: the key under which a worker keeps its databases."""

    schema: RecordedSchema

    def __hash__(self) -> int:
        return hash(self.schema.identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.schema.identity == other.schema.identity


@cache
def _judging(held: _Held) -> Judging:
    return Judging(held.schema, server(), worker())


def processes(jobs: int) -> ProcessPoolExecutor:
    """Worker processes of this machine. They leave Ctrl-C to us."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(os.getpid(),))


def _begin(parent: int) -> None:
    """In a worker process: a parent that was killed is not waited for."""
    gc.freeze()  # what is imported stays: looking through it for garbage took a twelfth of the time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def judge_all(pieces: Sequence[Piece], start: Callable[[], Executor], most: int) -> Iterator[Answer]:
    """Answers as they come, from at most ``most`` pieces at a time. ``start`` makes an executor, anew after a crash."""
    waiting = list(reversed(pieces))
    while waiting:
        running = _Running(start(), most)
        try:
            yield from running.work(waiting)
        finally:
            running.end()
        for piece in running.suspects:
            yield from _alone(piece, start)


def _alone(piece: Piece, start: Callable[[], Executor]) -> Iterator[Answer]:
    """The statements of a piece whose worker ended, each in a piece of its own: the one at fault is found."""
    waiting = [Piece(piece.schema, (statement,)) for statement in reversed(piece.statements)]
    while waiting:
        running = _Running(start(), 1)
        try:
            yield from running.work(waiting)
        finally:
            running.end()
        for single in running.suspects:
            yield Answer(single.statements[0].id, Judged(Undecided("fault", (ENDED,))), 0.0, {})


class _Running:
    """One executor at work until all is done or it breaks."""

    def __init__(self, executor: Executor, most: int) -> None:
        self.executor, self.most = executor, most
        self.futures: dict[Future[list[Answer]], Piece] = {}
        self.suspects: list[Piece] = []  # were with a worker when the executor broke

    def work(self, waiting: list[Piece]) -> Iterator[Answer]:
        """Takes pieces off the end of ``waiting``; leaves the rest there where a worker ended."""
        while (waiting or self.futures) and not self.suspects:
            while waiting and len(self.futures) < self.most and not self.suspects:
                self._submit(waiting.pop())
            done, _ = wait(self.futures, return_when=FIRST_COMPLETED)
            for future in done:
                yield from self._answers(future, self.futures.pop(future))
        self.suspects += self.futures.values()

    def _submit(self, piece: Piece) -> None:
        try:
            self.futures[self.executor.submit(judge_piece, piece)] = piece
        except BrokenExecutor:
            self.suspects.append(piece)

    def _answers(self, future: Future[list[Answer]], piece: Piece) -> Sequence[Answer]:
        try:
            return future.result()
        except Exception:  # BrokenExecutor, or a cluster's word for a worker that is gone
            self.suspects.append(piece)
            return ()

    def end(self) -> None:
        """Our own processes that still work are ended at once, whatever they are doing; a cluster's go on."""
        for future in self.futures:
            future.cancel()
        self.executor.shutdown(wait=not self.futures)
        if self.futures and isinstance(self.executor, ProcessPoolExecutor):
            for process in multiprocessing.active_children():
                process.terminate()
