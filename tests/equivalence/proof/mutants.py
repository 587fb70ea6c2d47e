"""Mutates one side of every proved pair; a mutant that is proved and differs when executed is a wrong proof.

python -m tests.equivalence.proof.mutants [--each N] [--seed S] [--databases D] [ID …]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.equivalence.proof.report import pairs_file
from tests.soundness.mutations import MUTATIONS
from workbench.catalog.ddl import read_ddl
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.counterexample.search import Search, search
from workbench.equivalence.engine import Engine, Scratch
from workbench.equivalence.parse import ParsedQuery, parse_query
from workbench.equivalence.proof.prove import Proved, prove
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine


@dataclass
class Tally:
    """What became of the mutants."""

    pairs: int = 0
    mutants: int = 0
    proved: int = 0
    executed: int = 0
    wrong: int = 0
    kinds: Counter[str] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        self.kinds = Counter()

    def __str__(self) -> str:
        return (
            f"{self.pairs} proved pairs, {self.mutants} mutants, {self.proved} of them proved, "
            f"{self.executed} of these executed, {self.wrong} wrong"
        )


def mutants(query: ParsedQuery, random: Random, count: int) -> Iterator[tuple[str, ParsedQuery]]:
    """Up to ``count`` different readable mutants of a query, with the name of the change."""
    seen = {query.tree.sql(query.dialect)}
    for _ in range(count * 6):
        change = random.choice(MUTATIONS)
        tree = query.tree.copy()
        try:
            if not change(tree, random):
                continue
            text = tree.sql(query.dialect)
            if text in seen:
                continue
            seen.add(text)
            yield change.__name__, parse_query(text, query.catalog, query.dialect, "dollar")
        except (WorkbenchError, ValueError, KeyError, AttributeError):
            continue  # the change made no query
        if len(seen) > count:
            return


def contradiction(left: ParsedQuery, right: ParsedQuery, scratch: Scratch, databases: int) -> tuple[str, int]:
    """What shows the two queries to differ, if anything, and how many databases gave comparable answers."""
    attempt = Search(left, right, left.catalog, scratch)
    found = search(attempt, databases, 4242)
    return (f"{found.why} on {found.database}" if found else ""), attempt.compared


def check(pair: dict[str, Any], scratch: Scratch, each: int, seed: int, databases: int, tally: Tally) -> None:
    """Prove the pair, then every mutant of each side against the other side."""
    catalog = read_ddl(pair["schema"], pair["dialect"])
    texts = [parse_query(pair[s], catalog, pair["dialect"], "dollar") for s in ("left", "right")]
    left, right = (parse_query(q.tree.sql(q.dialect), q.catalog, q.dialect, "dollar") for q in texts)
    if not isinstance(prove(left, right, left.catalog), Proved):
        return
    tally.pairs += 1
    judge(pair["id"], "the pair itself", left, right, scratch, databases, tally)
    random = Random(f"{seed} {pair['id']}")
    for kept, changed in ((left, right), (right, left)):
        for name, mutant in mutants(changed, random, each):
            tally.mutants += 1
            if isinstance(prove(kept, mutant, left.catalog), Proved):
                tally.proved += 1
                tally.kinds[name] += 1
                judge(pair["id"], name, kept, mutant, scratch, databases, tally)


def judge(
    name: str, change: str, left: ParsedQuery, right: ParsedQuery, scratch: Scratch, databases: int, tally: Tally
) -> None:
    """Execute a proved pair; a difference is printed and counted."""
    why, compared = contradiction(left, right, scratch, databases)
    tally.executed += compared > 0
    if why:
        tally.wrong += 1
        print(f"WRONG {name} ({change}): {why[:600]}\n  {left.sql}\n  {right.sql}", flush=True)


def run(pairs: list[dict[str, Any]], engine: Engine, each: int, seed: int, databases: int) -> Tally:
    """All pairs, on one scratch a schema."""
    tally = Tally()
    scratches: dict[str, Scratch] = {}
    for pair in pairs:
        if pair["schema"] not in scratches:
            scratches[pair["schema"]] = engine.create(read_ddl(pair["schema"], pair["dialect"]))
        check(pair, scratches[pair["schema"]], each, seed, databases, tally)
    return tally


def main() -> int:
    """Print the tally; 1 where a proof was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--each", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--databases", type=int, default=60)
    parser.add_argument("ids", nargs="*")
    options = parser.parse_args()
    pairs = [json.loads(line) for line in pairs_file().read_text().splitlines()]
    wanted = [p for p in pairs if not options.ids or p["id"].rsplit("-")[-1] in options.ids]
    server = PostgresServer()
    try:
        tally = run(wanted, PostgresEngine(server), options.each, options.seed, options.databases)
    finally:
        server.close()
    print(tally, dict(tally.kinds), sep="\n")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
