"""The catalog that Django means: its own DDL, and beside each table and column where the project wrote it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.catalog.django_ddl import read_ddl
from workbench.catalog.table import Catalog, Column, Dialect, Stored, Table
from workbench.inspection.records import FieldRecord, Inspection, ModelRecord


def read_catalog(inspection: Inspection, ddl: Sequence[str]) -> Catalog:
    """Tables of Django's statements (the agent's ``ddl`` operation) with origins and choices of the inspection."""
    dialect: Dialect = "sqlite" if inspection.dialect == "sqlite" else "postgres"
    return with_origins(read_ddl(ddl, dialect), inspection)


def with_origins(catalog: Catalog, inspection: Inspection) -> Catalog:
    """The same tables with origins and choices; a table that no model owns keeps none."""
    models, labels = owners(inspection.models), {model.label: model for model in inspection.models}
    tables = (_with_model(table, models.get(table.name), labels, inspection.use_tz) for table in catalog.tables)
    return replace(catalog, tables=tuple(tables))


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


def _with_model(table: Table, model: ModelRecord | None, labels: Mapping[str, ModelRecord], use_tz: bool) -> Table:
    if model is None:
        return table
    fields = {item.column: item for item in model.fields if item.column}
    columns = tuple(_with_field(column, fields.get(column.name), labels, use_tz) for column in table.columns)
    return replace(table, columns=columns, origin=model.origin)


def _with_field(column: Column, item: FieldRecord | None, labels: Mapping[str, ModelRecord], use_tz: bool) -> Column:
    if item is None:
        return column
    choices = tuple(value for value, _ in item.choices if isinstance(value, (str, int)) and value is not None)
    behind = _referred(item, labels)
    zoned = use_tz and behind.kind == "DateTimeField"
    stored = Stored(behind.kind, behind.max_digits, behind.decimal_places, zoned)
    return replace(column, choices=choices, origin=item.origin, stored=stored)


def _referred(item: FieldRecord, labels: Mapping[str, ModelRecord]) -> FieldRecord:
    """The field whose values a column holds: of a foreign key the one that it refers to."""
    seen: set[int] = set()
    while item.relation is not None and item.relation.to in labels and id(item) not in seen:
        seen.add(id(item))
        target = labels[item.relation.to]
        wanted = item.relation.to_field or (target.primary_key[0] if target.primary_key else None)
        item = next((field for field in target.fields if field.name == wanted), item)
    return item
