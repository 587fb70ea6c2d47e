"""A Django expression beside its Drizzle form: the whole way of one expression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.queries.plan import PlannedWrite
from workbench.session.querysets.explained import view_explained
from workbench.session.querysets.judging import judge_query
from workbench.session.querysets.nesting import nested
from workbench.session.querysets.planned import view_planned
from workbench.session.querysets.prefetching import prefetched, several
from workbench.session.querysets.query import QueryView
from workbench.session.querysets.relating import related

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying


def view_query(querying: Querying, text: str) -> QueryView:
    """The whole way of one expression. What cannot be done is a diagnostic of the view."""
    query = querying.compiled(text)
    if isinstance(query, PlannedWrite):
        return view_planned(querying, text, query)
    if query.explain and query.sql:
        return view_explained(querying, text, query)
    if not query.sql:
        return QueryView(text, query if query.empty else None, diagnostics=query.diagnostics)
    rendering = querying.rendered(query)
    view = QueryView(
        text,
        query,
        rendering.code,
        rendering.body,
        rendering.paths,
        diagnostics=(*query.diagnostics, *rendering.diagnostics, *several(query)),
        variants=rendering.variants,
        prefetches=tuple(prefetched(querying, query)),
    )
    return related(querying, nested(querying, judge_query(querying, view, query))) if rendering.code else view
