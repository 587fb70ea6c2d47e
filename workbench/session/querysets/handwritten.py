"""A person's own TypeScript against a queryset: its type errors, else its SQL and the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.queries.plan import PlannedWrite
from workbench.runtime.snippet import snippet
from workbench.session.querysets.judging import judge_query
from workbench.session.querysets.planned import judge_own
from workbench.session.querysets.query import QueryView

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying


PLACE = Origin("queryset")


def judge_typescript(querying: Querying, view: QueryView, typescript: str) -> QueryView:
    """A person's own TypeScript against a queryset: its type errors, else its SQL and the verdict."""
    if view.query is None:
        raise WorkbenchError(
            _error("no-queryset", view.text, "this queryset did not compile; there is nothing to compare with")
        )
    module = snippet(typescript, querying.worker.vocabulary(querying.key))
    own = replace(
        view,
        drizzle_code=module.code,
        drizzle_body=typescript.strip(),
        variants=(),
        diagnostics=view.query.diagnostics,
    )
    errors = querying.checker.query(querying.type_key, module.code).errors
    if errors:
        notes = tuple(_type_error(error, module.place) for error in errors)
        return replace(
            own,
            drizzle_sql="",
            drizzle_parameters=(),
            types=(),
            rows=(),
            clauses=(),
            verdict=None,
            diagnostics=notes,
        )
    if isinstance(view.query, PlannedWrite):
        return judge_own(querying, own, view.query)
    return judge_query(querying, own, view.query)


def _type_error(error: Any, place: Callable[[int, int], tuple[int, int]]) -> Diagnostic:
    line, column = place(error.line, error.column)
    origin = Origin("your TypeScript", "your TypeScript", line)
    return Diagnostic(f"TS{error.code}", origin, f"line {line}, column {column}", error.message, "", Fidelity.ERROR)


def _error(code: str, thing: str, fact: str) -> Diagnostic:
    return Diagnostic(code, PLACE, thing, fact, "", Fidelity.ERROR)
