"""What a write of several statements left behind, side by side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from workbench.queries.plan import Plan
from workbench.session.backends import ScratchDatabase
from workbench.verdict import DatabaseWitness, ResultRows, TableRows


@dataclass(frozen=True)
class Situation:
    """A database that a write is tried on: its rows where they are few, and what was done to it before."""

    database: ScratchDatabase
    rows: tuple[TableRows, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What one side left behind: the rows of each table as texts, its error, and whether it says it created a row."""

    tables: dict[str, Counter[str]]
    error: str | None
    created: bool | None

    @property
    def comparable(self) -> tuple[object, ...]:
        """What has to be the same: both sides may refuse in words of their own."""
        return self.tables, self.error is not None, self.created


@dataclass(frozen=True)
class Performed:
    """All runs: the first difference, how many databases, how many of them refused, which statements Django sent."""

    difference: DatabaseWitness | None
    databases: int
    refused: int
    sent: frozenset[str]
    problem: str = ""

    def exercised(self, plan: Plan) -> int:
        """How many of the plan's statements ran at least once."""
        return sum(shape(step.query.sql) in self.sent for step in plan.steps)


def shape(sql: str) -> str:
    """A statement whatever the length of its lists."""
    once = re.sub(r"\(%s(?:, %s)*\)", "(%s)", sql)
    return re.sub(r"\(%s\)(?:, \(%s\))+", "(%s)", once)


def only_on(these: Outcome, others: Outcome) -> ResultRows:
    """What only this side left behind, or said."""
    rows = [
        (name, text)
        for name in sorted(these.tables.keys() | others.tables.keys())
        for text in (these.tables.get(name, Counter()) - others.tables.get(name, Counter())).elements()
    ]
    if these.created != others.created:
        rows.append(("created", str(these.created)))
    return ResultRows(("table", "row"), tuple(rows), these.error)
