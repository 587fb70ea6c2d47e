"""What stays the same of one table from database to database: its checks read, its pools, its keys."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TypeAlias

from sqlglot import exp

from workbench.catalog.table import Key, Table
from workbench.equivalence.generation.conditions import constants, documents, is_true, parse_condition
from workbench.equivalence.generation.evaluation import Beyond, value_of
from workbench.equivalence.generation.hints import Hints
from workbench.equivalence.generation.pools import pool
from workbench.values import Wire


class TablePlan:
    """A table with its checks parsed and its pools drawn up."""

    def __init__(self, table: Table, dialect: str, hints: Hints) -> None:
        self.table = table
        self.checks = [parse_condition(check.expression, dialect) for check in table.checks]
        json = {name for check in self.checks for name in documents(check)}
        self.columns = [replace(c, type="json") if c.name.casefold() in json else c for c in table.columns]
        self.uniques = [_unique_key(key) for key in table.uniques]
        self.uniques += [_unique_key(table.primary_key)] if table.primary_key else []
        for index in (i for i in table.indexes if i.unique):
            parts = [
                parse_condition(p.expression if not p.is_column else f'"{p.expression}"', dialect) for p in index.parts
            ]
            condition = parse_condition(index.condition, dialect) if index.condition else None
            self.uniques.append((parts, condition, index.nulls_distinct))
        limits: dict[str, list[Wire]] = {}
        for check in self.checks:
            for name, values in constants(check).items():
                limits.setdefault(name.casefold(), []).extend(values)
        self.pools = {
            column.name: pool(column, [*hints.of(table.name, column.name), *limits.get(column.name.casefold(), [])])
            for column in self.columns
        }
        self.keyed = {name for key in _keys(table) for name in key.columns if len(key.columns) == 1}


UniqueKey: TypeAlias = tuple[list[exp.Expr | None], exp.Expr | None, bool]


def _unique_key(key: Key) -> UniqueKey:
    return [exp.column(name, quoted=True) for name in key.columns], None, key.nulls_distinct


def _keys(table: Table) -> list[Key]:
    return [*table.uniques, *([table.primary_key] if table.primary_key else [])]


def key_mark(
    parts: list[exp.Expr | None], condition: exp.Expr | None, distinct: bool, row: Mapping[str, Wire]
) -> Hashable | None:
    """What a unique key sees of a row; None where it does not look at it."""
    if condition is not None and is_true(condition, row) is False:
        return None
    try:
        values = [value_of(part, row) for part in parts if part is not None]
    except (Beyond, TypeError, ValueError, AttributeError):
        return None
    return None if distinct and any(value is None for value in values) else repr(values)
