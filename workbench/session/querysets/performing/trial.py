"""A write of several statements run by both sides on the same databases; what all tables hold afterwards, compared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.queries.plan import Plan, PlannedWrite
from workbench.session.querysets.performing.outcome import Outcome, Performed, Situation, only_on, shape
from workbench.session.querysets.performing.sides import NOT_RUN, Sides
from workbench.session.querysets.performing.situations import Situations
from workbench.verdict import DatabaseWitness

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying


class Performing:
    """The databases that writes are tried on, made once."""

    def __init__(self, querying: Querying) -> None:
        self._querying, self._sides = querying, Sides(querying)
        self._situations = Situations(querying, self._sides)

    def run(self, planned: PlannedWrite, code: str) -> Performed:
        """Both sides on every database; on more of them while there is a statement that Django has not sent."""
        found = Performed(None, 0, 0, frozenset())
        for situation in self._situations.of(planned):
            found = self._on(found, planned, code, situation)
            if found.difference is not None or found.problem:
                break
        for more in self._situations.further(planned) if not (found.difference or found.problem) else ():
            if found.exercised(planned.plan) == len(planned.plan.steps) or found.difference or found.problem:
                break
            found = self._on(found, planned, code, more)
        return found

    def _on(self, before: Performed, planned: PlannedWrite, code: str, situation: Situation) -> Performed:
        django, statements = self._sides.django(planned, situation)
        drizzle = self._sides.drizzle(code, situation)
        problem = django.error if django.error and django.error.startswith(NOT_RUN) else ""
        differs = not problem and django.comparable != drizzle.comparable
        return Performed(
            self._witness(planned.plan, situation, django, drizzle) if differs else None,
            before.databases + 1,
            before.refused + (django.error is not None),
            before.sent | set(map(shape, statements)),
            problem or "",
        )

    def _witness(self, plan: Plan, situation: Situation, django: Outcome, drizzle: Outcome) -> DatabaseWitness:
        """The rows of the tables that the write is about, and what only one side left behind."""
        about = {source.table for step in plan.steps for source in step.query.sources}
        about |= {table for table in self._names() if any(f'"{table}"' in step.query.sql for step in plan.steps)}
        before = tuple(table for table in situation.rows if table.table in about and table.rows)
        sides = only_on(django, drizzle), only_on(drizzle, django)
        return DatabaseWitness(before, (), *sides, self._querying.dialect, note=situation.note)

    def _names(self) -> Iterator[str]:
        return (table.name for table in self._querying.shop.catalog.tables)

    def close(self) -> None:
        """Drops them."""
        self._situations.close()
