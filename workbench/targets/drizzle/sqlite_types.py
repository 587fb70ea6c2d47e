"""SQLite columns: the type words that Django declares, as they decide affinity."""

from __future__ import annotations

from workbench.catalog.table import Column
from workbench.targets.drizzle.types import SQLITE, ColumnType, TypeRow, split_type

_JSON = TypeRow("text", "unknown", (("mode", "json"),))


def sqlite_type(column: Column, kind: str = "") -> ColumnType:
    """The type of a SQLite column; what Drizzle's builders would declare otherwise is declared by us, word by word.

    ``kind`` is Django's field: its JSON is text to SQLite.
    """
    base, _, _ = split_type(column.type)
    if kind == "JSONField" and base.lower() == "text":
        return ColumnType(_JSON, _JSON.config, 0)
    row = SQLITE.get(base.lower(), TypeRow("declared", "string", custom=True))
    if column.collation is not None:
        row = _COLLATED.get(row.builder, row)
    return ColumnType(row, (("type", _declared(column)),) if row.custom else (), 0, known=base.lower() in SQLITE)


def _declared(column: Column) -> str:
    return column.type if column.collation is None else f'{column.type} COLLATE "{column.collation}"'


# a collation is part of the declared type, which Drizzle's own builders do not let us write
_COLLATED = {"text": TypeRow("declared", "string", custom=True)}
