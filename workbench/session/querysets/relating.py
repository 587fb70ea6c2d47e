"""The relational query of a queryset with related rows, offered where it ran and gave the same nested values.

Its SQL is not Django's: it is compared by its results alone, and never called equivalent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.display import Block, Code, Details, Text
from workbench.display.linking import linked
from workbench.display.sql_lines import sql_lines
from workbench.queries.nested.executing import execute_nested
from workbench.queries.query import Query, Shape
from workbench.runtime.node import CodeError
from workbench.session.querysets.nested_running import compared
from workbench.session.querysets.nested_view import Level
from workbench.targets.drizzle.nested import RelationalRendering, render_relational

if TYPE_CHECKING:
    from workbench.session.querysets.query import QueryView
    from workbench.session.querysets.querying import Querying

SEEN = "It gave the same nested values on the generated data ({levels}); its SQL is another one, and nothing is proved."


@dataclass(frozen=True)
class RelationalView:
    """The other form: its code, its SQL, TypeScript's type of a row, and the rows that it was compared on."""

    code: str
    body: str
    sql: str
    row: str
    levels: tuple[Level, ...]

    def blocks(self) -> tuple[Block, ...]:
        """The query, and what is known of it."""
        inside = (
            linked(Code(self.body, "typescript", "As one relational query")),
            linked(Code(sql_lines(self.sql), "sql", "Its SQL")),
            Text(SEEN.format(levels="; ".join(map(str, self.levels)))),
        )
        return (Details("Another form: one relational query", inside),)

    def as_record(self) -> dict[str, Any]:
        """The JSON form within that of the queryset."""
        return {"code": self.code, "sql": self.sql, "type": self.row, "levels": list(map(str, self.levels))}


def related(querying: Querying, view: QueryView) -> QueryView:
    """The view with the relational query, or with the reason why there is none."""
    if view.query is None or not view.drizzle_code or view.verdict is None or not _has_related(view):
        return view
    rendering = render_relational(view.query, querying.shop.catalog, querying.shop.names)
    found = tried(querying, view, rendering) if rendering.code else rendering.refusal
    if isinstance(found, RelationalView):
        return replace(view, relational=found)
    return replace(view, diagnostics=(*view.diagnostics, _kept_apart(view.query, found)))


def _has_related(view: QueryView) -> bool:
    """Whether rows hold other instances, all of them with a form here."""
    query = view.query
    if query is None or query.shape is not Shape.INSTANCE or query.intent.writes:
        return False
    return view.nested is not None or (not query.prefetches and any(output.path for output in query.outputs))


def tried(querying: Querying, view: QueryView, rendering: RelationalRendering) -> RelationalView | str:
    """What it gave; a text that says why it is not offered."""
    found = querying.checker.query(querying.type_key, rendering.code)
    if found.errors:
        return f"TypeScript: {found.errors[0].message}"
    database = querying.shop.data.database()
    try:
        compiled = querying.worker.compile(querying.key, rendering.code)
    except CodeError as error:
        return str(error)
    (django,) = execute_nested(querying.shop.agent, [view.text], database.django_settings())
    observed = querying.worker.run(querying.key, rendering.code, database.node_settings())
    if failed := django["error"] or django["diagnostic"] or observed.error:
        return str(failed)
    ran = compared(rendering.places, django["instances"], [row[0] for row in observed.rows], observed.statements)
    if refusal := _refusal(ran.errors, ran.difference, ran.levels, ran.unordered):
        return refusal
    return RelationalView(rendering.code, rendering.body, compiled.sql, found.row or "", ran.levels)


def _refusal(errors: tuple[str, ...], difference: Any, levels: tuple[Level, ...], unordered: tuple[str, ...]) -> str:
    if errors:
        return errors[0]
    if difference is not None:
        return f"{difference.place}, {difference.attribute}: {difference.django} in Django, {difference.drizzle} there"
    empty = next((level.path for level in levels if not level.rows), None)
    if empty is not None:
        return f"{empty}: the generated data has no row to compare"
    return (
        f"{unordered[0] or 'rows'}: its order is by what no row holds, and could not be compared" if unordered else ""
    )


def _kept_apart(query: Query, reason: str) -> Diagnostic:
    place, fact = query.origin or Origin("queryset"), f"no relational query (db.query): {reason}"
    help = "Keep the queries as they are written here."
    return Diagnostic("query-relational", place, query.model, fact, help, Fidelity.NOTE)
