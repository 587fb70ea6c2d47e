"""Rows for the tables of a catalog, table by table: keys first, then references, then the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from random import Random

from workbench.catalog.table import Catalog, ForeignKey, Table
from workbench.equivalence.generation.hints import Hints
from workbench.equivalence.generation.order import referenced, table_order
from workbench.equivalence.generation.plans import TablePlan
from workbench.equivalence.generation.rows import TableFiller
from workbench.values import Wire
from workbench.verdict import TableRows


class DataPlan:
    """What stays the same from one generated database to the next: order, parsed checks, keys."""

    def __init__(self, catalog: Catalog, tables: Iterable[str] | None = None, hints: Hints | None = None) -> None:
        """``tables``: those to fill; those they must refer to are added. All by default."""
        wanted = [t.name for t in catalog.tables] if tables is None else list(tables)
        self.catalog = catalog
        self.asked = frozenset(wanted)
        self.referred = {key.target for table in catalog.tables for key in table.foreign_keys}
        self.order = table_order(catalog, referenced(catalog, wanted))
        hints = _along_references(self.order, hints or Hints())
        self.plans = {t.name: TablePlan(t, catalog.dialect, hints) for t in self.order}

    def database(
        self, seed: int, rows_per_table: int | Mapping[str, int], variety: int = 4, crowded: bool = False
    ) -> tuple[TableRows, ...]:
        """A database; ``variety``: how many values a column draws from (few: more ties and matches).

        ``crowded``: half as many rows in tables that others refer to, so that each has more of the others.
        """
        random = Random(seed)
        filled: dict[str, list[dict[str, Wire]]] = {}
        later: dict[str, TableFiller] = {}
        for table in self.order:
            count = rows_per_table.get(table.name, 2) if isinstance(rows_per_table, Mapping) else rows_per_table
            if crowded and table.name in self.referred:
                count = (count + 1) // 2
            filler = TableFiller(self.plans[table.name], random, filled, variety, self.order)
            filled[table.name] = filler.fill(count)
            later[table.name] = filler
        for name, filler in later.items():
            filler.join_later(filled[name])
        _drop_dangling(self.order, filled)
        return tuple(_rows(table, filled[table.name]) for table in self.order)


def generate_database(
    catalog: Catalog,
    seed: int,
    rows_per_table: int | Mapping[str, int],
    hints: Hints | None = None,
    tables: Iterable[str] | None = None,
    variety: int = 4,
) -> tuple[TableRows, ...]:
    """Rows that satisfy the catalog's constraints, referenced tables before referring ones.

    A check that uses more than comparisons, arithmetic, LIKE and a few functions is left to the database: its
    ``Refused`` asks for another seed.
    """
    return DataPlan(catalog, tables, hints).database(seed, rows_per_table, variety)


def _drop_dangling(tables: list[Table], filled: dict[str, list[dict[str, Wire]]]) -> None:
    """Leave out rows that refer to none, and then those that referred to them: what a cycle may leave behind."""
    size = -1
    while size != sum(map(len, filled.values())):
        size = sum(map(len, filled.values()))
        for table in tables:
            for key in (k for k in table.foreign_keys if k.target in filled):
                held = {repr([row[c] for c in key.target_columns]) for row in filled[key.target]}
                filled[table.name] = [row for row in filled[table.name] if _refers(row, key, held)]


def _refers(row: dict[str, Wire], key: ForeignKey, held: set[str]) -> bool:
    values = [row[c] for c in key.columns]
    return any(value is None for value in values) or repr(values) in held


def _along_references(tables: Iterable[Table], hints: Hints) -> Hints:
    """What a referring column is compared with is worth having in the key it refers to."""
    columns = dict(hints.columns)
    for table in tables:
        for key in table.foreign_keys:
            for own, target in zip(key.columns, key.target_columns, strict=True):
                found = hints.columns.get((table.name, own), ())
                columns[key.target, target] = (*columns.get((key.target, target), ()), *found)
    return Hints(columns, hints.anywhere)


def _rows(table: Table, rows: list[dict[str, Wire]]) -> TableRows:
    columns = tuple(column.name for column in table.columns if column.generated is None)
    return TableRows(table.name, columns, tuple(tuple(row[c] for c in columns) for row in rows))
