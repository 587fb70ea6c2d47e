"""How the database would run both statements: EXPLAIN of each on the generated rows, without costs, which vary."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.display import Code, Columns, Details, Displayed, Page, Text
from workbench.equivalence.engine import Statement
from workbench.runtime.observation import Compiled
from workbench.verdict import ResultRows

if TYPE_CHECKING:
    from workbench.session.querysets.query import QueryView
    from workbench.session.querysets.querying import Querying

_TYPED = re.compile(r"'([^']*)'::[a-z]+(?: [a-z]+)*")
_EXPLAIN = {"postgres": "EXPLAIN (COSTS OFF) ", "sqlite": "EXPLAIN QUERY PLAN "}


@dataclass(frozen=True)
class PlanView(Displayed):
    """The plans of both sides; a side that has none says why."""

    text: str
    django: str
    drizzle: str

    @property
    def same(self) -> bool:
        """Whether the server would do the same for both; a constant may be written with its type or without."""
        return _TYPED.sub(r"\1", self.django) == _TYPED.sub(r"\1", self.drizzle)

    def columns(self) -> Columns:
        """Both plans side by side."""
        return Columns((Code(self.django, "text", "Django's plan"), Code(self.drizzle, "text", "Drizzle's plan")))

    def details(self) -> Details:
        """The same behind a line that says whether they are one."""
        return Details("Plan: the same on both sides" if self.same else "Plans: they differ", (self.columns(),))

    def page(self) -> Page:
        """Both plans, and whether they are the same."""
        said = (
            "The same plan on both sides." if self.same else "The plans differ; the rows decide whether that matters."
        )
        return Page("Plan", (Code(self.text, "python", "Django"), Text(said), self.columns()))


def plan_of(querying: Querying, view: QueryView) -> PlanView:
    """The plans of a queryset that was translated, on the filled scratch database (writes are explained, not run)."""
    if view.query is None or not view.drizzle_sql:
        return PlanView(view.text, "no statement", "no statement")
    explain = _EXPLAIN[querying.dialect]
    compiled = Compiled(view.drizzle_sql, view.drizzle_parameters, ())
    statements = (
        Statement(explain + view.query.sql, view.query.parameters, "format"),
        Statement(explain + compiled.sql, querying.typed(compiled), querying.style),
    )
    django, drizzle = querying.filled.trial((), statements)
    return PlanView(view.text, _text(django), _text(drizzle))


def _text(rows: ResultRows) -> str:
    return rows.error or "\n".join(str(line) for *_, line in rows.rows)
