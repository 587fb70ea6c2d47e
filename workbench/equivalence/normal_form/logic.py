"""Rules on AND, OR, NOT and truth values. Each is exact in three-valued logic."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts

_NEGATED: dict[type[exp.Expr], type[exp.Binary]] = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.GTE,
    exp.GTE: exp.LT,
    exp.GT: exp.LTE,
    exp.LTE: exp.GT,
}


def parentheses(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """(x) is x: the tree already holds the order of operations."""
    return node.this if isinstance(node, exp.Paren) else None


def push_not(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """NOT moves inwards: De Morgan, the opposite comparison, NOT NOT x; all exact in three-valued logic."""
    inner = node.this
    if isinstance(inner, exp.Not):
        doubled: exp.Expr = inner.this
        return doubled
    if isinstance(inner, exp.Boolean):
        return exp.Boolean(this=not inner.this)
    if type(inner) in _NEGATED and not isinstance(inner.expression, (exp.Any, exp.All)):
        return _NEGATED[type(inner)](this=inner.this, expression=inner.expression)
    if isinstance(inner, (exp.And, exp.Or)):
        other = exp.Or if isinstance(inner, exp.And) else exp.And
        left, right = (_negate(part, facts) for part in (inner.this, inner.expression))
        return other(this=left, expression=right)
    return None


def _negate(node: exp.Expr, facts: Facts) -> exp.Expr:
    negation = exp.Not(this=node)
    return push_not(negation, facts) or negation


def equals_true(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x = TRUE is x, x = FALSE is NOT x, for a PostgreSQL boolean x (in SQLite 2 is true and not = TRUE)."""
    if facts.dialect != "postgres":
        return None
    for value, other in ((node.this, node.expression), (node.expression, node.this)):
        if isinstance(value, exp.Boolean):
            same = value.this == isinstance(node, exp.EQ)
            return other if same else _negate(other, facts)
    return None


def boolean_test(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x IS TRUE is x, x IS FALSE is NOT x, where x is a PostgreSQL boolean and never NULL."""
    if not isinstance(node.expression, exp.Boolean) or facts.dialect != "postgres" or not facts.not_null(node.this):
        return None
    return node.this if node.expression.this else _negate(node.this, facts)


def logic_constants(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x AND TRUE is x, x AND FALSE is FALSE, x OR FALSE is x, x OR TRUE is TRUE."""
    neutral = isinstance(node, exp.And)
    for part, other in ((node.this, node.expression), (node.expression, node.this)):
        if isinstance(part, exp.Boolean):
            return other if part.this == neutral else exp.Boolean(this=part.this)
    return None
