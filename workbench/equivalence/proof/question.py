"""One question to z3 and what it is about: rows at hand, formulas met, facts known."""

from __future__ import annotations

from dataclasses import dataclass, field

from workbench.catalog.table import Catalog
from workbench.equivalence.proof.checks import checks_of
from workbench.equivalence.proof.encoding import Encoder
from workbench.equivalence.proof.smt import TRUE, Formula
from workbench.equivalence.proof.terms import Agg, Col, Exists, Expr, Source, TableSource


@dataclass(slots=True)
class Row:
    """A row at hand: its source, and the condition under which it is one."""

    source: Source
    guard: Formula = TRUE
    depth: int = 0


@dataclass
class Question:
    """What is known of some rows; every fact is true of all databases that obey the constraints."""

    catalog: Catalog
    rows: dict[int, Row]
    encoder: Encoder = field(init=False)
    depth: dict[Exists | Agg, int] = field(default_factory=dict)
    done: set[object] = field(default_factory=set)
    facts: list[Formula] = field(default_factory=list)
    instances: int = 0

    def __post_init__(self) -> None:
        self.encoder = Encoder(self._not_null)

    def _not_null(self, column: Col) -> bool:
        row = self.rows.get(column.row)
        if row is None or not isinstance(row.source, TableSource):
            return False
        table = self.catalog.table(row.source.name)
        key = table.primary_key
        in_key = key is not None and column.name in key.columns and self.catalog.dialect == "postgres"
        return in_key or not table.column(column.name).nullable

    def once(self, key: object) -> bool:
        """True the first time it is asked of a key."""
        if key in self.done:
            return False
        self.done.add(key)
        return True

    def fact(self, formula: Formula) -> None:
        """Note something true of every database that obeys the constraints."""
        if formula != TRUE:
            self.facts.append(formula)

    def column(self, row: int, name: str) -> Expr:
        """A column of a row of a table."""
        source = self.rows[row].source
        assert isinstance(source, TableSource)
        return Col(row, name, checks_of(self.catalog).kinds[source.name, name])

    def tables(self) -> list[tuple[int, str]]:
        """The rows at hand that are rows of tables, with their tables."""
        return [(n, r.source.name) for n, r in self.rows.items() if isinstance(r.source, TableSource)]
