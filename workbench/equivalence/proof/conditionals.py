"""CASE, COALESCE, NULLIF and iif() as branches in order."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.proof.branches import cases, one_kind, written_cases
from workbench.equivalence.proof.comparison import compare, unify
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.lowering_scalar import lower, truth
from workbench.equivalence.proof.terms import Const, Expr, boolean, negate


def case(ctx: Context, node: exp.Case, scope: Scope) -> Expr:
    """CASE, the short form spelled out; branches in order."""
    parts: list[Expr] = []
    subject = node.args.get("this")
    for branch in node.args["ifs"]:
        if subject is None:
            parts.append(truth(ctx, branch.this, scope))
        else:
            parts.append(compare("eq", lower(ctx, subject, scope), lower(ctx, branch.this, scope)))
        parts.append(lower(ctx, branch.args["true"], scope))
    default = node.args.get("default")
    parts.append(lower(ctx, default, scope) if default is not None else Const(None, "null"))
    return written_cases(ctx, parts)


def coalesce(ctx: Context, node: exp.Coalesce, scope: Scope) -> Expr:
    """The first value that is not NULL."""
    values = one_kind(ctx, [lower(ctx, part, scope) for part in (node.this, *node.expressions)])
    parts: list[Expr] = []
    for value in values[:-1]:
        parts += [negate(boolean("isnull", value)), value]
    return cases([*parts, values[-1]]) if parts else values[0]


def nullif(ctx: Context, node: exp.Nullif, scope: Scope) -> Expr:
    """CASE WHEN a = b THEN NULL ELSE a."""
    left, right = unify(lower(ctx, node.this, scope), lower(ctx, node.expression, scope))
    return cases([compare("eq", left, right), Const(None, left.kind), left])


def if_(ctx: Context, node: exp.If, scope: Scope) -> Expr:
    """SQLite's iif()."""
    default = node.args.get("false")
    other = lower(ctx, default, scope) if default is not None else Const(None, "null")
    return written_cases(ctx, [truth(ctx, node.this, scope), lower(ctx, node.args["true"], scope), other])
