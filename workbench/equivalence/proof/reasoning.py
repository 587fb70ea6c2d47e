"""What holds for given rows: hypotheses, constraints and finitely many instances of nested EXISTS, decided by z3.

Only consequences are ever added, so an unsatisfiable negated goal is a proof. EXISTS gives a witness row of its own
(under its truth); every row at hand that satisfies a body makes its EXISTS true. Constraints are stated of each row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import islice, product
from typing import Any

import z3

from workbench.catalog.table import Catalog
from workbench.equivalence.proof.checks import checks_of
from workbench.equivalence.proof.determined import determines, keys_of
from workbench.equivalence.proof.encoding import Encoder
from workbench.equivalence.proof.shapes import Shape
from workbench.equivalence.proof.terms import (
    Agg,
    Col,
    Const,
    Exists,
    Expr,
    Source,
    TableSource,
    Term,
    fresh_row,
    freshen,
    rename_rows,
)

DEPTH = 2  # how deep nested atoms are unfolded
INSTANCES = 300  # how many instances of EXISTS bodies one question may use
Goal = Expr | tuple[Expr, Expr]


@dataclass
class Effort:
    """Bounds that do not depend on the machine: z3's resource units a question, and the number of questions."""

    rlimit: int = 2_000_000
    questions: int = 160
    asked: int = 0
    units: int = 0
    expired: Callable[[], bool] = lambda: False  # the clock's fuse, for a caller's budget

    def spent(self) -> bool:
        """Whether no further question may be asked."""
        return self.asked >= self.questions or self.expired()


@dataclass
class Row:
    """A row at hand: its source, and the condition under which it is one."""

    source: Source
    guard: Any
    depth: int


