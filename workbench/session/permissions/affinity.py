"""Checks as SQLite reads them: Django writes a decimal as text there, and a numeric column makes a number of it."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlglot import exp, parse_one
from sqlglot.errors import SqlglotError

from workbench.catalog.table import Catalog, Check, Table
from workbench.equivalence.sqlite_reading.storage import NUMBER, declared

_NUMBER = re.compile(r"\d+(\.\d+)?")


def with_numbers(catalog: Catalog) -> Catalog:
    """The catalog with ``"price" >= 0`` for ``"price" >= '0'``; that of another database as it is."""
    if catalog.dialect != "sqlite":
        return catalog
    return replace(catalog, tables=tuple(_table(table) for table in catalog.tables))


def _table(table: Table) -> Table:
    numeric = {column.name.casefold() for column in table.columns if declared(column.type).kind == NUMBER}
    return replace(table, checks=tuple(_check(check, numeric) for check in table.checks))


def _check(check: Check, numeric: set[str]) -> Check:
    try:
        tree = parse_one(check.expression, dialect="sqlite")
    except SqlglotError:  # the database decides
        return check
    texts = [node for node in tree.find_all(exp.Literal) if node.is_string and _beside(node, numeric)]
    for text in texts:
        text.replace(exp.Literal.number(text.name))
    return replace(check, expression=tree.sql(dialect="sqlite")) if texts else check


def _beside(literal: exp.Literal, numeric: set[str]) -> bool:
    """Whether it is a number compared with a numeric column."""
    other = literal.parent
    if not isinstance(other, exp.Predicate) or not _NUMBER.fullmatch(literal.name):
        return False
    return any(isinstance(node, exp.Column) and node.name.casefold() in numeric for node in other.iter_expressions())
