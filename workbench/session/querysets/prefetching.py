"""The queries that prefetch_related adds: each a function of the keys that the query before it found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.queries.query import Query
from workbench.runtime.node import CodeError
from workbench.session.querysets.deciding import decided
from workbench.session.querysets.query import QueryView
from workbench.session.querysets.result_types import typed

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying

PLACE = Origin("queryset")


def prefetched(querying: Querying, query: Query) -> Iterator[QueryView]:
    """A view of each further query, in the order in which Django runs them; its verdict is that of both SQL texts."""
    for further in query.prefetches:
        rendering = querying.rendered(further)
        view = QueryView(
            f"prefetch_related: {further.prefetch_path}",
            further,
            rendering.code,
            rendering.body,
            rendering.paths,
            diagnostics=(*further.diagnostics, *rendering.diagnostics),
            variants=rendering.variants,
        )
        yield _judged(querying, view, further) if rendering.code else view


def _judged(querying: Querying, view: QueryView, query: Query) -> QueryView:
    try:
        compiled = querying.worker.compile(querying.key, view.drizzle_code)
    except CodeError as error:
        return replace(view, diagnostics=(*view.diagnostics, *error.diagnostics))
    return replace(
        typed(view, querying.types(view)),
        drizzle_sql=compiled.sql,
        drizzle_parameters=compiled.parameters,
        verdict=decided(querying, query, compiled, view.variants),
    )


def several(query: Query) -> tuple[Diagnostic, ...]:
    """That the queryset is more than one query."""
    if not query.prefetches:
        return ()
    paths = ", ".join(further.prefetch_path for further in query.prefetches)
    fact = f"{1 + len(query.prefetches)} queries: prefetch_related runs one of its own for each of {paths}"
    help = "Call each with the keys that the one before it found; put its rows beside theirs by that key."
    return (Diagnostic("query-prefetch", PLACE, query.model, fact, help, Fidelity.NOTE),)
