"""A recorded SELECT on both sides: what the ladder says of the two texts, and what their rows say to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass

from workbench.catalog.table import Catalog, Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.equivalence.decide import decide
from workbench.queries.decoding import converters, decoded
from workbench.queries.query import Query
from workbench.runtime.node import NodeWorker
from workbench.runtime.observation import Compiled
from workbench.session.querysets.deciding import combined
from workbench.session.querysets.rounding import of_one_library
from workbench.session.querysets.running import Run, compare_runs
from workbench.session.recorded.sides import Rows, Sides
from workbench.targets.drizzle.queries import QueryRendering
from workbench.verdict import Undecided, Verdict


@dataclass(frozen=True)
class Judged:
    """What came of a statement.

    ``rows``: "equal", "different" or "error" where both sides ran; "unstable" where Django's own differ at each run
    (the time, random numbers); else "".
    """

    verdict: Verdict
    diagnostics: tuple[Diagnostic, ...] = ()
    drizzle_code: str = ""
    drizzle_sql: str = ""
    rows: str = ""


@dataclass(frozen=True)
class Reading:
    """What Django's converters go by. ``places``: decimal places by field."""

    dialect: Dialect
    use_tz: bool
    places: Mapping[str, int]


@dataclass(frozen=True)
class Observer:
    """The tools that both sides of a schema's SELECTs are run with; ``spent``: milliseconds by stage."""

    sides: Sides
    worker: NodeWorker
    key: str
    catalog: Catalog
    reading: Reading
    stage: Callable[[str], AbstractContextManager[None]]
    spent: dict[str, float]

    def judged(self, query: Query, rendering: QueryRendering, compiled: Compiled) -> Judged:
        """The ladder's word, and what both sides' rows say to it."""
        with self.stage("decide"):
            verdict = self._verdict(query, compiled)
        filled = self.sides.filled
        if isinstance(filled, WorkbenchError):
            return Judged(verdict, (*rendering.diagnostics, *filled.diagnostics), rendering.code, compiled.sql)
        run = self._run(filled, query, rendering)
        nearly = tuple(note.fact for note in rendering.diagnostics if note.code == "query-nearly")
        judged = combined(verdict, run, " LIMIT " in query.sql, nearly)
        rows = "error" if run.errors else "different" if run.difference else "equal"
        if run.difference and self._unstable(filled, query):
            rows = "unstable"
        return Judged(judged, (*rendering.diagnostics, *_empty(query, filled)), rendering.code, compiled.sql, rows)

    def _verdict(self, query: Query, compiled: Compiled) -> Verdict:
        """The ladder on the two original texts; a text that it cannot read is undecided, not a failure."""
        rungs: dict[str, float] = {}
        try:
            return decide(
                query.sql,
                compiled.sql,
                self.catalog,
                dialect=self.reading.dialect,
                scratch=self.sides.scratch,
                left_params=query.parameters,
                right_params=self.sides.typed(compiled.sql, compiled.parameters, query.parameters),
                left_style="format",
                right_style=self.sides.style,
                times=rungs,
            )
        except WorkbenchError as error:
            return Undecided("none", tuple(f"{d.place}: {d.thing}: {d.fact}" for d in error.diagnostics))
        finally:
            for rung, spent in rungs.items():
                self.spent[f"decide: {rung}"] += spent

    def _run(self, filled: Rows, query: Query, rendering: QueryRendering) -> Run:
        """Both sides on the generated rows; where both fail for one reason, on a row a table."""
        run = self._on(filled, query, rendering)
        if len(run.errors) == 2 and len({_state(error) for error in run.errors}) == 1:
            return self._on(self.sides.sparse, query, rendering)
        return run

    def _unstable(self, rows: Rows, query: Query) -> bool:
        """Whether Django's own statement answers otherwise when it runs again."""
        first, second = (rows.django(query.sql, query.parameters).rows for _ in range(2))
        return sorted(map(repr, first)) != sorted(map(repr, second))

    def _on(self, rows: Rows, query: Query, rendering: QueryRendering) -> Run:
        with self.stage("run Django's"):
            result = rows.django(query.sql, query.parameters)
        with self.stage("run Drizzle's"):
            observed = self.worker.run(self.key, rendering.code, rows.node_settings)
        with self.stage("decode"):
            convert = converters(query.outputs, self.reading.dialect, self.reading.use_tz, self.reading.places)
            found = decoded(result.rows, convert)
        with self.stage("compare"):
            run = compare_runs(query.outputs, found, observed, rendering.paths, result.error)
            return of_one_library(run, query, observed, rendering.paths, rows.scratch)


def _empty(query: Query, filled: Rows) -> tuple[Diagnostic, ...]:
    """Tables of the query that had no rows when both sides ran: their answers say less."""
    place, tables = query.origin or Origin("recording"), {source.table: None for source in query.sources}
    return tuple(
        Diagnostic("data-refused", place, table, filled.empty[table], "It was run without rows.", Fidelity.APPROXIMATE)
        for table in tables
        if table in filled.empty
    )


def _state(error: str) -> str:
    """The SQLSTATE of ``Django: 21000 more than one row``."""
    return error.split(": ", 1)[1].split(" ", 1)[0]
