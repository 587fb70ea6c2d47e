"""From recorded statement to verdict, everything warm, where the normal form decides: statements a second, by stage.

    python -m tests.benchmarks.recorded RECORDING.jsonl [--most 300] [--every 5] [--profile FILE]

Every n-th statement is judged twice: once to warm up and to see which end at their normal form, then these again.
Both the clock and processor time are told, that of the database and of Node included: a busy machine changes mostly
the first. Nothing is kept of a verdict: all of the way is gone again.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import pstats
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from workbench.queries.recording import Kind, RecordedStatement, read_recording
from workbench.runtime.node import NodeWorker
from workbench.runtime.postgres import PostgresServer
from workbench.session.recorded.judging import Judging
from workbench.session.recorded.schema import schemas_of

Stages = Counter[str]


class Timed(Judging):
    """Stages by processor time of ours, too."""

    own: Stages

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        before = time.process_time()
        with super().stage(name):
            yield
        self.own[name] += time.process_time() - before  # type: ignore[assignment]


def main(file: Path, most: int, every: int, profile: Path | None) -> None:
    recording = read_recording(file)
    schema = max(schemas_of(recording), key=lambda schema: len(schema.statements))
    asked = [statement for statement in schema.statements if statement.kind is Kind.SELECT][::every][:most]
    with PostgresServer() as server, NodeWorker() as worker:
        judging = Timed(schema, server, worker)
        judging.own = Counter()
        kept = [statement for statement in asked if judging.judge(statement).verdict.method == "normal form"]
        gc.collect()
        gc.freeze()  # as the worker processes of `check --recorded` do
        measure(judging, kept)
        if profile is not None:
            _profiled(Judging(schema, server, worker), kept, profile)


def measure(judging: Timed, kept: list[RecordedStatement]) -> None:
    """Prints what judging them costs."""
    judging.own.clear()
    judging.spent.clear()
    before, started = processor_seconds(), time.perf_counter()
    for statement in kept:
        judging.judge(statement)
    clock = time.perf_counter() - started
    used = processor_seconds()
    used.subtract(before)
    count = len(kept)
    print(f"{count} SELECTs that end at their normal form")
    print(f"{count / clock:6.1f} a second by the clock")
    by_process = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in used.most_common())
    print(f"{count / used.total():6.1f} a second of one core's time ({by_process})")
    print(f"{'ms a statement':24} {'here':>8} {'clock':>8}")
    for name, spent in judging.spent.items():
        print(f"{name:24} {_here(judging, name, count)} {spent / count:8.2f}")


def _here(judging: Timed, stage: str, count: int) -> str:
    """Processor time of this process; rungs of a stage have none of their own."""
    return f"{judging.own[stage] * 1000 / count:8.2f}" if stage in judging.own else " " * 8


def processor_seconds() -> Counter[str]:
    """Used so far: by this process, by the database server and by the Node worker."""
    used = Counter({"here": time.process_time()})
    for child in psutil.Process().children(recursive=True):
        used["PostgreSQL" if child.name() == "postgres" else "Node"] += sum(child.cpu_times()[:2])  # type: ignore[assignment]
    return used  # type: ignore[return-value]


def _profiled(judging: Judging, kept: list[RecordedStatement], target: Path) -> None:
    for statement in kept[:50]:
        judging.judge(statement)
    with cProfile.Profile() as profile:
        for statement in kept:
            judging.judge(statement)
    pstats.Stats(profile).dump_stats(target)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path)
    parser.add_argument("--most", type=int, default=300)
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--profile", type=Path)
    given = parser.parse_args()
    main(given.recording, given.most, given.every, given.profile)