@dataclass
class Question:
    """One z3 question: do these hypotheses, of these rows, imply the goals?"""

    catalog: Catalog
    effort: Effort
    rows: dict[int, Row]
    encoder: Encoder = field(init=False)
    depth: dict[Exists | Agg, int] = field(default_factory=dict)
    done: set[Any] = field(default_factory=set)
    facts: list[Any] = field(default_factory=list)
    instances: int = 0

    def __post_init__(self) -> None:
        self.encoder = Encoder(self._not_null)

    def _not_null(self, column: Col) -> bool:
        row = self.rows.get(column.row)
        if row is None or not isinstance(row.source, TableSource):
            return False
        table = self.catalog.table(row.source.name)
        in_key = (
            table.primary_key is not None
            and column.name in table.primary_key.columns
            and self.catalog.dialect == "postgres"
        )
        return in_key or not table.column(column.name).nullable

    def decide(self, formulas: list[Any]) -> bool:
        """Whether the formulas contradict each other, first alone, then with all that is known of their atoms."""
        solver = z3.SimpleSolver()
        solver.set("rlimit", self.effort.rlimit)
        solver.add(*formulas, *self.encoder.facts, *self.encoder.distinctness())
        self.effort.asked += 1
        if solver.check() == z3.unsat:
            return True
        self._unfold()
        solver.add(*self.facts, *self.encoder.facts, *self.encoder.distinctness())
        self.effort.asked += 1
        return bool(solver.check() == z3.unsat)

    def _unfold(self) -> None:
        """Add witnesses, instances and constraints until nothing new comes within the depth."""
        for level in range(DEPTH + 1):
            for atom in list(self.encoder.atoms):
                self.depth.setdefault(atom, level)
            for atom, value in list(self.encoder.atoms.items()):
                if self.depth[atom] <= level and ("witness", atom) not in self.done:
                    self.done.add(("witness", atom))
                    _ATOM_FACTS[type(atom)](self, atom, value, level)
            self._promised_rows(level)
            self._instantiate()
        self._constraints()

    def fact(self, formula: Any) -> None:
        """Something true of every database that obeys the constraints."""
        self.facts.append(formula)

    def witness(self, terms: tuple[Term, ...], holds: Any, level: int, value: Any = None) -> None:
        """Where ``holds``, some row of some term satisfies its body (and yields ``value``)."""
        selectors = []
        for term in freshen(terms):
            selector = z3.FreshConst(z3.BoolSort(), "w")
            selectors.append(selector)
            self.rows |= {r: Row(s, selector, level + 1) for r, s in term.sources}
            body = [self.encoder.true(w) for w in term.where]
            if value is not None:
                null, found = self.encoder.pair(term.outputs[0])
                body += [z3.Not(null), found == value] if found.sort() == value.sort() else []
            self.fact(z3.Implies(selector, z3.And(holds, *body)))
        self.fact(z3.Implies(holds, z3.Or(*selectors)))

    def _promised_rows(self, level: int) -> None:
        """A foreign key that is not NULL leads to a row, where some EXISTS asks for that table."""
        asked = {s.name for a in self.encoder.atoms for t in a.body for _, s in t.sources if isinstance(s, TableSource)}
        for number, row in list(self.rows.items()):
            if not isinstance(row.source, TableSource) or row.depth > DEPTH:
                continue
            table = self.catalog.table(row.source.name)
            for fk in table.foreign_keys:
                if fk.target in asked and fk.target in self.catalog and ("fk", number, fk) not in self.done:
                    self.done.add(("fk", number, fk))
                    self._promise(number, row, fk, level)

    def _promise(self, number: int, row: Row, fk: Any, level: int) -> None:
        target = fresh_row()
        source = TableSource(fk.target)
        pairs = [
            (self._col(number, row.source, a), self._col(target, source, b))
            for a, b in zip(fk.columns, fk.target_columns, strict=True)
        ]
        present = z3.And(row.guard, *(z3.Not(self.encoder.pair(a)[0]) for a, _ in pairs))
        self.rows[target] = Row(source, present, row.depth + 1)
        self.fact(z3.Implies(present, z3.And(*(self.encoder.same(a, b) for a, b in pairs))))

    def _col(self, row: int, source: Source, name: str) -> Col:
        assert isinstance(source, TableSource)
        return Col(row, name, checks_of(self.catalog).kinds[source.name, name])

    def _instantiate(self) -> None:
        """Rows at hand that satisfy a body make its EXISTS true (a MIN at most, a MAX at least their value)."""
        for atom, value in list(self.encoder.atoms.items()):
            if isinstance(atom, Agg) and atom.op not in ("min", "max", "single"):
                continue
            if self.depth.get(atom, DEPTH + 1) > DEPTH:
                continue
            for term in atom.body:
                for rows in islice(self._bindings(term), 64):
                    if self.instances < INSTANCES and (atom, term, rows) not in self.done:
                        self.done.add((atom, term, rows))
                        self.instances += 1
                        self._instance(atom, value, term, rows)

    def _bindings(self, term: Term) -> Any:
        candidates = []
        for _, source in term.sources:
            candidates.append([n for n, r in self.rows.items() if _alike(r.source, source)])
        return product(*candidates)

    def _instance(self, atom: Exists | Agg, value: Any, term: Term, rows: tuple[int, ...]) -> None:
        moved = rename_rows(term, {r: n for (r, _), n in zip(term.sources, rows, strict=True)})
        holds = z3.And(*(self.rows[n].guard for n in rows), *(self.encoder.true(w) for w in moved.where))
        if isinstance(atom, Exists):
            self.fact(z3.Implies(holds, value))
            return
        null, found = self.encoder.pair(moved.outputs[0])
        bound = found == value if atom.op == "single" else value <= found if atom.op == "min" else found <= value
        if found.sort() == value.sort() and (atom.op == "single" or not z3.is_bool(found)):
            self.fact(z3.Implies(z3.And(holds, z3.Not(null)), bound))

    def _constraints(self) -> None:
        """CHECKs are not false of any row; rows that agree on a key agree on every column met."""
        for number, row in list(self.rows.items()):
            if isinstance(row.source, TableSource):
                for check in checks_of(self.catalog).of(row.source.name, number):
                    null, value = self.encoder.pair(check)
                    self.fact(z3.Implies(row.guard, z3.Or(null, value)))
        tables: dict[str, list[int]] = {}
        for number, row in self.rows.items():
            if isinstance(row.source, TableSource):
                tables.setdefault(row.source.name, []).append(number)
        for name, numbers in tables.items():
            for i, first in enumerate(numbers[:12]):
                for second in numbers[i + 1 : 12]:
                    self._one_row(name, first, second)

    def _one_row(self, name: str, first: int, second: int) -> None:
        met = {c for r, c in self.encoder.columns if r in (first, second)}
        source = TableSource(name)
        together = [self.rows[first].guard, self.rows[second].guard]
        for key in keys_of(self.catalog.table(name)):
            if not set(key) <= met | set(key) or not met - set(key):
                continue
            agree = [self._strictly_equal(self._col(first, source, c), self._col(second, source, c)) for c in key]
            same = [
                self.encoder.same(self._col(first, source, c), self._col(second, source, c))
                for c in sorted(met - set(key))
            ]
            self.fact(z3.Implies(z3.And(*together, *agree), z3.And(*same)))

    def _strictly_equal(self, left: Col, right: Col) -> Any:
        return z3.And(
            z3.Not(self.encoder.pair(left)[0]), z3.Not(self.encoder.pair(right)[0]), self.encoder.same(left, right)
        )


