"""The module in the making of a query, in the query's dialect."""

from __future__ import annotations

from workbench.catalog.table import Catalog
from workbench.queries.query import Query
from workbench.targets.drizzle.names import SchemaNames
from workbench.targets.drizzle.queries.module import Module
from workbench.targets.drizzle.queries.schema_facts import facts_of
from workbench.targets.drizzle.queries.sqlite_module import SQLITE, SqliteModule
from workbench.targets.drizzle.queries.writer import POSTGRES, Forms, Writer

_DIALECTS: dict[str, tuple[type[Module], Forms]] = {"postgres": (Module, POSTGRES), "sqlite": (SqliteModule, SQLITE)}


def module_of(query: Query, catalog: Catalog, names: SchemaNames) -> Module:
    """An empty module of the query's dialect."""
    make, forms = _DIALECTS[query.dialect]
    return make(Writer(query, catalog, names, facts_of(catalog, names, forms.column), forms))
