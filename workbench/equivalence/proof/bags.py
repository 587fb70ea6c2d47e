"""What aggregates are taken of: the rows that are not NULL, the different ones, their number, a guard against none."""

from __future__ import annotations

from dataclasses import replace

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import (
    Agg,
    App,
    Col,
    Const,
    Distinct,
    Exists,
    Expr,
    Term,
    Terms,
    Unsupported,
    boolean,
    fresh_row,
    negate,
)


def present(terms: Terms) -> Terms:
    """The rows whose outputs are all not NULL: aggregates skip the others."""
    return tuple(replace(t, where=(*t.where, *(negate(boolean("isnull", o)) for o in t.outputs))) for t in terms)


def unique_rows(terms: Terms) -> Terms:
    """The distinct outputs, as an aggregate's DISTINCT takes them."""
    if not terms:
        return ()
    for output in (o for t in terms for o in t.outputs):
        if not kinds.is_identity(output.kind):
            raise Unsupported(f"DISTINCT inside an aggregate over {output.kind}: equal values may differ")
    d = fresh_row()
    outputs = tuple(
        Col(d, str(i), kinds.joined([t.outputs[i].kind for t in terms])) for i in range(len(terms[0].outputs))
    )
    return (Term(((d, Distinct(terms)),), (), outputs),)


def total(terms: Terms) -> Expr:
    """The number of rows: the sum of 1."""
    return Agg("sum", tuple(replace(t, outputs=(Const(1, "int"),)) for t in terms), "int")


def guarded(terms: Terms, value: Expr) -> Expr:
    """NULL on the empty bag, else the value."""
    some = Exists(tuple(replace(t, outputs=()) for t in freshen(terms)))
    return App("case", (some, value, Const(None, value.kind)), value.kind)
