"""Runs the cases of cases/orm.txt: "=" pairs should be proved, "!" pairs never.

python -m tests.equivalence.proof.cases_report
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.catalog.ddl import read_ddl
from workbench.equivalence.parse import parse_query
from workbench.equivalence.proof.prove import Outcome, Proved, prove

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A pair of queries, and whether they mean the same."""

    name: str
    left: str
    right: str
    equal: bool


def cases() -> Iterator[Case]:
    """The cases of the file, one a line: sign, name, left, right."""
    for line in (CASES / "orm.txt").read_text().splitlines():
        name, left, right = line[2:].split(" | ")
        yield Case(name, left, right, line[0] == "=")


def outcome(case: Case) -> Outcome:
    """The prover's word on a case."""
    catalog = read_ddl((CASES / "orm.sql").read_text(), "postgres")
    left, right = (parse_query(sql, catalog, "postgres", "dollar") for sql in (case.left, case.right))
    return prove(left, right, left.catalog)


TOLD = (
    "join to a foreign key's row",
    "NOT IN of a NOT NULL column",
    "DISTINCT join to many against EXISTS",
    "scalar subquery on a key against LEFT JOIN",
    "count over a LEFT JOIN against a correlated count",
    "maximum by ORDER BY LIMIT 1",
    "window sum over a partition against a correlated sum",
)


def told() -> str:
    """The proofs of some cases as text: rule, before, after, and what it used."""
    lines = []
    for case in (c for c in cases() if c.name in TOLD):
        word = outcome(case)
        lines.append(f"# {case.name}")
        for step in word.steps if isinstance(word, Proved) else ():
            lines += [f"{step.rule}" + (f"   [{'; '.join(step.using)}]" if step.using else "")]
            lines += [f"    {step.before}", f"  = {step.after}"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for case in cases():
        start = time.perf_counter()
        word = outcome(case)
        if isinstance(word, Proved) != case.equal:
            print(
                "=" if case.equal else "WRONG !",
                case.name,
                round(time.perf_counter() - start, 2),
                getattr(word, "reasons", ""),
            )
