"""Rules over DISTINCT sources: opened where nothing is doubled, bound where a column is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from workbench.equivalence.proof.determined import determines, equalities
from workbench.equivalence.proof.rules_sets import semi_join
from workbench.equivalence.proof.substitution import freshen, rebuild, substitute
from workbench.equivalence.proof.terms import (
    TRUE,
    Agg,
    Col,
    Const,
    Distinct,
    Exists,
    Expr,
    Source,
    Term,
    Terms,
    boolean,
    negate,
    same,
)
from workbench.equivalence.proof.traversal import rows_in, walk
from workbench.equivalence.proof.workspace import Workspace, columns_of, equal_values, inline, keys_used


def open_unique(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """DISTINCT over a relation without duplicates is that relation; rows the outputs do not need become EXISTS."""
    for row, source in term.sources:
        if isinstance(source, Distinct) and len(source.body) == 1:
            body = semi_join(rw.catalog, source.body[0])
            if determines(rw.catalog, body, body.outputs):
                rest = tuple((r, s) for r, s in term.sources if r != row)
                (copy,) = freshen((body,))
                rw.uses(*keys_used(rw.catalog, body))
                return (inline(term, rest, row, copy),)
    return None


def bind_distinct(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A column of a DISTINCT source that equals another value is that value; without free columns it is EXISTS."""
    for row, source in term.sources:
        if not isinstance(source, Distinct):
            continue
        for n, conjunct in enumerate(term.where):
            found = _binding(conjunct, row)
            if found is not None:
                return (_bound(term, row, source, n, *found),)
    return None


def _binding(conjunct: Expr, row: int) -> tuple[Col, Expr, bool] | None:
    for left, right, strict in equalities([conjunct]):
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Col) and one.row == row and row not in rows_in(other) and (one.kind == other.kind):
                return one, other, strict
    return None


def _bound(term: Term, row: int, source: Distinct, n: int, column: Col, value: Expr, strict: bool) -> Term:
    place = int(column.name)
    rest = (*term.where[:n], *((negate(boolean("isnull", value)),) if strict else ()), *term.where[n + 1 :])
    kept = [i for i in range(len(source.body[0].outputs)) if i != place]
    narrowed = tuple(
        Term(t.sources, (*t.where, *_pinned(t.outputs[place], value, row)), tuple(t.outputs[i] for i in kept))
        for t in source.body
    )
    renamed = {str(i): str(k) for k, i in enumerate(kept)}
    values: dict[Col, Expr] = {
        c: value if c.name == column.name else replace(c, name=renamed[c.name])
        for c in columns_of(replace(term, sources=(), where=rest), row)
    }
    others = tuple((r, s) for r, s in term.sources if r != row)
    if not kept:
        moved = substitute(Term(others, rest, term.outputs), values)
        return replace(moved, where=(*moved.where, Exists(tuple(replace(t, outputs=()) for t in narrowed))))
    moved = substitute(Term(others, rest, term.outputs), values)
    return replace(moved, sources=(*moved.sources, (row, Distinct(narrowed))))


def _pinned(output: Expr, value: Expr, row: int) -> tuple[Expr, ...]:
    """The body's condition that a column has its value; nothing to say where it repeats another column."""
    return () if row in rows_in(value) else (same(output, value),)


def drop_constant_columns(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A column of a DISTINCT source that has one value in every row of its body, or repeats another, is no column."""
    for row, source in term.sources:
        if not isinstance(source, Distinct):
            continue
        for i in range(len(source.body[0].outputs)):
            value = _one_value(source, i) or _repeated(source, row, i)
            if value is not None:
                column = Col(row, str(i), value.kind)
                return (_bound(replace(term, where=(TRUE, *term.where)), row, source, 0, column, value, False),)
    return None


def _one_value(source: Distinct, place: int) -> Expr | None:
    """The value, from outside the body, that a column has in every row of every term."""
    candidates = []
    for body in source.body:
        own = {r for r, _ in body.sources}
        output = body.outputs[place]
        classes = [values for values, _ in equal_values(body.where) if output in values]
        outside = {
            v for v in [output, *(e for c in classes for e in c)] if not rows_in(v) & own and v.kind == output.kind
        }
        candidates.append(outside)
    shared = set.intersection(*candidates)
    constants = [v for v in shared if isinstance(v, Const)]
    return constants[0] if constants else min(shared, key=repr) if shared else None


def _repeated(source: Distinct, row: int, place: int) -> Expr | None:
    for j in range(place):
        if all(_equal_outputs(t, j, place) for t in source.body):
            return Col(row, str(j), source.body[0].outputs[j].kind)
    return None


def _equal_outputs(term: Term, first: int, second: int) -> bool:
    """Whether two outputs of one kind are the same value in every row of the term."""
    left, right = term.outputs[first], term.outputs[second]
    return left.kind == right.kind and (left == right or any({left, right} <= v for v, _ in equal_values(term.where)))


def push_into_distinct(rw: Workspace, term: Term, outer: dict[int, Source]) -> Terms | None:
    """A condition on a DISTINCT source alone filters its body."""
    own = {r for r, _ in term.sources}
    for row, source in term.sources:
        if not isinstance(source, Distinct):
            continue
        moving = tuple(
            w for w in term.where if rows_in(w) & own == {row} and not any(isinstance(p, Agg) for p in walk(w))
        )
        if moving:
            body = tuple(
                replace(t, where=(*t.where, *(rebuild(w, _reader(row, t)) for w in moving))) for t in source.body
            )
            sources = tuple((r, Distinct(body) if r == row else s) for r, s in term.sources)
            return (Term(sources, tuple(w for w in term.where if w not in moving), term.outputs),)
    return None


def _reader(row: int, body: Term) -> Callable[[Col], Expr]:
    return lambda c: body.outputs[int(c.name)] if c.row == row else c
