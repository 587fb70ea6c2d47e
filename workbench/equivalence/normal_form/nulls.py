"""Rules on NULL: what a constraint keeps from being NULL needs no test for it."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts


def is_not_null(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x IS NULL is FALSE where a constraint keeps x from being NULL and no outer join pads it."""
    if isinstance(node.expression, exp.Null) and facts.not_null(node.this):
        return exp.Boolean(this=False)
    return None


def coalesce_not_null(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """COALESCE(x, …) is x where x is never NULL, and COALESCE(x) is x."""
    return node.this if facts.not_null(node.this) or not node.expressions else None


def count_not_null(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """COUNT(x) is COUNT(*) where x is never NULL."""
    inner = node.this
    if isinstance(inner, (exp.Star, exp.Distinct)) or inner is None or node.expressions:
        return None
    return exp.Count(this=exp.Star()) if facts.not_null(inner) else None
