"""Nested queries where a value stands: EXISTS, IN, ANY, ALL and scalar subqueries, exact in three-valued logic."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlglot import exp

from workbench.equivalence.proof.branches import cases
from workbench.equivalence.proof.comparison import compare_rows
from workbench.equivalence.proof.context import ONE_ROW, Context, Scope
from workbench.equivalence.proof.lowering_query import lower_query
from workbench.equivalence.proof.lowering_scalar import lower
from workbench.equivalence.proof.substitution import freshen
from workbench.equivalence.proof.terms import FALSE, TRUE, Agg, Const, Exists, Expr, Terms, Unsupported, boolean, negate


def exists(ctx: Context, node: exp.Exists, scope: Scope) -> Expr:
    """True where the query has a row; what it selects does not matter."""
    return Exists(tuple(replace(t, outputs=()) for t in lower_query(ctx, node.this.unnest(), scope).terms))


def scalar(ctx: Context, node: exp.Expr, scope: Scope) -> Expr:
    """The one value of a query: NULL on no row; more than one row is an error, which is assumed away."""
    rel = lower_query(ctx, node.unnest(), scope)
    if len(rel.columns) != 1:
        raise Unsupported("a subquery of several columns as a value")
    return single_value(ctx, rel.terms)


def single_value(ctx: Context, terms: Terms) -> Expr:
    """The single output of a relation of at most one row, NULL on none."""
    if len(terms) == 1 and not terms[0].sources:
        where, output = terms[0].where, terms[0].outputs[0]
        return cases([boolean("and", TRUE, *where), output, Const(None, output.kind)]) if where else output
    if not terms:
        return Const(None, "null")
    ctx.assume(ONE_ROW)
    kind = next((t.outputs[0].kind for t in terms if t.outputs[0].kind != "null"), "null")
    return cases([non_empty(terms), Agg("single", terms, kind), Const(None, kind)])


def non_empty(terms: Terms) -> Exists:
    """Whether the relation has a row."""
    return Exists(tuple(replace(t, outputs=()) for t in freshen(terms)))


def in_query(ctx: Context, node: exp.In, scope: Scope) -> Expr:
    """x IN (query): true on an equal row, else NULL on a row whose comparison is NULL, else false."""
    return _any(ctx, _COMPARISONS[exp.EQ], node.this, node.args["query"], scope)


def quantified(ctx: Context, node: exp.Binary, scope: Scope) -> Expr:
    """x op ANY (query) as IN; x op ALL (query) is NOT (x negated-op ANY (query))."""
    side = node.expression
    query = side.this.unnest() if isinstance(side.this, exp.Expr) else None
    if not isinstance(query, exp.Query):
        raise Unsupported("ANY or ALL over an array")
    found = _COMPARISONS[type(node)]
    if isinstance(side, exp.Any):
        return _any(ctx, found, node.this, query, scope)
    return negate(_any(ctx, replace(found, negated=not found.negated), node.this, query, scope))


@dataclass(frozen=True)
class _Comparison:
    """An operator in terms of ``eq``, ``lt`` and ``le``: its sides swapped, its answer negated."""

    op: str
    swapped: bool = False
    negated: bool = False

    def of(self, left: tuple[Expr, ...], right: tuple[Expr, ...]) -> Expr:
        """The comparison of two rows."""
        found = compare_rows(self.op, *((right, left) if self.swapped else (left, right)))
        return negate(found) if self.negated else found


_COMPARISONS: dict[type[exp.Expr], _Comparison] = {
    exp.EQ: _Comparison("eq"),
    exp.LT: _Comparison("lt"),
    exp.LTE: _Comparison("le"),
    exp.NEQ: _Comparison("eq", negated=True),
    exp.GT: _Comparison("lt", swapped=True),
    exp.GTE: _Comparison("le", swapped=True),
}


def _any(ctx: Context, comparison: _Comparison, left: exp.Expr, query: exp.Expr, scope: Scope) -> Expr:
    parts = left.unnest().expressions if isinstance(left.unnest(), exp.Tuple) else [left]
    row = tuple(lower(ctx, part, scope) for part in parts)
    terms = lower_query(ctx, query.unnest(), scope).terms
    hit, unknown = [], []
    for term, copy in zip(terms, freshen(terms), strict=True):
        hit.append(replace(term, where=(*term.where, comparison.of(row, term.outputs)), outputs=()))
        missing = boolean("isnull", comparison.of(row, copy.outputs))
        unknown.append(replace(copy, where=(*copy.where, missing), outputs=()))
    return cases([Exists(tuple(hit)), TRUE, Exists(tuple(unknown)), Const(None, "bool"), FALSE])
