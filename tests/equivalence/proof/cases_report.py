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
