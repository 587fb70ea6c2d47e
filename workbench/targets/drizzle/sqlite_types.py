"""SQLite columns: the type words that Django declares, as they decide affinity."""

from __future__ import annotations

from workbench.catalog.table import Column
from workbench.targets.drizzle.types import SQLITE, ColumnType, TypeRow, split_type


def sqlite_type(column: Column) -> ColumnType:
    """The type of a SQLite column; what Drizzle's builders would declare otherwise is declared by us, word by word."""
    base, _, _ = split_type(column.type)
    row = SQLITE.get(base.lower())
    if row is None:
        return ColumnType(TypeRow("declared", "string", custom=True), (("type", column.type),), 0, known=False)
    return ColumnType(row, (("type", column.type),) if row.custom else (), 0)
