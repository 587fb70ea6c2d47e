"""How fast pairs are decided through ``workbench equiv``, with the check by execution on, and what memory they take.

    python -m tests.benchmarks.deciding [PAIRS.jsonl …] [--same-form]       median, 95th percentile, pairs/s, by rung
    python -m tests.benchmarks.deciding [PAIRS.jsonl …] --repeat 10000      resident memory every 1,000 pairs

Without a file: the suite of ORM-shaped pairs. ``project_pairs`` writes a file of the querysets of the sample projects.
``--same-form`` keeps the pairs that end at their normal forms, and measures those alone.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from workbench.equivalence.batch import decide_pairs
from workbench.equivalence.engine import Engine
from workbench.equivalence.summary import Summary
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine

SUITE = Path(__file__).parents[1] / "equivalence"
EVERY = 1000


def suite() -> list[str]:
    schema = (SUITE / "orm_schema.sql").read_text()
    pairs = (json.loads(line) for line in (SUITE / "orm_pairs.jsonl").read_text().splitlines())
    return [json.dumps({**pair, "dialect": "postgres", "schema": schema}) for pair in pairs]


def distinct(lines: list[str], count: int) -> Iterator[str]:
    """So many pairs, no two alike: a comment tells the rounds apart, so that no cache by text helps."""
    for number, line in enumerate(itertools.islice(itertools.cycle(lines), count)):
        pair = json.loads(line)
        mark = f" /* {number} */"
        yield json.dumps({**pair, "left": pair["left"] + mark, "right": pair["right"] + mark})


def decided(lines: list[str], engine: Engine, budget: float) -> tuple[list[dict[str, Any]], float]:
    """Answers, and the seconds from the first line read to the last answer."""
    started = time.perf_counter()
    answers = list(decide_pairs(lines, lambda _: engine, budget))
    return answers, time.perf_counter() - started


def speed(lines: list[str], engine: Engine, budget: float, same_form: bool) -> None:
    warm, _ = decided(lines, engine, budget) if same_form else ([], 0)
    kept = [line for line, a in zip(lines, warm, strict=True) if a["method"] == "normal form"] if same_form else lines
    before = processor_seconds()
    answers, seconds = decided(kept, engine, budget)
    ours, servers = (after - start for after, start in zip(processor_seconds(), before, strict=True))
    summary = Summary()
    for answer in answers:
        summary.add(answer)
    print(*summary.lines(), sep="\n")
    print(f"{len(kept) / seconds:.0f} pairs/s by the clock")
    print(
        f"{len(kept) / (ours + servers):.0f} pairs/s of one core's time ({ours:.2f} s here, {servers:.2f} s the server)"
    )


def processor_seconds() -> tuple[float, float]:
    """Used so far by this process, and by the database server: what a busy machine does not change."""
    below = psutil.Process().children(recursive=True)
    return time.process_time(), sum(sum(child.cpu_times()[:2]) for child in below)


def memory(lines: list[str], engine: Engine, budget: float, count: int) -> None:
    held = psutil.Process(os.getpid())
    summary = Summary()
    for number, answer in enumerate(decide_pairs(distinct(lines, count), lambda _: engine, budget), 1):
        summary.add(answer)
        if number % EVERY == 0 or number == 1:
            print(f"{number:6} pairs {held.memory_info().rss / 2**20:8.0f} MiB", flush=True)
    print(*summary.lines(), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", nargs="*", type=Path)
    parser.add_argument("--budget", type=float, default=10.0)
    parser.add_argument("--same-form", action="store_true")
    parser.add_argument("--repeat", type=int)
    given = parser.parse_args()
    lines = [line for file in given.pairs for line in file.read_text().split("\n") if line] or suite()
    with PostgresServer() as server:
        engine = PostgresEngine(server)
        if given.repeat:
            memory(lines, engine, given.budget, given.repeat)
        else:
            speed(lines, engine, given.budget, given.same_form)


if __name__ == "__main__":
    main()
