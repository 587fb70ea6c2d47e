"""Which rule reads which scalar construct; anything else is an operator or function of its arguments."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.proof import kinds, lowering_moments, subqueries, text_functions
from workbench.equivalence.proof.conditionals import case, coalesce, if_, nullif
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.lowering_scalar import Lower, lower, truth
from workbench.equivalence.proof.predicates import between, comparison, distinct_from, in_, is_
from workbench.equivalence.proof.terms import Const, Expr, Param, boolean, negate


def column(ctx: Context, node: exp.Column, scope: Scope) -> Expr:
    """A resolved name."""
    return scope.find(node.table, node.name)


def literal(ctx: Context, node: exp.Literal, scope: Scope) -> Expr:
    """Numbers keep their scale; a number with an exponent is a float in SQLite and unknown here."""
    text = str(node.this)
    if node.is_string:
        return Const(text, "text")
    if text.isdigit():
        return Const(int(text), "int")
    whole, _, fraction = text.partition(".")
    if ctx.dialect == "sqlite" or not (whole + fraction).isdigit():
        return Const(text, "float")
    return Const(text, kinds.number(len(fraction)))


def parameter(ctx: Context, node: exp.Parameter, scope: Scope) -> Expr:
    """A parameter is any value, NULL included."""
    return Param(node.name, "?")


def both(op: str) -> Lower:
    """AND and OR, flattened one level at a time."""
    return lambda ctx, node, scope: boolean(op, truth(ctx, node.this, scope), truth(ctx, node.expression, scope))


RULES: dict[type[exp.Expr], Lower] = {
    exp.Column: column,
    exp.Literal: literal,
    exp.Boolean: lambda ctx, node, scope: Const(bool(node.this), "bool"),
    exp.Null: lambda ctx, node, scope: Const(None, "null"),
    exp.Parameter: parameter,
    exp.Paren: lambda ctx, node, scope: lower(ctx, node.this, scope),
    exp.Alias: lambda ctx, node, scope: lower(ctx, node.this, scope),
    exp.And: both("and"),
    exp.Or: both("or"),
    exp.Not: lambda ctx, node, scope: negate(truth(ctx, node.this, scope)),
    exp.EQ: comparison("eq"),
    exp.NEQ: comparison("eq", negated=True),
    exp.LT: comparison("lt"),
    exp.LTE: comparison("le"),
    exp.GT: comparison("lt", swap=True),
    exp.GTE: comparison("le", swap=True),
    exp.NullSafeEQ: distinct_from(negated=False),
    exp.NullSafeNEQ: distinct_from(negated=True),
    exp.Is: is_,
    exp.Between: between,
    exp.In: in_,
    exp.Case: case,
    exp.Coalesce: coalesce,
    exp.Nullif: nullif,
    exp.If: if_,
    exp.Exists: subqueries.exists,
    exp.Subquery: subqueries.scalar,
    exp.Select: subqueries.scalar,
    **lowering_moments.RULES,
    **text_functions.RULES,
}
