"""DISTINCT and the set operations as relations: duplicates by the sameness of rows, which has to be identity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlglot import exp

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import (
    Col,
    Distinct,
    Exists,
    Expr,
    Opaque,
    Term,
    Terms,
    Unsupported,
    fresh_row,
    negate,
    same,
)


def distinct(terms: Terms) -> Terms:
    """One row for each different output; declined where equal values may print differently."""
    if not terms:
        return ()
    outputs = terms[0].outputs
    for i in range(len(outputs)):
        require_identity(*(t.outputs[i] for t in terms))
    row = fresh_row()
    return (Term(((row, Distinct(terms)),), (), tuple(Col(row, str(i), _kind(terms, i)) for i in range(len(outputs)))),)


def _kind(terms: Terms, i: int) -> str:
    return kinds.joined([t.outputs[i].kind for t in terms])


def require_identity(*values: Expr) -> None:
    """Grouping keeps any one of equal values: only sound where equal values are the same."""
    for value in values:
        if not kinds.is_identity(value.kind) and value.kind != "?":
            raise Unsupported(f"{value.kind} values are grouped: equal ones may differ")


def _union(left: Terms, right: Terms, keep_all: bool) -> Terms:
    return (*left, *right) if keep_all else distinct((*left, *right))


def _intersect(left: Terms, right: Terms, keep_all: bool) -> Terms:
    """The distinct left rows that some right row is the same as."""
    return _opaque("intersect all", left, right) if keep_all else _semi(left, right, negated=False)


def _except(left: Terms, right: Terms, keep_all: bool) -> Terms:
    """The distinct left rows that no right row is the same as."""
    return _opaque("except all", left, right) if keep_all else _semi(left, right, negated=True)


def _semi(left: Terms, right: Terms, negated: bool) -> Terms:
    kept = []
    for term in left:
        found: Expr = Exists(member(right, term.outputs))
        kept.append(replace(term, where=(*term.where, negate(found) if negated else found)))
    return distinct(tuple(kept))


def member(terms: Terms, row: tuple[Expr, ...]) -> Terms:
    """The rows of a relation that are the same as ``row``."""
    return tuple(
        replace(t, where=(*t.where, *(same(a, b) for a, b in zip(t.outputs, row, strict=True))), outputs=())
        for t in freshen(terms)
    )


def _opaque(what: str, left: Terms, right: Terms) -> Terms:
    if not left:
        return ()
    for i in range(len(left[0].outputs)):
        require_identity(*(t.outputs[i] for t in (*left, *right)))
    row = fresh_row()
    outputs = tuple(Col(row, str(i), _kind(left, i)) for i in range(len(left[0].outputs)))
    return (Term(((row, Opaque(what, (left, right))),), (), outputs),)


SET_RULES: dict[type[exp.Expr], Callable[[Terms, Terms, bool], Terms]] = {
    exp.Union: _union,
    exp.Intersect: _intersect,
    exp.Except: _except,
}
