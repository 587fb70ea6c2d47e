"""Django's INSERT, UPDATE and DELETE statements as Drizzle's builders for writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlglot import exp

from workbench.catalog.table import Catalog
from workbench.inspection.records import ModelRecord
from workbench.queries.parse import parse
from workbench.queries.plan import PlannedWrite
from workbench.queries.query import Query
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.queries.dialects import module_of
from workbench.targets.drizzle.queries.function import Written
from workbench.targets.drizzle.queries.rendering import QueryRendering, render
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.drizzle.writes.delete import delete
from workbench.targets.drizzle.writes.insert import insert
from workbench.targets.drizzle.writes.transactions.render import PlanRendering, render_plan
from workbench.targets.drizzle.writes.update import update
from workbench.targets.drizzle.writes.writing import Columns, Writing
from workbench.targets.typescript import Expression

STATEMENTS: dict[type[exp.Expression], Callable[[Writing, exp.Expression], Expression]] = {
    exp.Insert: insert,
    exp.Update: update,
    exp.Delete: delete,
}


def render_write(query: Query, catalog: Catalog, names: SchemaNames, updating: Columns = frozenset()) -> QueryRendering:
    """The Drizzle form of a write; never one that leaves other rows behind.

    ``updating`` are the columns, as (table, column), that the schema sets anew at every update (``auto_now``).
    """
    return render(query, lambda asked: _written(asked, catalog, names, updating))


def render_planned(
    planned: PlannedWrite, catalog: Catalog, names: SchemaNames, updating: Columns = frozenset()
) -> PlanRendering:
    """The Drizzle form of a write of several statements, and of each of them."""

    def write(query: Query) -> Written:
        if query.intent.writes:
            return _written(query, catalog, names, updating)
        module = module_of(query, catalog, names)
        built = module.statement(parse(query))
        return Written(module.w, built.code, built.paths)

    return render_plan(planned, write, lambda query: render(query, write))


def _written(query: Query, catalog: Catalog, names: SchemaNames, updating: Columns) -> Written:
    module, tree = module_of(query, catalog, names), parse(query)
    write = STATEMENTS.get(type(tree))
    if write is None:
        raise Untranslatable(query.expression, "this is no INSERT, UPDATE or DELETE")
    return Written(module.w, write(Writing(module, updating), tree))


def updating_columns(models: Iterable[ModelRecord]) -> Columns:
    """(table, column) of every ``auto_now`` field: the schema gives it an ``$onUpdateFn``."""
    return frozenset(
        (model.table, field.column) for model in models for field in model.fields if field.auto_now and field.column
    )
