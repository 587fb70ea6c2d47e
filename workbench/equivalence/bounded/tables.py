"""The symbolic tables: for each table k rows, present or not, that obey the catalog's constraints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from workbench.catalog.table import Catalog, ForeignKey, Key, Table
from workbench.equivalence.generation.order import referenced
from workbench.equivalence.proof.checks import checks_of
from workbench.equivalence.proof.smt import Formula, conjunction, disjunction, implication, negation
from workbench.equivalence.proof.terms import Col, fresh_row

if TYPE_CHECKING:
    from workbench.equivalence.bounded.encoding import TableEncoder


class Slot(NamedTuple):
    """A row that a relation may hold: the row variable of its columns, and the formula under which it is there."""

    row: int
    present: Formula


class Tables:
    """``rows`` slots for each of the tables named, and for each that these refer to."""

    def __init__(self, catalog: Catalog, named: Iterable[str], rows: int) -> None:
        self.catalog = catalog
        self.tables = referenced(catalog, named)
        self.slots = {t.name: [self._slot(t, n) for n in range(rows)] for t in self.tables}
        self.table_of = {slot.row: table for table in self.tables for slot in self.slots[table.name]}

    @staticmethod
    def _slot(table: Table, number: int) -> Slot:
        return Slot(fresh_row(), f"|{table.name.replace('|', '')}#{number}|")

    def declarations(self) -> list[str]:
        """The presence of each slot is an unknown truth value."""
        return [f"(declare-fun {slot.present} () Bool)" for slots in self.slots.values() for slot in slots]

    def column(self, slot: Slot, name: str) -> Col:
        """A column of a slot."""
        return Col(slot.row, name, checks_of(self.catalog).kinds[self.table_of[slot.row].name, name])

    def constraints(self, encoder: TableEncoder) -> Iterator[Formula]:
        """What every database of the catalog obeys; NOT NULL is in the columns themselves."""
        for table in self.tables:
            slots = self.slots[table.name]
            for first, second in pairwise(slots):
                yield implication(second.present, first.present)  # rows fill from the first: a set has no order
            for slot in slots:
                for _, check in checks_of(self.catalog).of(table.name, slot.row):
                    null, value = encoder.pair(check)
                    yield implication(slot.present, disjunction(null, value.text))
            for key in _keys(table):
                for one, other in combinations(slots, 2):
                    yield negation(conjunction(one.present, other.present, self._agree(encoder, key, one, other)))
            for foreign in table.foreign_keys:
                if foreign.target in self.slots:
                    yield from (self._refers(encoder, slot, foreign) for slot in slots)

    def _agree(self, encoder: TableEncoder, key: Key, one: Slot, other: Slot) -> Formula:
        """Both rows have one value of the key; NULL agrees with nothing unless the key says so."""
        pairs = [(self.column(one, name), self.column(other, name)) for name in key.columns]
        nulls = [encoder.pair(left)[0] for left, _ in pairs] if key.nulls_distinct else []
        return conjunction(*map(negation, nulls), *(encoder.same(*pair) for pair in pairs))

    def _refers(self, encoder: TableEncoder, slot: Slot, key: ForeignKey) -> Formula:
        """The row's reference is NULL or leads to a row."""
        own = [self.column(slot, name) for name in key.columns]
        found = [
            conjunction(
                target.present,
                *(encoder.same(a, self.column(target, b)) for a, b in zip(own, key.target_columns, strict=True)),
            )
            for target in self.slots[key.target]
        ]
        return implication(slot.present, disjunction(*(encoder.pair(column)[0] for column in own), *found))


def _keys(table: Table) -> Iterator[Key]:
    """Primary key, uniques, and unique indexes over plain columns."""
    yield from (*([table.primary_key] if table.primary_key else []), *table.uniques)
    for index in table.indexes:
        if index.unique and index.condition is None and all(part.is_column for part in index.parts):
            yield Key(tuple(part.expression for part in index.parts), nulls_distinct=index.nulls_distinct)
