"""Querysets as Drizzle: Django's parsed SQL gives the structure, Django's facts about the query give the names."""

from __future__ import annotations

from dataclasses import replace

from workbench.catalog.table import Catalog
from workbench.queries.nested.keys import parse_listed
from workbench.queries.query import Query
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.queries.dialects import module_of
from workbench.targets.drizzle.queries.function import Written
from workbench.targets.drizzle.queries.helper_texts import EXPORTED
from workbench.targets.drizzle.queries.helper_texts import HELPERS as HELPERS
from workbench.targets.drizzle.queries.helper_texts import helpers as helpers
from workbench.targets.drizzle.queries.raw import written_raw
from workbench.targets.drizzle.queries.rendering import QueryRendering as QueryRendering
from workbench.targets.drizzle.queries.rendering import refused, render
from workbench.targets.drizzle.queries.terms import HELPER_NAMES
from workbench.targets.typescript import Name, method, sql

HELPER_NAMES.update(EXPORTED["postgres"])


def render_query(query: Query, catalog: Catalog, names: SchemaNames) -> QueryRendering:
    """The Drizzle form of a query; never one that means something else."""
    if not query.sql:
        return refused(query, query.expression, "Django runs no query at all")
    return render(query, lambda asked: _written(asked, catalog, names))


_EXECUTE = {"postgres": "execute", "sqlite": "all"}


def render_explained(query: Query, catalog: Catalog, names: SchemaNames) -> QueryRendering:
    """What asks the database for its plan of a query (``query.explain``)."""

    def write(asked: Query) -> Written:
        plain = _written(asked, catalog, names)
        plain.writer.use("drizzle-orm", "sql")
        code = method(plain.code, "getSQL") if query.dialect == "sqlite" else plain.code  # SQLite wants no parentheses
        plan = sql(query.explain.rstrip() + " ", code)
        return replace(plain, code=method(Name("db"), _EXECUTE[query.dialect], plan), paths=())

    return render(query, write)


def _written(query: Query, catalog: Catalog, names: SchemaNames) -> Written:
    if query.raw is not None:
        return written_raw(query, catalog, names)
    module = module_of(query, catalog, names)
    built = module.statement(parse_listed(query))
    return Written(module.w, built.code, built.paths)
