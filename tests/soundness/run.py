"""The nightly run: ``python -m tests.soundness.run COUNT [SEED] [postgres|sqlite]``; a line for each wrong verdict."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from random import Random

from tests.soundness.judging import judge
from tests.soundness.mutations import DISGUISES, MUTATIONS, changed
from tests.soundness.queries import query
from tests.soundness.schemas import schema
from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Dialect
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Engine

PAIRS_PER_SCHEMA = 50


def pairs(random: Random, count: int) -> Iterator[tuple[str, str, tuple[str, ...], bool]]:
    """Left, right, the changes between them, and whether they are equivalent by construction."""
    for _ in range(count):
        left = query(random)
        disguise = random.random() < 0.3
        right, names = changed(left, random, DISGUISES if disguise else MUTATIONS, random.choice((1, 1, 2, 3)))
        yield left, right, names, disguise


def run(engine: Engine, dialect: Dialect, count: int, seed: int) -> Iterator[tuple[str, dict[str, object]]]:
    """(word of the verdict, the pair with what is wrong about it) for each generated pair."""
    random = Random(seed)
    for _ in range(0, count, PAIRS_PER_SCHEMA):
        ddl = schema(random)
        catalog = read_ddl(ddl, dialect)
        scratch = engine.create(catalog)
        try:
            for left, right, names, equal in pairs(random, min(PAIRS_PER_SCHEMA, count)):
                pair: dict[str, object] = {"schema": ddl, "left": left, "right": right, "changes": names}
                try:
                    judgement = judge(left, right, catalog, scratch, equal=equal)
                except WorkbenchError as error:
                    yield "unreadable", {**pair, "wrong": "", "error": str(error)}
                    continue
                word = judgement.verdict.word + (" by " + judgement.verdict.method)
                yield word, {**pair, "equal": equal, "wrong": judgement.wrong}
        finally:
            scratch.close()


def main(count: int, seed: int, dialect: Dialect) -> int:
    """Prints wrong verdicts as JSON lines, then the counts; 1 if there was a wrong one."""
    from workbench.runtime.postgres import PostgresServer
    from workbench.runtime.postgres_engine import PostgresEngine
    from workbench.runtime.sqlite import SqliteEngine

    counts: Counter[str] = Counter()
    wrong, started = 0, time.monotonic()
    with PostgresServer() as server:
        engine: Engine = PostgresEngine(server) if dialect == "postgres" else SqliteEngine()
        for word, pair in run(engine, dialect, count, seed):
            counts[word + (" (equal)" if pair.get("equal") else "")] += 1
            if pair["wrong"] or word == "unreadable":
                wrong += bool(pair["wrong"])
                print(json.dumps(pair), flush=True)
    print(dict(counts), "wrong:", wrong, f"{time.monotonic() - started:.0f} s", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    given = sys.argv[1:] + ["200", "1", "postgres"][len(sys.argv) - 1 :]
    chosen: Dialect = "sqlite" if given[2] == "sqlite" else "postgres"
    raise SystemExit(main(int(given[0]), int(given[1]), chosen))
