"""The constraints of Django's CREATE TABLE and ALTER TABLE … ADD."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from workbench.catalog.draft import Draft
from workbench.catalog.sql_text import SqlText
from workbench.catalog.table import Check, Exclusion, ForeignKey, Key


def constraint(item: SqlText, draft: Draft) -> None:
    """A constraint of the table, named or not."""
    name = item.take_name() if item.accept("CONSTRAINT") else None
    for words, read in _TABLE_CONSTRAINTS:
        if item.accept(*words):
            read(item, name, draft)
            return
    raise ValueError(f"table {draft.name}: unread constraint {name}: {item}")


def _primary_key(item: SqlText, name: str | None, draft: Draft) -> None:
    draft.primary_key = Key(names(item), name or draft.auto_name(None, "pkey"))
    draft.columns = [replace(c, nullable=c.nullable and c.name not in _key(draft)) for c in draft.columns]


def _key(draft: Draft) -> tuple[str, ...]:
    return draft.primary_key.columns if draft.primary_key else ()


def _unique(item: SqlText, name: str | None, draft: Draft) -> None:
    distinct = not item.accept("NULLS", "NOT", "DISTINCT")
    item.accept("NULLS", "DISTINCT")
    columns = names(item)
    include = names(item) if item.accept("INCLUDE") else ()
    found = name or draft.auto_name("_".join(columns), "key")
    draft.uniques.append(Key(columns, found, deferrable(item), distinct, include))


def _check(item: SqlText, name: str | None, draft: Draft) -> None:
    draft.checks.append(Check(str(item.take_group()), name or draft.auto_name(None, "check")))


def _foreign_key(item: SqlText, name: str | None, draft: Draft) -> None:
    columns = names(item)
    item.expect("REFERENCES")
    draft.foreign_keys.append(reference(item, columns, name or draft.auto_name("_".join(columns), "fkey")))


def _exclusion(item: SqlText, name: str | None, draft: Draft) -> None:
    method = item.take_name().lower() if item.accept("USING") else "gist"
    elements = tuple(_element(part) for part in item.take_group().items())
    include = names(item) if item.accept("INCLUDE") else ()
    condition = str(item.take_group()) if item.accept("WHERE") else None
    draft.exclusions.append(Exclusion(name or "", method, elements, condition, deferrable(item), include))


def _element(part: SqlText) -> tuple[str, str]:
    return part.take_until(("WITH",)), _rest_after_with(part)


def _rest_after_with(part: SqlText) -> str:
    part.expect("WITH")
    return str(part)


_TABLE_CONSTRAINTS: tuple[tuple[tuple[str, ...], Callable[[SqlText, str | None, Draft], None]], ...] = (
    (("PRIMARY", "KEY"), _primary_key),
    (("UNIQUE",), _unique),
    (("CHECK",), _check),
    (("FOREIGN", "KEY"), _foreign_key),
    (("EXCLUDE",), _exclusion),
)


def reference(item: SqlText, columns: tuple[str, ...], name: str | None) -> ForeignKey:
    target = item.take_name()
    target_columns = names(item) if item.at_parenthesis() else ()
    actions = {"DELETE": "NO ACTION", "UPDATE": "NO ACTION"}
    while item.accept("ON"):
        event = item.take_name().upper()
        actions[event] = item.take_until(("ON",), ("DEFERRABLE",), ("NOT", "DEFERRABLE"), at_least=1).upper()
    return ForeignKey(
        columns, target, target_columns, name, actions["DELETE"], actions["UPDATE"], deferrable=deferrable(item)
    )


def deferrable(item: SqlText) -> Literal["deferred", "immediate"] | None:
    if not item.accept("DEFERRABLE"):
        return None
    if item.accept("INITIALLY", "DEFERRED"):
        return "deferred"
    item.accept("INITIALLY", "IMMEDIATE")
    return "immediate"


def names(item: SqlText) -> tuple[str, ...]:
    return tuple(part.take_name() for part in item.take_group().items())
