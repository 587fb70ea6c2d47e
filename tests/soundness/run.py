"""The nightly run: ``python -m tests.soundness.run COUNT [SEED] [postgres|sqlite] [--out FILE]``.

Pairs come in blocks of one schema each, block n of the seed ``SEED + n``. With ``--out`` each block is a JSON line of
the file, and a block that the file already holds is not run again: a run that was stopped goes on where it was, and
runs over several ranges of seeds add up.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from tests.soundness.judging import judge
from tests.soundness.mutations import DISGUISES, MUTATIONS, changed
from tests.soundness.queries import query
from tests.soundness.schemas import schema
from tests.soundness.tally import Tally
from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Dialect
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Engine

PAIRS_PER_SCHEMA = 50
ASKED_ALONE = 3  # every third pair: a proof that must fail takes as long as all the rest of a pair


def pairs(random: Random, count: int, dialect: Dialect) -> Iterator[tuple[str, str, tuple[str, ...], bool]]:
    """Left, right, the changes between them, and whether they are equivalent by construction."""
    for _ in range(count):
        left = query(random, dialect)
        disguise = random.random() < 0.3
        right, names = changed(left, random, DISGUISES if disguise else MUTATIONS, random.choice((1, 1, 2, 3)))
        yield left, right, names, disguise


def run(engine: Engine, dialect: Dialect, count: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """(word of the verdict, the pair with what is wrong about it) for each generated pair."""
    for start in range(0, count, PAIRS_PER_SCHEMA):
        yield from block(engine, dialect, min(PAIRS_PER_SCHEMA, count - start), seed + start // PAIRS_PER_SCHEMA)


def block(engine: Engine, dialect: Dialect, count: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The pairs of one schema."""
    random = Random(seed)
    ddl = schema(random)
    catalog = read_ddl(ddl, dialect)
    scratch = engine.create(catalog)
    try:
        for number, (left, right, names, equal) in enumerate(pairs(random, count, dialect)):
            pair = {"schema": ddl, "left": left, "right": right, "changes": names, "equal": equal, "wrong": ""}
            try:
                judgement = judge(left, right, catalog, scratch, equal=equal, alone=number % ASKED_ALONE == 0)
            except WorkbenchError as error:
                yield "unreadable", {**pair, "error": str(error)}
                continue
            yield f"{judgement.verdict.word} by {judgement.verdict.method}", {**pair, "wrong": judgement.wrong}
    finally:
        scratch.close()


def main(given: list[str]) -> int:
    """Prints wrong and unreadable pairs as JSON lines, progress and counts on stderr; 1 if a verdict was wrong."""
    asked = _parser().parse_args(given)
    tally = Tally.read(asked.out, asked.dialect) if asked.out else Tally(asked.dialect)
    started = time.monotonic()
    with ExitStack() as stack:
        engine = _engine(asked.dialect, stack)
        for number, size in _blocks(asked.count, asked.seed):
            if number in tally.seeds:
                continue
            line = tally.add(number, block(engine, asked.dialect, size, number))
            for pair in (*line["wrong"], *line["unreadable"]):
                print(json.dumps(pair), flush=True)
            if asked.out:
                with asked.out.open("a") as file:
                    file.write(json.dumps(line) + "\n")
            print(f"{tally.headline()}, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    print("\n".join(tally.lines()), file=sys.stderr)
    return 1 if tally.wrong else 0


def _blocks(count: int, seed: int) -> Iterator[tuple[int, int]]:
    for start in range(0, count, PAIRS_PER_SCHEMA):
        yield seed + start // PAIRS_PER_SCHEMA, min(PAIRS_PER_SCHEMA, count - start)


def _engine(dialect: Dialect, stack: ExitStack) -> Engine:
    from workbench.runtime.postgres import PostgresServer
    from workbench.runtime.postgres_engine import PostgresEngine
    from workbench.runtime.sqlite import SqliteEngine

    return SqliteEngine() if dialect == "sqlite" else PostgresEngine(stack.enter_context(PostgresServer()))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.soundness.run")
    parser.add_argument("count", nargs="?", type=int, default=200)
    parser.add_argument("seed", nargs="?", type=int, default=1)
    parser.add_argument("dialect", nargs="?", choices=("postgres", "sqlite"), default="postgres")
    parser.add_argument("--out", type=Path, help="a JSON line for each block of pairs; blocks it holds are skipped")
    return parser


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
