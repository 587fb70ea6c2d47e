"""A rendered queryset on its way to a verdict: Drizzle's SQL, its types, both sides run, decided."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.comparison import clause_pairs
from workbench.diagnostic import WorkbenchError
from workbench.display import Pairing
from workbench.equivalence.engine import Statement
from workbench.equivalence.parse import parse_query
from workbench.queries.compiling import execute_queries
from workbench.queries.query import Query
from workbench.runtime.node import CodeError
from workbench.runtime.observation import Compiled
from workbench.session.own.comparing import OwnQuery
from workbench.session.querysets.deciding import bound_values, combined, decided
from workbench.session.querysets.query import QueryView
from workbench.session.querysets.result_types import type_notes, typed
from workbench.session.querysets.rounding import of_one_library
from workbench.session.querysets.running import Run, compare_runs
from workbench.session.querysets.writes import judge_write
from workbench.verdict import Verdict

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying


def judge_query(querying: Querying, view: QueryView, query: Query) -> QueryView:
    """The view with Drizzle's SQL, types, rows and the verdict."""
    try:
        compiled = querying.worker.compile(querying.key, view.drizzle_code)
    except CodeError as error:
        return replace(view, diagnostics=(*view.diagnostics, *error.diagnostics))
    view = replace(view, drizzle_sql=compiled.sql, drizzle_parameters=compiled.parameters)
    querying.shop.data.database()  # made once, before two threads ask for it
    if query.intent.writes:
        return _written(querying, view, query, compiled)
    with ThreadPoolExecutor(2) as beside:  # the checker and both databases work while the ladder thinks
        types, run = beside.submit(querying.types, view), beside.submit(_run, querying, view, query)
        verdict = decided(querying, query, compiled, view.variants)
        clauses = _clauses(querying, query, compiled)
    found = run.result()
    nearly = tuple(note.fact for note in view.diagnostics if note.code == "query-nearly")
    judged = combined(verdict, found, " LIMIT " in query.sql, nearly)
    seen = replace(typed(view, types.result()), verdict=judged, rows=found.rows, clauses=clauses)
    seen = replace(seen, diagnostics=(*seen.diagnostics, *type_notes(seen, found.observed, querying.shop.inspection)))
    return _on_own(querying, seen, judged, query, compiled, nearly)


def _on_own(
    querying: Querying, view: QueryView, verdict: Verdict, query: Query, compiled: Compiled, nearly: tuple[str, ...]
) -> QueryView:
    """The view with what the user's own database says, where one was given."""
    if querying.own_rows is None:
        return view
    asked = OwnQuery(query, querying.key, view.drizzle_code, compiled, view.paths, nearly)
    judged, notes = querying.own_rows.judged(verdict, asked)
    return replace(view, verdict=judged, diagnostics=(*view.diagnostics, *notes))


def _clauses(querying: Querying, query: Query, compiled: Compiled) -> tuple[Pairing, ...]:
    """Both SQL texts clause by clause; nothing where one of them cannot be read, as the verdict says."""
    catalog, own = querying.shop.catalog, querying.typed(compiled, query)
    try:
        django = parse_query(query.sql, catalog, querying.dialect, "format", query.parameters, "left")
        drizzle = parse_query(compiled.sql, catalog, querying.dialect, querying.style, own, "right")
    except WorkbenchError:
        return ()
    return clause_pairs(django, drizzle)


def _written(querying: Querying, view: QueryView, query: Query, compiled: Compiled) -> QueryView:
    """A write: what it changes, by the ladder and by running both on empty and on filled tables."""
    django = Statement(query.sql, query.parameters, "format")
    drizzle = Statement(compiled.sql, compiled.parameters, querying.style)
    scratches = (querying.scratch, querying.filled)
    with ThreadPoolExecutor(1) as beside:
        types = beside.submit(querying.types, view)
        bound = bound_values(querying, query, compiled, view.variants)
        verdict, _ = judge_write(django, drizzle, bound, querying.shop.catalog, querying.dialect, scratches)
    return replace(typed(view, types.result()), verdict=verdict)


def _run(querying: Querying, view: QueryView, query: Query) -> Run:
    """Both sides on the generated rows."""
    database = querying.shop.data.database()
    (result,) = execute_queries(querying.shop.agent, [view.text], database.django_settings())
    observed = querying.worker.run(querying.key, view.drizzle_code, database.node_settings())
    rows = tuple(tuple(row) for row in result["rows"])
    run = compare_runs(query.outputs, rows, observed, view.paths, result["error"])
    return replace(of_one_library(run, query, observed, view.paths, querying.filled), observed=observed)
