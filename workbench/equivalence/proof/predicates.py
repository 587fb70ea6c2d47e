"""Comparisons, BETWEEN, IN, IS and IS DISTINCT FROM, turned so that few operators remain."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.proof import subqueries
from workbench.equivalence.proof.comparison import compare, compare_rows, not_distinct
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.lowering_scalar import Lower, lower, truth
from workbench.equivalence.proof.terms import Expr, Unsupported, boolean, negate


def comparison(op: str, swap: bool = False, negated: bool = False) -> Lower:
    """<, <=, =, turned so that only ``eq``, ``lt`` and ``le`` remain; row values compare column by column."""

    def rule(ctx: Context, node: exp.Binary, scope: Scope) -> Expr:
        quantified = node.expression
        if isinstance(quantified, exp.Any | exp.All):
            return subqueries.quantified(ctx, node, scope)
        left, right = (node.expression, node.this) if swap else (node.this, node.expression)
        result = compare_rows(op, _row(ctx, left, scope), _row(ctx, right, scope))
        return negate(result) if negated else result

    return rule


def _row(ctx: Context, node: exp.Expr, scope: Scope) -> tuple[Expr, ...]:
    node = node.unnest()
    if isinstance(node, exp.Tuple):
        return tuple(lower(ctx, part, scope) for part in node.expressions)
    return (lower(ctx, node, scope),)


def distinct_from(negated: bool) -> Lower:
    """IS [NOT] DISTINCT FROM."""

    def rule(ctx: Context, node: exp.Binary, scope: Scope) -> Expr:
        result = not_distinct(lower(ctx, node.this, scope), lower(ctx, node.expression, scope))
        return negate(result) if negated else result

    return rule


def is_(ctx: Context, node: exp.Is, scope: Scope) -> Expr:
    """IS NULL, IS TRUE, IS FALSE; SQLite's IS between values is IS NOT DISTINCT FROM."""
    right = node.expression
    if isinstance(right, exp.Null):
        return boolean("isnull", lower(ctx, node.this, scope))
    if isinstance(right, exp.Boolean):
        value = truth(ctx, node.this, scope)
        return boolean("istrue", value if right.this else negate(value))
    return not_distinct(lower(ctx, node.this, scope), lower(ctx, right, scope))


def between(ctx: Context, node: exp.Between, scope: Scope) -> Expr:
    """low <= x AND x <= high; SYMMETRIC is declined."""
    if node.args.get("symmetric"):
        raise Unsupported("BETWEEN SYMMETRIC")
    value, low, high = (lower(ctx, node.args[k], scope) for k in ("this", "low", "high"))
    return boolean("and", compare("le", low, value), compare("le", value, high))


def in_(ctx: Context, node: exp.In, scope: Scope) -> Expr:
    """x IN (list) is an OR of equalities; over a query see ``subqueries``."""
    if node.args.get("query") is not None:
        return subqueries.in_query(ctx, node, scope)
    if not node.expressions:
        raise Unsupported("IN over an array or an empty list")
    row = _row(ctx, node.this, scope)
    found = [compare_rows("eq", row, _row(ctx, item, scope)) for item in node.expressions]
    return found[0] if len(found) == 1 else boolean("or", *found)
