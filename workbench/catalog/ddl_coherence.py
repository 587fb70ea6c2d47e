"""A schema's tables after all statements are read: names resolved, contradictions refused."""

from __future__ import annotations

from dataclasses import replace

from workbench.catalog.ddl_constraints import TableDraft
from workbench.catalog.ddl_names import refuse
from workbench.catalog.table import Column, Dialect, ForeignKey, Key, Table


def settle(drafts: dict[str, TableDraft], dialect: Dialect) -> tuple[Table, ...]:
    """The finished tables in the order of their statements."""
    for draft in drafts.values():
        _settle_keys(draft, dialect)
    return tuple(_table(draft, drafts, dialect) for draft in drafts.values())


def _settle_keys(draft: TableDraft, dialect: Dialect) -> None:
    draft.uniques = [replace(key, columns=tuple(draft.find(c) for c in key.columns)) for key in draft.uniques]
    if draft.primary_key is None:
        return
    key = draft.primary_key = replace(
        draft.primary_key, columns=tuple(draft.find(c) for c in draft.primary_key.columns)
    )
    if dialect == "postgres" or not draft.rowid or _is_rowid(draft, key):
        for name in key.columns:
            draft.columns[name] = replace(draft.columns[name], nullable=False)


def _is_rowid(draft: TableDraft, key: Key) -> bool:
    """SQLite: only INTEGER PRIMARY KEY refuses NULL by itself (sqlite.org/lang_createtable.html, section 5)."""
    return len(key.columns) == 1 and draft.columns[key.columns[0]].type.upper() == "INTEGER"


def _table(draft: TableDraft, drafts: dict[str, TableDraft], dialect: Dialect) -> Table:
    if not draft.columns and dialect == "sqlite":
        raise refuse(draft.name, "the table has no column")
    return Table(
        draft.name,
        tuple(_column(column, draft) for column in draft.columns.values()),
        draft.primary_key,
        tuple(draft.uniques),
        tuple(_foreign_key(key, draft, drafts, dialect) for key in draft.foreign_keys),
        tuple(draft.checks),
        tuple(draft.exclusions),
        tuple(draft.indexes),
    )


def _column(column: Column, draft: TableDraft) -> Column:
    if column.default is not None and column.generated is not None:
        raise refuse(f"{draft.name}.{column.name}", "a generated column cannot have a default")
    if not column.nullable and (column.default or "").upper() == "NULL":
        raise refuse(f"{draft.name}.{column.name}", "NOT NULL contradicts DEFAULT NULL")
    return column


def _foreign_key(key: ForeignKey, draft: TableDraft, drafts: dict[str, TableDraft], dialect: Dialect) -> ForeignKey:
    columns = tuple(draft.find(name) for name in key.columns)
    thing = f"{draft.name}({', '.join(columns)})"
    target = drafts.get(key.target) or next(
        (d for n, d in drafts.items() if dialect == "sqlite" and n.casefold() == key.target.casefold()), None
    )
    if target is None:
        raise refuse(thing, f"the foreign key refers to table {key.target}, which the schema lacks")
    targets = tuple(target.find(name) for name in key.target_columns)
    targets = targets or (target.primary_key.columns if target.primary_key else ())
    if len(targets) != len(columns):
        raise refuse(thing, f"the foreign key has {len(columns)} columns and refers to {len(targets)}")
    if not _is_key(targets, target):
        raise refuse(thing, f"the foreign key refers to {target.name}({', '.join(targets)}), which is not unique")
    return replace(key, columns=columns, target=target.name, target_columns=targets)


def _is_key(columns: tuple[str, ...], target: TableDraft) -> bool:
    keys = [set(key.columns) for key in target.uniques]
    keys += [
        {part.expression for part in index.parts}
        for index in target.indexes
        if index.unique and index.condition is None and all(part.is_column for part in index.parts)
    ]
    return set(columns) in keys + ([set(target.primary_key.columns)] if target.primary_key else [])
