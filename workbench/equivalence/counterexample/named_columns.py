"""Which columns of a witness matter to a reader: those that the queries name."""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from workbench.catalog.table import Catalog
from workbench.equivalence.parse import ParsedQuery


def named_columns(sides: tuple[ParsedQuery, ...], catalog: Catalog) -> tuple[tuple[str, str], ...]:
    """(table, column) of every column that a query names, and of every primary key, in the catalog's order."""
    found = {pair for side in sides for pair in _named(side)}
    keys = {table.name: table.primary_key.columns for table in catalog.tables if table.primary_key}
    columns = ((table.name, column.name) for table in catalog.tables for column in table.columns)
    return tuple((table, name) for table, name in columns if (table, name) in found or name in keys.get(table, ()))


def _named(side: ParsedQuery) -> Iterator[tuple[str, str]]:
    sources = {source.alias: source.name for source in side.kinds.get(exp.Table, ())}
    columns = (column for column in side.kinds.get(exp.Column, ()) if isinstance(column, exp.Column))
    return ((sources[column.table], column.name) for column in columns if column.table in sources)
