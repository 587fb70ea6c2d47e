"""Rules on the forms of a comparison: BETWEEN, IN, ANY, ALL, IS DISTINCT FROM, CASE with a subject."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts, conjunction


def between(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x BETWEEN a AND b is x >= a AND x <= b."""
    if node.args.get("symmetric"):
        return None
    low = exp.GTE(this=node.this, expression=node.args["low"])
    return exp.And(this=low, expression=exp.LTE(this=node.this.copy(), expression=node.args["high"]))


def in_list(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x IN (a, b) is x = a OR x = b, as the standard defines it."""
    if not node.expressions or node.args.get("query") or isinstance(node.this, exp.Tuple):
        return None
    return _any_of(node.this, node.expressions)


def any_array(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x = ANY(ARRAY[a, b]) is x = a OR x = b."""
    array = node.expression.this.unnest() if isinstance(node.expression, exp.Any) else None
    if not isinstance(array, exp.Array) or not array.expressions:
        return None
    return _any_of(node.this, array.expressions)


def _any_of(subject: exp.Expr, values: list[exp.Expr]) -> exp.Expr:
    unique = list(dict.fromkeys(values))
    result: exp.Expr = exp.EQ(this=subject.copy(), expression=unique[0])
    for value in unique[1:]:
        result = exp.Or(this=result, expression=exp.EQ(this=subject.copy(), expression=value))
    return result


def all_array(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x <> ALL(ARRAY[a, b]) is x <> a AND x <> b."""
    array = _array_of_all(node.expression)
    if array is None:
        return None
    parts: list[exp.Expr] = [
        exp.NEQ(this=node.this.copy(), expression=value) for value in dict.fromkeys(array.expressions)
    ]
    return conjunction(parts)


def _array_of_all(node: exp.Expr) -> exp.Array | None:
    """The array of ``ALL(ARRAY[…])``, which sqlglot reads as a call of a function of that name."""
    inner = node.this if isinstance(node, exp.All) else None
    if isinstance(node, exp.Anonymous) and node.name.upper() == "ALL" and len(node.expressions) == 1:
        inner = node.expressions[0]
    found = inner.unnest() if isinstance(inner, exp.Expr) else None
    return found if isinstance(found, exp.Array) and found.expressions else None


def distinct_from(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """IS [NOT] DISTINCT FROM is a plain comparison where neither side can be NULL."""
    if facts.not_null(node.this) and facts.not_null(node.expression):
        other = exp.EQ if isinstance(node, exp.NullSafeEQ) else exp.NEQ
        return other(this=node.this, expression=node.expression)
    return None


def distinct_from_null(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x IS NOT DISTINCT FROM NULL is x IS NULL."""
    for value, other in ((node.this, node.expression), (node.expression, node.this)):
        if isinstance(value, exp.Null):
            test = exp.Is(this=other, expression=exp.Null())
            return test if isinstance(node, exp.NullSafeEQ) else exp.Not(this=test)
    return None


def case_without_branches(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """CASE x WHEN a THEN … is CASE WHEN x = a THEN …."""
    subject = node.args.get("this")
    if subject is None:
        return None
    branches = [
        exp.If(this=exp.EQ(this=subject.copy(), expression=branch.this), true=branch.args["true"])
        for branch in node.args["ifs"]
    ]
    return exp.Case(ifs=branches, default=node.args.get("default"))
