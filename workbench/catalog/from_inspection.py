"""The catalog that Django means: its own DDL, and beside each table and column where the project wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlglot import exp

from workbench.catalog.django_ddl import read_ddl
from workbench.catalog.table import Catalog, Column, Dialect, Table
from workbench.inspection.records import FieldRecord, Inspection, ModelRecord


def database_objects(ddl: Mapping[str, Any], *, icu: bool = True) -> tuple[str, ...]:
    """Statements for the extensions and collations that the agent's ``ddl`` found in migrations and types.

    Without ``icu`` (a scratch server that has none) its collations get a stand-in of the same name that compares
    bytes: enough to build and compare tables, not to compare rows (the agent's ``ddl-collation`` diagnostic says so).
    """
    extensions = [f"CREATE EXTENSION IF NOT EXISTS {_quoted(name)}" for name in ddl["extensions"]]
    return (*extensions, *(_collation(item, icu) for item in ddl["collations"]))


def table_statements(ddl: Mapping[str, Any]) -> tuple[str, ...]:
    """Django's statements for the tables, then those it runs last (foreign keys, indexes)."""
    return (*(entry["sql"] for entry in ddl["statements"]), *ddl["deferred"])


def _collation(item: Mapping[str, Any], icu: bool) -> str:
    head = f"CREATE COLLATION IF NOT EXISTS {_quoted(item['name'])}"
    if item["provider"] == "icu" and not icu:
        return f"{head} (provider = libc, locale = 'C')"
    provider, locale = exp.to_identifier(str(item["provider"])).sql("postgres"), _text(item["locale"])
    deterministic = "" if item["deterministic"] else ", deterministic = false"
    return f"{head} (provider = {provider}, locale = {locale}{deterministic})"


def _text(value: str) -> str:
    return exp.Literal.string(value).sql("postgres")


def _quoted(name: str) -> str:
    return exp.to_identifier(name, quoted=True).sql("postgres")


def read_catalog(inspection: Inspection, ddl: Sequence[str]) -> Catalog:
    """Tables of Django's statements (the agent's ``ddl`` operation) with origins and choices of the inspection."""
    dialect: Dialect = "sqlite" if inspection.dialect == "sqlite" else "postgres"
    return with_origins(read_ddl(ddl, dialect).catalog, inspection)


def with_origins(catalog: Catalog, inspection: Inspection) -> Catalog:
    """The same tables with origins and choices; a table that no model owns keeps none."""
    models = owners(inspection.models)
    return replace(catalog, tables=tuple(_with_model(table, models.get(table.name)) for table in catalog.tables))


def owners(models: Sequence[ModelRecord]) -> Mapping[str, ModelRecord]:
    """The model that owns each table: never a proxy or a swapped model, and a managed one before an unmanaged twin."""
    found: dict[str, ModelRecord] = {}
    for model in models:
        if model.proxy or model.swapped:
            continue
        known = found.get(model.table)
        if known is None or (model.managed and not known.managed):
            found[model.table] = model
    return found


def _with_model(table: Table, model: ModelRecord | None) -> Table:
    if model is None:
        return table
    fields = {item.column: item for item in model.fields if item.column}
    columns = tuple(_with_field(column, fields.get(column.name)) for column in table.columns)
    return replace(table, columns=columns, origin=model.origin)


def _with_field(column: Column, item: FieldRecord | None) -> Column:
    if item is None:
        return column
    choices = tuple(value for value, _ in item.choices if isinstance(value, (str, int)) and value is not None)
    return replace(column, choices=choices, origin=item.origin)
