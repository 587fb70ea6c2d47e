"""Relations over symbolic tables: the proof's terms, with every row variable standing for each row it may be.

The terms are those of the unbounded proof (one lowering, two uses). There EXISTS and aggregates are unknown functions
of which something is known; here a relation has finitely many rows, so both are written out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from workbench.equivalence.bounded.folds import CHOSEN, FOLDS, total
from workbench.equivalence.bounded.tables import Slot, Tables
from workbench.equivalence.proof.encoding import Encoder, Pair
from workbench.equivalence.proof.smt import (
    BOOL,
    FALSE,
    INT,
    REAL,
    TRUE,
    Formula,
    Value,
    conjunction,
    disjunction,
    negation,
    real,
)
from workbench.equivalence.proof.substitution import rename_rows
from workbench.equivalence.proof.terms import (
    Agg,
    Col,
    Distinct,
    Exists,
    Expr,
    Opaque,
    Source,
    TableSource,
    Term,
    Terms,
    Unsupported,
    fresh_row,
)

MOST_ROWS = 400  # of one relation written out; a formula of more is not solved within the bounds anyway
MOST_WRITTEN = 20_000  # rows of all relations of a pair


class Row(NamedTuple):
    """A row that a relation may yield."""

    present: Formula
    outputs: tuple[Expr, ...]


class TableEncoder(Encoder):
    """Encodes expressions whose relations range over the slots of ``tables``."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(self._never_null)
        self.tables = tables
        self.written = 0
        self._bags: dict[Terms, list[Row]] = {}
        self._sources: dict[Source, list[Slot]] = {}

    def _never_null(self, column: Col) -> bool:
        table = self.tables.table_of.get(column.row)
        if table is None:
            return False
        key = table.primary_key
        in_key = key is not None and column.name in key.columns and self.tables.catalog.dialect == "postgres"
        return in_key or not table.column(column.name).nullable

    def bag(self, terms: Terms) -> list[Row]:
        """The rows a relation may yield. ``Unsupported`` where there are too many, or what it is of is not known."""
        if terms not in self._bags:
            found = [row for term in terms for row in self._rows(term, ())]
            if len(found) > MOST_ROWS:
                raise Unsupported("too many rows to write out")
            self._bags[terms] = found
        return self._bags[terms]

    def _rows(self, term: Term, present: tuple[Formula, ...]) -> Iterator[Row]:
        """The first source's rows one by one, with the rest of the term for each: a source may mention those before."""
        if not term.sources:
            self._count()
            holds = conjunction(*present, *(self.true(condition) for condition in term.where))
            if holds != FALSE:
                yield Row(self.script.shared(Value(holds, BOOL)).text, term.outputs)
            return
        (bound, source), *rest = term.sources
        for slot in self._slots(source):
            moved = rename_rows(Term(tuple(rest), term.where, term.outputs), {bound: slot.row})
            yield from self._rows(moved, (*present, slot.present))

    def _count(self) -> None:
        self.written += 1
        if self.written > MOST_WRITTEN:
            raise Unsupported("too many rows to write out")

    def _slots(self, source: Source) -> list[Slot]:
        if isinstance(source, TableSource):
            return self.tables.slots[source.name]
        if source not in self._sources:
            self._sources[source] = list(self._derived(source))
        return self._sources[source]

    def _derived(self, source: Distinct | Opaque) -> Iterator[Slot]:
        """A row of its own for each row of a relation that is not a table."""
        if isinstance(source, Distinct):
            rows = self.bag(source.body)
            for index, row in enumerate(rows):
                before = self._alike(row, rows[:index])
                yield self._named(row, conjunction(row.present, *map(negation, before)))
            return
        choose = CHOSEN.get(source.what)
        if choose is None:
            raise Unsupported(f"{source.what.split(' of ')[0]} without a total order")
        left, right = (self.bag(body) for body in source.bodies)
        for index, row in enumerate(left):
            rank = total([*self._alike(row, left[:index]), TRUE])
            others = total(self._alike(row, right))
            yield self._named(row, conjunction(row.present, choose(rank, others)))

    def _alike(self, row: Row, others: list[Row]) -> list[Formula]:
        """Of each other row: is it there, and the same?"""
        return [
            conjunction(o.present, *(self.same(a, b) for a, b in zip(row.outputs, o.outputs, strict=True)))
            for o in others
        ]

    def _named(self, row: Row, present: Formula) -> Slot:
        """The row under a row variable, its outputs as columns "0", "1" …"""
        slot = Slot(fresh_row(), self.script.shared(Value(present, BOOL)).text)
        for place, output in enumerate(row.outputs):
            self.columns[slot.row, str(place)] = self.pair(output)
        return slot

    def _column(self, column: Col) -> Pair:
        """A column of a derived row may be of a wider kind than the output it came from."""
        null, value = super()._column(column)
        return null, self.brought_to(value, null, self.script.sort_of(column.kind))

    def brought_to(self, value: Value, null: Formula, sort: str) -> Value:
        """The value at a sort; where it is NULL, any value of that sort will do."""
        if value.sort == sort:
            return value
        if value.sort == INT and sort == REAL:
            return real(value)
        if null == TRUE:
            return self.script.default(sort)
        raise Unsupported(f"a value of sort {value.sort} where {sort} is expected")

    def _atom(self, atom: Exists | Agg) -> Pair:
        rows = self.bag(atom.body)
        if isinstance(atom, Exists):
            return FALSE, self.script.shared(Value(disjunction(*(row.present for row in rows)), BOOL))
        fold = FOLDS.get(atom.op)
        if fold is None:
            raise Unsupported(f"the aggregate {atom.op.removeprefix('bag ')}")
        sort = self.script.sort_of(atom.kind)
        values = []
        for row in rows:
            null, value = self.pair(row.outputs[0])
            values.append((row.present, null, self.brought_to(value, null, sort)))
        null, value = fold(self, values, sort)
        return null, self.script.shared(value)
