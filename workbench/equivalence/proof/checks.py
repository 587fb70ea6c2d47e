"""A catalog's columns with their kinds, and its CHECK constraints as expressions over a row."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlglot
from sqlglot.errors import SqlglotError

from workbench.catalog.table import Catalog, Table
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.lowering_from import _column_kind
from workbench.equivalence.proof.lowering_scalar import truth
from workbench.equivalence.proof.substitution import rebuild
from workbench.equivalence.proof.terms import Col, Expr, Unsupported
from workbench.equivalence.sqlite_reading import settled_check


@dataclass
class Checks:
    """Kinds of all columns, and what every row of a table obeys; a CHECK that cannot be read is not used."""

    kinds: dict[tuple[str, str], str] = field(default_factory=dict)
    by_table: dict[str, list[tuple[str, Expr]]] = field(default_factory=dict)

    def of(self, table: str, row: int) -> list[tuple[str, Expr]]:
        """The table's CHECKs as text, and as conditions on that row; none of them is false."""
        return [(text, rebuild(e, lambda c: Col(row, c.name, c.kind))) for text, e in self.by_table.get(table, ())]


_ROW = 0  # stands for the row of a check until it is renamed


_READ: dict[int, tuple[Catalog, Checks]] = {}
_KEPT = 8  # one or two catalogs are in use at a time


def _read(catalog: Catalog) -> Checks:
    checks = Checks()
    for table in catalog.tables:
        for column in table.columns:
            checks.kinds[table.name, column.name] = _kind(catalog, column.type, column.collation)
        checks.by_table[table.name] = [
            (f"CHECK ({c.expression}) of {table.name}", e)
            for c in table.checks
            if (e := _lowered(catalog, table, checks, c.expression)) is not None
        ]
    return checks


def _kind(catalog: Catalog, type_name: str, collation: str | None) -> str:
    try:
        return _column_kind(Context(catalog, catalog.dialect), type_name, collation)
    except Unsupported:
        return f"other {type_name}"


def _lowered(catalog: Catalog, table: Table, checks: Checks, text: str) -> Expr | None:
    columns: dict[tuple[str, str], Expr] = {
        (table.name, c.name): Col(_ROW, c.name, checks.kinds[table.name, c.name]) for c in table.columns
    }
    try:
        tree = sqlglot.parse_one(text, read=catalog.dialect)
        if catalog.dialect == "sqlite" and not settled_check(tree, table, catalog):
            return None
        return truth(Context(catalog, catalog.dialect), tree, Scope(columns))
    except (SqlglotError, Unsupported):
        return None  # a constraint that is not understood is simply not used


def checks_of(catalog: Catalog) -> Checks:
    """The catalog's checks, read once."""
    known = _READ.get(id(catalog))
    if known is None or known[0] is not catalog:
        if len(_READ) >= _KEPT:
            _READ.pop(next(iter(_READ)))
        known = _READ[id(catalog)] = (catalog, _read(catalog))
    return known[1]
