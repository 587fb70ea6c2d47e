"""The columns of Django's CREATE TABLE; a constraint written inline goes to the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workbench.catalog.django_constraints import deferrable, reference
from workbench.catalog.draft import Draft
from workbench.catalog.sql_text import SqlText
from workbench.catalog.table import Check, Column, Key
from workbench.catalog.type_names import canonical_type

_CLAUSES = (
    ("NOT", "NULL"),
    ("NULL",),
    ("PRIMARY", "KEY"),
    ("UNIQUE",),
    ("CHECK",),
    ("DEFAULT",),
    ("COLLATE",),
    ("GENERATED",),
    ("AS", "IDENTITY"),
    ("REFERENCES",),
    ("CONSTRAINT",),
    ("DEFERRABLE",),
    ("AUTOINCREMENT",),
    ("USING",),
)


def column(item: SqlText, draft: Draft) -> None:
    name = item.take_name()
    column = Column(name, canonical_type(item.take_until(*_CLAUSES), draft.dialect))
    while item:
        column = _clause(item, column, draft)
    draft.columns.append(column)


def _clause(item: SqlText, column: Column, draft: Draft) -> Column:
    """One clause of a column; constraints written inline go to the table."""
    for words, read in _COLUMN_CLAUSES:
        if item.accept(*words):
            return replace(column, **read(item, column.name))
    constraint = item.take_name() if item.accept("CONSTRAINT") else None
    for words, add in _INLINE_CONSTRAINTS:
        if item.accept(*words):
            add(item, column.name, constraint, draft)
            return replace(column, nullable=False) if words == ("PRIMARY", "KEY") else column
    raise ValueError(f"column {column.name} of {draft.name}: unread clause: {item}")


def _generated(item: SqlText, name: str) -> dict[str, Any]:
    always = item.accept("ALWAYS")
    if not always:
        item.expect("BY", "DEFAULT")
    item.expect("AS")
    if item.accept("IDENTITY"):
        return {"identity": "always" if always else "by default", "nullable": False}
    expression = str(item.take_group())
    stored = item.accept("STORED")
    if not stored:
        item.accept("VIRTUAL")
    return {"generated": expression, "generated_stored": stored}


def _tablespace(item: SqlText, name: str) -> dict[str, Any]:
    """Of the column's own index; the catalog holds tables' and indexes' tablespaces only."""
    item.take_name()
    return {}


_COLUMN_CLAUSES: tuple[tuple[tuple[str, ...], Callable[[SqlText, str], dict[str, Any]]], ...] = (
    (("NOT", "NULL"), lambda item, name: {"nullable": False}),
    (("NULL",), lambda item, name: {}),
    (("COLLATE",), lambda item, name: {"collation": item.take_name()}),
    (("DEFAULT",), lambda item, name: {"default": item.take_until(*_CLAUSES, at_least=1)}),
    (("GENERATED",), _generated),
    (("AUTOINCREMENT",), lambda item, name: {"sequence": "autoincrement"}),
    (("USING", "INDEX", "TABLESPACE"), _tablespace),
)


def _inline_primary_key(item: SqlText, column: str, name: str | None, draft: Draft) -> None:
    draft.primary_key = Key((column,), name or draft.auto_name(None, "pkey"))


def _inline_unique(item: SqlText, column: str, name: str | None, draft: Draft) -> None:
    draft.uniques.append(Key((column,), name or draft.auto_name(column, "key"), deferrable(item)))


def _inline_check(item: SqlText, column: str, name: str | None, draft: Draft) -> None:
    draft.checks.append(Check(str(item.take_group()), name or draft.auto_name(column, "check")))


def _inline_reference(item: SqlText, column: str, name: str | None, draft: Draft) -> None:
    draft.foreign_keys.append(reference(item, (column,), name or draft.auto_name(column, "fkey")))


_INLINE_CONSTRAINTS: tuple[tuple[tuple[str, ...], Callable[[SqlText, str, str | None, Draft], None]], ...] = (
    (("PRIMARY", "KEY"), _inline_primary_key),
    (("UNIQUE",), _inline_unique),
    (("CHECK",), _inline_check),
    (("REFERENCES",), _inline_reference),
)
