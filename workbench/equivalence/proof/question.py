"""One question to z3 and what it is about: rows at hand, formulas met, facts known."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntFlag

from workbench.catalog.table import Catalog
from workbench.equivalence.proof.checks import checks_of
from workbench.equivalence.proof.encoding import Encoder
from workbench.equivalence.proof.smt import TRUE, Formula, Value, implication, negation
from workbench.equivalence.proof.terms import Agg, App, Col, Exists, Expr, Source, TableSource


class Sign(IntFlag):
    """How the formulas at hand mention an atom: those that need it true, those that need it false."""

    NONE = 0
    TRUE = 1
    FALSE = 2
    EITHER = 3

    def flipped(self) -> Sign:
        """Under a negation."""
        return self if self in (Sign.NONE, Sign.EITHER) else Sign.EITHER ^ self


@dataclass(slots=True)
class Row:
    """A row at hand: its source, and the condition under which it is one."""

    source: Source
    guard: Formula = TRUE
    depth: int = 0


_GROWING = frozenset({"and", "or", "istrue"})


@dataclass
class Question:
    """What is known of some rows; every fact is true of all databases that obey the constraints."""

    catalog: Catalog
    rows: dict[int, Row]
    encoder: Encoder = field(init=False)
    depth: dict[Exists | Agg, int] = field(default_factory=dict)
    signs: dict[str, Sign] = field(default_factory=dict)
    done: set[object] = field(default_factory=set)
    facts: list[Formula] = field(default_factory=list)
    by_constraint: dict[str, list[Formula]] = field(default_factory=dict)
    instances: int = 0
    tracked: bool = False  # NOT NULL as a fact by its name, so that an answer can say what it relied on

    def __post_init__(self) -> None:
        self.encoder = Encoder(self._not_null)

    def _not_null(self, column: Col) -> bool:
        row = self.rows.get(column.row)
        if row is None or not isinstance(row.source, TableSource) or not self._solid(row.source.name, column.name):
            return False
        if self.tracked:
            null = self.encoder.null_flag(column)
            self.fact(implication(row.guard, negation(null)), f"{row.source.name}.{column.name} NOT NULL")
        return not self.tracked

    def _solid(self, name: str, column: str) -> bool:
        table = self.catalog.table(name)
        key = table.primary_key
        in_key = key is not None and column in key.columns and self.catalog.dialect == "postgres"
        return in_key or not table.column(column).nullable

    def true(self, expr: Expr, sign: Sign = Sign.TRUE) -> Formula:
        """Where the expression is true; ``sign``: whether the formula around it needs that, or needs it not."""
        self.mention(expr, sign)
        return self.encoder.true(expr)

    def mention(self, expr: Expr, sign: Sign = Sign.EITHER) -> None:
        """Note the sign of each atom: what a true EXISTS implies matters to the first, what implies it to the second.

        AND, OR and IS TRUE are true the more often the more of their arguments are, NOT the less often.
        """
        if isinstance(expr, Exists | Agg):
            name = self.encoder.pair(expr)[1].text
            self.signs[name] = self.signs.get(name, Sign.NONE) | (sign if isinstance(expr, Exists) else Sign.EITHER)
        elif isinstance(expr, App):
            inner = sign if expr.op in _GROWING else sign.flipped() if expr.op == "not" else Sign.EITHER
            for arg in expr.args:
                self.mention(arg, inner)

    def needs_true(self, atom: Value) -> bool:
        """Whether something follows from the atom's truth that may matter."""
        return Sign.TRUE in self.signs.get(atom.text, Sign.NONE)

    def needs_false(self, atom: Value) -> bool:
        """Whether it may matter what makes the atom true."""
        return Sign.FALSE in self.signs.get(atom.text, Sign.NONE)

    def once(self, key: object) -> bool:
        """True the first time it is asked of a key."""
        if key in self.done:
            return False
        self.done.add(key)
        return True

    def fact(self, formula: Formula, constraint: str = "") -> None:
        """Note something true of every database that obeys the constraints; ``constraint``: the one it needs."""
        if formula != TRUE:
            (self.by_constraint.setdefault(constraint, []) if constraint else self.facts).append(formula)

    def column(self, row: int, name: str) -> Expr:
        """A column of a row of a table."""
        source = self.rows[row].source
        assert isinstance(source, TableSource)
        return Col(row, name, checks_of(self.catalog).kinds[source.name, name])

    def tables(self) -> list[tuple[int, str]]:
        """The rows at hand that are rows of tables, with their tables."""
        return [(n, r.source.name) for n, r in self.rows.items() if isinstance(r.source, TableSource)]
