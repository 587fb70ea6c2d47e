"""SQLite columns: the type words that Django declares decide affinity; what Django stores decides the value."""

from __future__ import annotations

from workbench.catalog.table import Column
from workbench.targets.drizzle.types import SQLITE, SQLITE_KINDS, ColumnType, TypeRow, split_type

_TEXT = TypeRow("declared", "string", custom=True)


def sqlite_type(column: Column, sequence_key: bool = False) -> ColumnType:
    """The type of a SQLite column; what Drizzle's builders would declare otherwise is declared by us, word by word.

    ``sequence_key`` as in :func:`workbench.targets.drizzle.types.postgres_type`: a bigint of such a key is a number.
    """
    base = split_type(column.type)[0].lower()
    row = _by_kind(column, base, sequence_key) or SQLITE.get(base, _TEXT)
    if column.collation is not None:
        row = _COLLATED.get(row.builder, row)
    config = (("type", _declared(column)),) if row.custom else row.config
    made = (column.stored.places or 0,) if column.stored and row.builder == "declaredDecimal" else ()
    return ColumnType(row, config, 0, known=base in SQLITE, made=made)


def _by_kind(column: Column, base: str, sequence_key: bool) -> TypeRow | None:
    """The row that Django's field decides, where its declared word is the one that Django gives this field."""
    if sequence_key and SQLITE.get(base, _TEXT).typescript == "bigint":
        return SQLITE_KINDS["key"]
    stored = column.stored
    if stored is None or base not in _WORDS.get(stored.kind, ()):
        return None
    if stored.kind == "DateTimeField" and not stored.zoned:
        return None
    return SQLITE_KINDS[stored.kind]


_WORDS = {
    "DateTimeField": ("datetime",),
    "DecimalField": ("decimal",),
    "UUIDField": ("char",),
    "JSONField": ("text",),
}


def _declared(column: Column) -> str:
    return column.type if column.collation is None else f'{column.type} COLLATE "{column.collation}"'


# a collation is part of the declared type, which Drizzle's own builders do not let us write
_COLLATED = {"text": _TEXT}
