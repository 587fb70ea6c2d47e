"""The rows of one table: drawn from small pools, refused while a key, a check or an index would be broken."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from random import Random
from typing import TypeAlias

from workbench.catalog.table import Column, ForeignKey, Table
from workbench.equivalence.generation.conditions import holds
from workbench.equivalence.generation.order import must_refer
from workbench.equivalence.generation.plans import TablePlan, key_mark
from workbench.equivalence.generation.pools import further
from workbench.values import Wire

Row: TypeAlias = dict[str, Wire]
Filled: TypeAlias = Mapping[str, list[Row]]
_ATTEMPTS = 40  # draws for one row before it is left out
_NULL_SHARE = 0.25


class TableFiller:
    """Fills one table of one database."""

    def __init__(self, plan: TablePlan, random: Random, filled: Filled, variety: int, order: list[Table]) -> None:
        self.plan, self.random, self.filled, self.variety = plan, random, filled, variety
        self.table = plan.table
        self.present = {table.name for table in order}
        self.seen: list[set[Hashable]] = [set() for _ in plan.uniques]
        self.owed: list[ForeignKey] = []
        self.pools = {name: self._small(values) for name, values in plan.pools.items()}

    def _small(self, values: list[Wire]) -> list[Wire]:
        """A few of the candidates, the first ones (hints) more often than the last."""
        weights = [1 / (1 + index / 4) for index in range(len(values))]
        chosen = self.random.choices(range(len(values)), weights, k=self.variety)
        return [values[index] for index in dict.fromkeys(chosen)]

    def fill(self, count: int) -> list[Row]:
        """Up to ``count`` rows; fewer where keys or checks leave no room."""
        rows: list[Row] = []
        for number in range(count):
            row = next((r for a in range(_ATTEMPTS) if self._fits(r := self._draw(number, a, rows))), None)
            if row is not None:
                self._remember(row)
                rows.append(row)
        self.random.shuffle(rows)
        return rows

    def _draw(self, number: int, attempt: int, rows: list[Row]) -> Row:
        row = {column.name: self._value(column, number, attempt) for column in self.plan.columns}
        for key in self.table.foreign_keys:
            self._refer(row, key, rows)
        return row

    def _value(self, column: Column, number: int, attempt: int) -> Wire:
        if column.name in self.plan.keyed:
            return self._key_value(column, number, attempt)
        if column.nullable and self.random.random() < _NULL_SHARE:
            return None
        wide = attempt > _ATTEMPTS // 2
        candidates = self.plan.pools[column.name] if wide else self.pools[column.name]
        return self.random.choice(candidates)

    def _key_value(self, column: Column, number: int, attempt: int) -> Wire:
        """A unique column: small numbers, pool values now and then, NULL where allowed."""
        if column.nullable and self.random.random() < _NULL_SHARE:
            return None
        if attempt < _ATTEMPTS // 2 and self.random.random() < 0.5:
            return self.random.choice(self.plan.pools[column.name])
        return further(column, number + 1 + (attempt if attempt > 2 else 0))

    def _refer(self, row: Row, key: ForeignKey, rows: list[Row]) -> None:
        own = key.target == self.table.name
        parents = rows if own else self.filled.get(key.target, [])
        required = must_refer(self.table, key)
        if parents and (required or self.random.random() >= _NULL_SHARE):
            parent = self.random.choice(parents)
            row.update({c: parent[t] for c, t in zip(key.columns, key.target_columns, strict=True)})
        elif own and required:
            row.update({c: row[t] for c, t in zip(key.columns, key.target_columns, strict=True)})
        elif required and key not in self.owed:
            self.owed.append(key)  # a cycle of required references: settled once the target has rows
        elif not required:
            row.update({c: None for c in key.columns if self.table.column(c).nullable})

    def join_later(self, rows: list[Row]) -> None:
        """References to tables that were filled after this one, and to later rows of its own."""
        for key in self.table.foreign_keys:
            for row in rows:
                owed = key in self.owed
                if not owed and (self.random.random() < 0.5 or key.target not in self.present):
                    continue
                old, before = dict(row), self._marks(row)
                parents = self.filled.get(key.target, [])
                if parents and (owed or all(row[c] is None for c in key.columns)):
                    parent = self.random.choice(parents)
                    row.update({c: parent[t] for c, t in zip(key.columns, key.target_columns, strict=True)})
                    self._settle(row, old, before)

    def _settle(self, row: Row, old: Row, before: list[Hashable | None]) -> None:
        """Keep a changed row if it fits; put it back otherwise."""
        for seen, mark in zip(self.seen, before, strict=True):
            seen.discard(mark)
        if not self._fits(row):
            row.update(old)
        self._remember(row)

    def _fits(self, row: Row) -> bool:
        required = [c for c in self.table.columns if not c.nullable and not c.generated]
        if any(row[column.name] is None for column in required):
            return False
        if any(holds(check, row) is False for check in self.plan.checks):
            return False
        return all(mark is None or mark not in seen for mark, seen in zip(self._marks(row), self.seen, strict=True))

    def _remember(self, row: Row) -> None:
        for mark, seen in zip(self._marks(row), self.seen, strict=True):
            if mark is not None:
                seen.add(mark)

    def _marks(self, row: Row) -> list[Hashable | None]:
        return [key_mark(parts, condition, distinct, row) for parts, condition, distinct in self.plan.uniques]
