"""The catalog with the names that resolved trees use."""

from __future__ import annotations

from dataclasses import replace

from workbench.catalog.table import Catalog, Column, Table
from workbench.equivalence.memo import once_for_a_catalog


@once_for_a_catalog
def fold_catalog(catalog: Catalog) -> Catalog:
    """SQLite compares names without regard to case: there, all names in lower case."""
    if catalog.dialect == "postgres":
        return catalog
    return Catalog("sqlite", tuple(_fold_table(table) for table in catalog.tables))


def _lower(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in names)


def _fold_table(table: Table) -> Table:
    keys = tuple(replace(key, columns=_lower(key.columns)) for key in table.uniques)
    primary = replace(table.primary_key, columns=_lower(table.primary_key.columns)) if table.primary_key else None
    foreign = tuple(
        replace(k, columns=_lower(k.columns), target=k.target.lower(), target_columns=_lower(k.target_columns))
        for k in table.foreign_keys
    )
    indexes = tuple(
        replace(i, parts=tuple(replace(p, expression=p.expression.lower()) if p.is_column else p for p in i.parts))
        for i in table.indexes
    )
    columns = tuple(_fold_column(column) for column in table.columns)
    return replace(
        table,
        name=table.name.lower(),
        columns=columns,
        primary_key=primary,
        uniques=keys,
        foreign_keys=foreign,
        indexes=indexes,
    )


def _fold_column(column: Column) -> Column:
    return replace(column, name=column.name.lower())
