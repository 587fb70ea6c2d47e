"""Whole rows out of the few columns somebody cares about: every key, check and reference of the table holds."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from random import Random

from workbench.catalog.table import Catalog, Column, ForeignKey, Key, Table
from workbench.equivalence.engine import Refused
from workbench.equivalence.generation.conditions import holds
from workbench.equivalence.generation.hints import Hints
from workbench.equivalence.generation.order import must_refer
from workbench.equivalence.generation.plans import TablePlan, key_mark
from workbench.equivalence.generation.pools import further
from workbench.values import Wire
from workbench.verdict import TableRows

_ATTEMPTS = 40  # draws for one row before it is refused
_NULL_SHARE = 0.5
_MOST_DEEP = 12  # references followed for one row; deeper is a cycle that no row can enter


class Completer:
    """Collects rows, table by table; the same calls with the same seed make the same rows."""

    def __init__(self, catalog: Catalog, seed: int = 1, first: int = 1, known: Iterable[TableRows] = ()) -> None:
        """``known``: rows that the tables hold already; ``first``: where whole-number keys begin, past those."""
        self._catalog, self._random, self._first = catalog, Random(seed), first
        self._plans: dict[str, TablePlan] = {}
        self._seen: dict[str, list[set[Hashable]]] = {}
        self._known = {t.table: [dict(zip(t.columns, row, strict=True)) for row in t.rows] for t in known}
        self.rows: dict[str, list[dict[str, Wire]]] = {}  # made here

    def add(self, table: str, given: Mapping[str, Wire], deep: int = 0) -> dict[str, Wire]:
        """A row with the ``given`` columns. ``Refused`` where the table's constraints leave no room for one."""
        plan, number = self._plan(table), self._first + len(self.rows.setdefault(table, []))
        referring = self._references(plan.table, given, deep)
        for attempt in range(_ATTEMPTS):
            row = {column.name: self._value(plan, column, number, attempt) for column in plan.columns}
            row |= referring | dict(given)
            if self._fits(plan, row):
                break
        else:
            raise Refused(f"no row of {table} with {dict(given)} obeys its constraints")
        self._remember(plan, row)
        self.rows[table].append(row)
        return row

    def possible(self, table: str, given: Mapping[str, Wire]) -> bool:
        """Whether no check of the table refuses these columns; what other columns decide is possible."""
        return all(holds(check, given) is not False for check in self._plan(table).checks)

    def any(self, table: str, deep: int = 0) -> dict[str, Wire]:
        """Some row of the table: the first one, made where there is none."""
        return next(iter(self.all(table)), None) or self.add(table, {}, deep)

    def all(self, table: str) -> list[dict[str, Wire]]:
        """The rows that were there, then those made."""
        return [*self._known.get(table, ()), *self.rows.get(table, ())]

    def tables(self) -> tuple[TableRows, ...]:
        """All rows made."""
        made = ((name, [c.name for c in self._plans[name].columns if c.generated is None]) for name in self.rows)
        return tuple(
            TableRows(name, tuple(columns), tuple(tuple(row[c] for c in columns) for row in self.rows[name]))
            for name, columns in made
        )

    def _plan(self, table: str) -> TablePlan:
        if table not in self._plans:
            self._plans[table] = TablePlan(self._catalog.table(table), self._catalog.dialect, Hints())
            self._seen[table] = [set() for _ in self._plans[table].uniques]
        return self._plans[table]

    def _references(self, table: Table, given: Mapping[str, Wire], deep: int) -> dict[str, Wire]:
        """What the foreign keys that nobody gave refer to: nothing where that may be, else some row."""
        found: dict[str, Wire] = {}
        for key in table.foreign_keys:
            if not any(name in given for name in key.columns):
                found |= self._refer(table, key, deep)
        return found

    def _refer(self, table: Table, key: ForeignKey, deep: int) -> dict[str, Wire]:
        if not must_refer(table, key):
            return dict.fromkeys((name for name in key.columns if table.column(name).nullable), None)
        if deep > _MOST_DEEP or key.target not in self._catalog:
            raise Refused(f"{table.name} refers to {key.target}, where no row can be made")
        alone = any(set(key.columns) == set(unique.columns) for unique in _keys(table))
        target = self.add(key.target, {}, deep + 1) if alone else self.any(key.target, deep + 1)
        return {own: target[there] for own, there in zip(key.columns, key.target_columns, strict=True)}

    def _value(self, plan: TablePlan, column: Column, number: int, attempt: int) -> Wire:
        if column.name in plan.keyed:
            return further(column, number + attempt)
        if column.nullable and self._random.random() < _NULL_SHARE:
            return None
        if attempt > _ATTEMPTS // 2 and any(column.name in key.columns for key in plan.table.uniques):
            return further(column, number + attempt)
        return self._random.choice(plan.pools[column.name])

    def _fits(self, plan: TablePlan, row: Mapping[str, Wire]) -> bool:
        if any(row[c.name] is None for c in plan.columns if not c.nullable and not c.generated):
            return False
        if any(holds(check, row) is False for check in plan.checks):
            return False
        marks = zip(self._marks(plan, row), self._seen[plan.table.name], strict=True)
        return all(mark is None or mark not in seen for mark, seen in marks)

    def _remember(self, plan: TablePlan, row: Mapping[str, Wire]) -> None:
        for mark, seen in zip(self._marks(plan, row), self._seen[plan.table.name], strict=True):
            seen.add(mark)

    def _marks(self, plan: TablePlan, row: Mapping[str, Wire]) -> list[Hashable | None]:
        return [key_mark(parts, condition, distinct, row) for parts, condition, distinct in plan.uniques]


def _keys(table: Table) -> list[Key]:
    return [*table.uniques, *([table.primary_key] if table.primary_key else [])]
