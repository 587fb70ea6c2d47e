"""What a catalog's constraints say of the rows at hand: CHECKs, keys, and the rows that foreign keys promise."""

from __future__ import annotations

from itertools import combinations

from workbench.catalog.table import ForeignKey
from workbench.equivalence.proof.checks import checks_of
from workbench.equivalence.proof.determined import keys_of
from workbench.equivalence.proof.question import Question, Row
from workbench.equivalence.proof.smt import Formula, conjunction, disjunction, implication, negation
from workbench.equivalence.proof.terms import Col, Expr, TableSource, fresh_row
from workbench.equivalence.proof.traversal import walk
from workbench.equivalence.proof.workspace import foreign_key_text, key_text

DEPTH = 2  # how deep nested atoms are unfolded
_ROWS = 12  # rows of a table of which keys are stated


def state_constraints(question: Question) -> None:
    """CHECKs are not false of any row; rows that agree on a key agree on every column that both mention."""
    for number, table in question.tables():
        for text, check in checks_of(question.catalog).of(table, number):
            if any((c.row, c.name) in question.encoder.columns for c in walk(check) if isinstance(c, Col)):
                null, value = question.encoder.pair(check)
                question.fact(implication(question.rows[number].guard, disjunction(null, value.text)), text)
    met = _columns_met(question)
    tables: dict[str, list[int]] = {}
    for number, table in question.tables():
        tables.setdefault(table, []).append(number)
    for table, numbers in tables.items():
        for first, second in combinations(numbers[:_ROWS], 2):
            _one_row(question, table, first, second, met.get(first, set()) & met.get(second, set()))


def _columns_met(question: Question) -> dict[int, set[str]]:
    """The columns that formulas mention, by row: nothing follows from a constraint on others."""
    met: dict[int, set[str]] = {}
    for row, name in question.encoder.columns:
        met.setdefault(row, set()).add(name)
    return met


def _one_row(question: Question, table: str, first: int, second: int, met: set[str]) -> None:
    guards = (question.rows[first].guard, question.rows[second].guard)
    for key in keys_of(question.catalog.table(table)):
        rest = sorted(met - set(key))
        if rest and met.issuperset(key):
            agree = [_equal(question, question.column(first, c), question.column(second, c)) for c in key]
            same = [question.encoder.same(question.column(first, c), question.column(second, c)) for c in rest]
            named = key_text(question.catalog, table, key)
            question.fact(implication(conjunction(*guards, *agree), conjunction(*same)), named)


def _equal(question: Question, left: Expr, right: Expr) -> Formula:
    """Equal and not NULL."""
    nulls = (question.encoder.pair(e)[0] for e in (left, right))
    return conjunction(*(negation(n) for n in nulls), question.encoder.same(left, right))


def promised_rows(question: Question) -> None:
    """A foreign key that is not NULL leads to a row, where some EXISTS asks for that table."""
    bodies = [t for atom, v in question.encoder.atoms.items() if question.needs_false(v) for t in atom.body]
    asked = {s.name for t in bodies for _, s in t.sources if isinstance(s, TableSource)}
    for number, table in question.tables():
        if question.rows[number].depth > DEPTH:
            continue
        for fk in question.catalog.table(table).foreign_keys:
            known = fk.target in asked and fk.target in question.catalog
            if known and question.once(("fk", number, fk)):
                _promise(question, number, fk)


def _promise(question: Question, number: int, fk: ForeignKey) -> None:
    row, target = question.rows[number], fresh_row()
    question.rows[target] = Row(TableSource(fk.target), depth=row.depth + 1)
    pairs = [
        (question.column(number, a), question.column(target, b))
        for a, b in zip(fk.columns, fk.target_columns, strict=True)
    ]
    present = conjunction(row.guard, *(negation(question.encoder.pair(a)[0]) for a, _ in pairs))
    question.rows[target].guard = present
    equal = conjunction(*(question.encoder.same(a, b) for a, b in pairs))
    assert isinstance(row.source, TableSource)
    question.fact(implication(present, equal), foreign_key_text(row.source.name, fk.columns, fk.target))
