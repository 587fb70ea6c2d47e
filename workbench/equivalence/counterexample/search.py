"""Runs both queries, as they are written, on small databases aimed at them, until they disagree or the plan ends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from sqlglot import exp

from workbench.catalog.table import Catalog
from workbench.equivalence.counterexample.arguments import ParameterPlan
from workbench.equivalence.counterexample.compare import Comparison, compare
from workbench.equivalence.counterexample.hints import query_hints, rows_skipped
from workbench.equivalence.counterexample.meaning import Meaning, meaning
from workbench.equivalence.counterexample.ties import no_ties, tie_probe
from workbench.equivalence.engine import Refused, Scratch, Statement
from workbench.equivalence.generation import DataPlan
from workbench.equivalence.parse import ParsedQuery
from workbench.values import Wire
from workbench.verdict import ResultRows, TableRows

# (rows a table, values a column draws from), in the order tried; the empty database shows aggregates on nothing
SCHEDULE: tuple[tuple[int, int], ...] = (
    (0, 1),
    (1, 1),
    (2, 2),
    (3, 2),
    (3, 3),
    (4, 3),
    (2, 1),
    (5, 2),
    (6, 4),
    (4, 2),
    (8, 3),
    (5, 6),
)
DATABASES = 48  # tried before giving up: of the ORM suite's 138 differing pairs, the last shows itself at the 34th
_PATIENCE = 6  # databases on which nothing could be compared, before the search gives up
_REASONS_KEPT = 3
_DEEP = 8  # the place in the schedule of a database that reaches past LIMIT and OFFSET
_DEEPEST = 64  # rows a table; a LIMIT further out is not reached
SEED = 20_251  # any number: the same one gives the same databases


@dataclass(frozen=True)
class Found:
    """A database, with parameter values, on which the two answers contradict each other."""

    database: tuple[TableRows, ...]
    arguments: dict[str, Wire]
    left: ResultRows
    right: ResultRows
    why: str


@dataclass
class Search:
    """Two queries, their scratch database, and what was seen so far."""

    left: ParsedQuery
    right: ParsedQuery
    catalog: Catalog
    scratch: Scratch
    expired: Callable[[], bool] = lambda: False
    meanings: tuple[Meaning, ...] = ()
    number: int = 0
    databases: int = 0
    compared: int = 0
    largest: int = 0
    refused: str = ""
    incomparable: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        hints = query_hints(self.left, self.right)
        self.meanings = self.meanings or (meaning(self.left), meaning(self.right))
        skipped = max(rows_skipped(side) for side in (self.left, self.right))
        self.deep = skipped + 2 if SCHEDULE[_DEEP][0] <= skipped <= _DEEPEST else 0
        self.parameters = ParameterPlan(self.left, self.right, self.catalog, hints)
        self.plan = DataPlan(self.catalog, self._tables(), hints)

    def try_one(self, database: Sequence[TableRows], arguments: dict[str, Wire]) -> Found | None:
        """Run both sides on one database; ``Refused`` where its rows break a constraint."""
        statements = [self.parameters.statement(side, arguments) for side in (self.left, self.right)]
        left, right = self.scratch.trial(database, statements)
        comparison = compare(left, right, self.meanings)
        if comparison.outcome == "undetermined":
            comparison = self._without_ties(database, arguments, left, right)
        self._note(comparison)
        if comparison.outcome != "different":
            return None
        return Found(tuple(database), arguments, left, right, comparison.why)

    @property
    def hopeless(self) -> bool:
        """Nothing was ever comparable: a query that the database refuses, or one without a fixed answer."""
        fixed = all(promised.count_is_fixed for promised in self.meanings)
        return (not fixed and self.databases > 0) or (self.databases >= _PATIENCE and not self.compared)

    def _without_ties(
        self, database: Sequence[TableRows], arguments: dict[str, Wire], left: ResultRows, right: ResultRows
    ) -> Comparison:
        """Where ORDER BY may leave ties: on this database it leaves none if a probe shows all keys distinct."""
        sides = ((self.left, left), (self.right, right))
        settled = []
        for (side, answer), promised in zip(sides, self.meanings, strict=True):
            probe = tie_probe(side, arguments) if promised.needs_probe else None
            rows = self.scratch.trial(database, [probe])[0] if probe is not None else None
            untied = rows is not None and no_ties(rows, answer, side)
            settled.append(replace(promised, total=True, bag_is_fixed=True) if untied else promised)
        comparison = compare(left, right, (settled[0], settled[1]))
        return comparison if comparison.outcome == "different" else Comparison("same")

    def _note(self, comparison: Comparison) -> None:
        if comparison.outcome == "incomparable":
            if comparison.why not in self.incomparable and len(self.incomparable) < _REASONS_KEPT:
                self.incomparable.append(comparison.why)
        else:
            self.compared += 1

    def _tables(self) -> list[str]:
        named = {table.name.lower() for side in (self.left, self.right) for table in side.tree.find_all(exp.Table)}
        return [table.name for table in self.catalog.tables if table.name.lower() in named]


def search(attempt: Search, databases: int = DATABASES, seed: int = SEED) -> Found | None:
    """The first of the next databases of the plan on which the two disagree; None where none of them does."""
    for number in range(attempt.number, attempt.number + databases):
        if attempt.expired() or attempt.hopeless:
            return None
        attempt.number += 1
        rows, variety = SCHEDULE[number % len(SCHEDULE)]
        if number % len(SCHEDULE) == _DEEP and attempt.deep:
            rows, variety = attempt.deep, attempt.deep
        random = Random(seed + number)
        database = attempt.plan.database(seed + number, rows, variety, crowded=number % 2 == 1)
        arguments = attempt.parameters.draw(random, number)
        try:
            found = attempt.try_one(database, arguments)
        except Refused as error:
            attempt.refused = str(error)
            continue
        attempt.databases += 1
        attempt.largest = max(attempt.largest, rows)
        if found is not None:
            return found
    return None


__all__ = ["DATABASES", "SCHEDULE", "Found", "Search", "Statement", "search"]