def _alike(one: Source, other: Source) -> bool:
    if isinstance(one, TableSource) or isinstance(other, TableSource):
        return one == other
    return _text(one) == _text(other)


def _text(source: Source) -> str:
    shape = Shape()
    text = shape.source(source)
    return text + repr(sorted(shape.free.items(), key=lambda i: i[1]))


def _exists_facts(question: Question, atom: Exists, value: Any, level: int) -> None:
    question.witness(atom.body, value, level)


def _aggregate_facts(question: Question, atom: Agg, value: Any, level: int) -> None:
    """A count is at least 0, above 0 where there is a row, at most 1 over a key; an extreme is one of its values."""
    body = tuple(replace(t, outputs=()) for t in freshen(atom.body))
    some = question.encoder.pair(Exists(body))[1]
    if atom.op in ("min", "max", "single"):
        question.witness(atom.body, some, level, value)
    if atom.op != "sum" or len(atom.body) != 1:
        return
    one_row = determines(question.catalog, atom.body[0], ())
    if atom.body[0].outputs[0] == Const(1, "int"):
        question.fact(value >= 0)
        question.fact((value > 0) == some)
        if one_row:
            question.fact(value <= 1)
    else:
        question.fact(z3.Implies(z3.Not(some), value == 0))
        if one_row:
            question.witness(atom.body, some, level, value)


_ATOM_FACTS: dict[type[Any], Any] = {Exists: _exists_facts, Agg: _aggregate_facts}


@dataclass
class Reasoner:
    """Asks whether goals follow from hypotheses about rows, within the effort allowed."""

    catalog: Catalog
    effort: Effort = field(default_factory=Effort)
    known: dict[Any, bool] = field(default_factory=dict)

    def implies(
        self,
        rows: dict[int, Source],
        hypotheses: list[Expr],
        goals: list[Goal],
        equal: tuple[tuple[Agg, Agg], ...] = (),
    ) -> bool:
        """Whether every goal holds (a pair: both values are the same) of any such rows; False also means unknown."""
        if not goals:
            return True
        if self.effort.spent():
            return False
        question = Question(self.catalog, self.effort, {r: Row(s, z3.BoolVal(True), 0) for r, s in rows.items()})
        encoder = question.encoder
        formulas = [encoder.true(h) for h in hypotheses]
        for left, right in equal:
            formulas.append(encoder.identical(left, right))
        wanted = [encoder.identical(*g) if isinstance(g, tuple) else encoder.true(g) for g in goals]
        return question.decide([*formulas, z3.Not(z3.And(*wanted))])
