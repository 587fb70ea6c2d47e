"""``explain()``: the query is translated and judged, and the plans of both sides stand beside each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.queries.query import Query
from workbench.session.querysets.judging import judge_query
from workbench.session.querysets.plans import plan_of
from workbench.session.querysets.query import QueryView
from workbench.targets.drizzle.queries import render_explained

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying


def view_explained(querying: Querying, text: str, query: Query) -> QueryView:
    """The view of the query, with Drizzle's ``EXPLAIN`` of it as the code; what fails when run is a diagnostic."""
    plain = querying.rendered(query)
    notes = (*query.diagnostics, *plain.diagnostics)
    view = QueryView(text, query, plain.code, plain.body, plain.paths, diagnostics=notes, variants=plain.variants)
    if not plain.code:
        return view
    judged = judge_query(querying, view, query)
    asking = render_explained(query, querying.shop.catalog, querying.shop.names)
    plan = plan_of(querying, judged)
    database = querying.shop.data.database()
    error = querying.worker.run(querying.key, asking.code, database.node_settings()).error
    if error:
        place = query.origin or Origin("queryset")
        note = Diagnostic("queryset-explain", place, "EXPLAIN", error, "", Fidelity.ERROR)
        judged = replace(judged, diagnostics=(*judged.diagnostics, note))
    return replace(judged, drizzle_code=asking.code, drizzle_body=asking.body, variants=(), plan=plan)
