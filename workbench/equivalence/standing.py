"""The check by execution of what equal normal forms claim: both sides on one database that stays filled.

Most pairs of a project end at their normal forms, so this runs for nearly every pair. The rows depend on the schema
alone; an engine that is handed the same rows again keeps them in place, and a check costs two statements.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random

from sqlglot import exp

from workbench.catalog.table import Catalog
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.case import Case
from workbench.equivalence.counterexample import Found, Search
from workbench.equivalence.counterexample.arguments import ParameterPlan
from workbench.equivalence.engine import Refused
from workbench.equivalence.generation import Hints, generate_database
from workbench.equivalence.memo import once_for_a_catalog
from workbench.equivalence.parse import ParsedQuery
from workbench.verdict import TableRows

SEED = 4_711  # any number: the same one gives the same rows
_ROWS, _VARIETY = 5, 3
_SEEDS = 3  # tried before giving up on filling every table at once
_MOST_TABLES = 60  # of a schema that is filled as a whole
_PARTS_KEPT = 200  # sets of tables of a larger one whose rows are kept


@dataclass
class Standing:
    """Rows for a schema; ``attempt`` counts refusals."""

    catalog: Catalog
    attempt: int = 0
    rows: tuple[TableRows, ...] | None = None
    parts: dict[tuple[str, ...], tuple[TableRows, ...]] = field(default_factory=dict)

    def rows_for(self, tables: list[str]) -> tuple[TableRows, ...]:
        """Rows of every table of the schema; of these tables alone where the database would not take all."""
        if len(self.catalog.tables) > _MOST_TABLES or self.attempt >= _SEEDS:
            return self._part(tuple(tables))
        if self.rows is None:
            self.rows = generate_database(self.catalog, SEED + self.attempt, _ROWS, variety=_VARIETY)
        return self.rows

    def _part(self, tables: tuple[str, ...]) -> tuple[TableRows, ...]:
        """Rows of these tables, the very same ones for the same tables: then they stay in place."""
        if tables not in self.parts:
            if len(self.parts) >= _PARTS_KEPT:
                self.parts.clear()
            self.parts[tables] = generate_database(
                self.catalog, SEED + self.attempt, _ROWS, None, list(tables), _VARIETY
            )
        return self.parts[tables]

    def refused(self) -> None:
        """Other rows next time."""
        self.attempt, self.rows = self.attempt + 1, None
        self.parts.clear()


@once_for_a_catalog
def _standing(catalog: Catalog) -> Standing:
    return Standing(catalog)


def contradiction(case: Case) -> tuple[Search, Found] | None:
    """A difference that execution shows between two sides said to be equal; None where it shows none."""
    assert case.scratch is not None
    standing = _standing(case.catalog)
    sides = (case.left, case.right)
    plan = ParameterPlan(*sides, case.catalog, Hints())
    arguments = plan.draw(Random(SEED), 0)
    try:
        rows = standing.rows_for(_tables(sides, case.catalog))
        answers = case.scratch.trial(rows, [plan.statement(side, arguments) for side in sides])
    except (Refused, WorkbenchError) as error:
        if isinstance(error, WorkbenchError) and error.diagnostics[0].code != "rows-refused":
            raise
        standing.refused()  # the verdict's ``databases`` says that nothing was run
        return None
    case.tried = replace(case.tried, databases=1)
    if answers[0].rows == answers[1].rows and answers[0].types == answers[1].types:
        return None
    attempt = Search(*sides, case.catalog, case.scratch, case.expired, case.meanings)
    found = attempt.try_one(rows, arguments)
    return (attempt, found) if found is not None else None


def _tables(sides: tuple[ParsedQuery, ...], catalog: Catalog) -> list[str]:
    named = {table.name.lower() for side in sides for table in side.kinds.get(exp.Table, ())}
    return [table.name for table in catalog.tables if table.name.lower() in named]
