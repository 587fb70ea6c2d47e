"""The encoding of a search: every value is one that a database can hold, and known functions are computed."""

from __future__ import annotations

from fractions import Fraction

from workbench.equivalence.bounded.domains import SYMBOLIC, Domains, moment
from workbench.equivalence.bounded.encoding import TableEncoder
from workbench.equivalence.bounded.folds import total
from workbench.equivalence.bounded.interpretation import average, interpreted
from workbench.equivalence.bounded.tables import Tables
from workbench.equivalence.proof.constants import Constants, _number
from workbench.equivalence.proof.encoding import Pair
from workbench.equivalence.proof.kind_sorts import KindScript
from workbench.equivalence.proof.smt import BOOL, FALSE, INT, REAL, Formula, implication, negation, rational, real
from workbench.equivalence.proof.terms import Agg, App, Const, Exists, Expr, Unsupported


class ModelScript(KindScript):
    """Numbers of any type are numbers here."""

    def sort_of(self, kind: str) -> str:
        """The sort of a kind."""
        return REAL if kind in ("float", "numeric") else super().sort_of(kind)


class Placed(Constants):
    """Constants with their places in the order of their kind."""

    def __init__(self, script: KindScript, domains: Domains) -> None:
        super().__init__(script)
        self.domains = domains

    def pair(self, const: Const) -> Pair:
        """(is NULL, value) of the constant."""
        place = self._place(const)
        return (FALSE, rational(place)) if place is not None else super().pair(const)

    def _place(self, const: Const) -> Fraction | None:
        if const.kind in SYMBOLIC and isinstance(const.value, str):
            return self.domains.symbols.place(const.value)
        if const.kind == "timestamptz" and isinstance(const.value, str):
            found = moment(const.value)
            return None if found is None else Fraction(found)
        if const.kind == "float" and const.value is not None:
            return _number(Const(const.value, "numeric"))
        return None


class ModelEncoder(TableEncoder):
    """As ``TableEncoder``, over the domains of a search."""

    def __init__(self, tables: Tables, domains: Domains) -> None:
        super().__init__(tables)
        self.script = ModelScript()
        self.domains = domains
        self.constants = Placed(self.script, domains)

    def texts(self) -> dict[Fraction, str]:
        """Every text that a cell of the tables may hold, by place."""
        found: dict[Fraction, str] = {}
        for table in self.tables.tables:
            for column in table.columns:
                if self.tables.column(self.tables.slots[table.name][0], column.name).kind == "text":
                    for place in self.domains.texts(column):
                        found[place] = self.domains.symbols.text(place) or ""
        return found

    def domain_facts(self) -> list[Formula]:
        """Every cell met holds a value of its domain."""
        facts = []
        for (row, name), (null, value) in self.columns.items():
            table = self.tables.table_of.get(row)
            if table is not None:
                kind = self.tables.column(next(s for s in self.tables.slots[table.name] if s.row == row), name).kind
                within = self.domains.formula(table.column(name), kind, value)
                facts.append(implication(negation(null), within))
        return facts

    def _encode(self, expr: Expr) -> Pair:
        found = interpreted(self, expr) if isinstance(expr, App) and expr.op.startswith("fn ") else None
        fits = found is not None and (found[1].sort == BOOL) == (expr.kind == "bool")
        return found if found is not None and fits else super()._encode(expr)

    def _atom(self, atom: Exists | Agg) -> Pair:
        """Aggregates of inexact numbers as if they were exact."""
        if isinstance(atom, Agg) and atom.op.startswith("bag "):
            name = atom.op.removeprefix("bag ")
            if name == "avg":
                rows = self.bag(atom.body)
                summed = super()._atom(Agg("sum", atom.body, atom.kind))[1]
                if summed.sort not in (INT, REAL):
                    raise Unsupported(f"an average of values of kind {atom.kind}")
                counted = total([row.present for row in rows])
                return FALSE, self.script.shared(average(real(summed), counted, len(rows)))
            atom = Agg(name, atom.body, atom.kind)
        return super()._atom(atom)
