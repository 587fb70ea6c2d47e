"""Constants computed: arithmetic on integers, comparisons of integers and with NULL."""

from __future__ import annotations

from workbench.equivalence.proof.terms import TRUE, App, Const, Expr
from workbench.equivalence.proof.truth import isnull


def arithmetic(expr: App) -> Expr:
    """Constant integers are computed; NULL makes NULL; adding 0 and multiplying by 1 do nothing."""
    left, right = expr.args
    for arg in expr.args:
        if isinstance(arg, Const) and arg.value is None:
            return Const(None, expr.kind)
    if _integers(left, right):
        a, b = int(left.value), int(right.value)  # type: ignore[union-attr, arg-type]
        return Const({"add": a + b, "sub": a - b, "mul": a * b}[expr.op], expr.kind)
    neutral = 1 if expr.op == "mul" else 0
    for one, other in ((left, right), (right, left)) if expr.op != "sub" else ((left, right),):
        if isinstance(other, Const) and other.kind == one.kind == expr.kind and other.value == neutral:
            return one
    return expr


def _integers(left: Expr, right: Expr) -> bool:
    """Whether both are known integers; a text that PostgreSQL would refuse as one is not."""
    return all(isinstance(e, Const) and e.kind == "int" and isinstance(e.value, int) for e in (left, right))


def comparison(expr: App) -> Expr:
    """Comparison with NULL is NULL; constant integers are compared; a value is the same as itself."""
    left, right = expr.args
    if expr.op == "same":
        if left == right:
            return TRUE
        for one, other in ((left, right), (right, left)):
            if isinstance(one, Const) and one.value is None:
                return isnull(other)
    elif any(isinstance(a, Const) and a.value is None for a in expr.args):
        return Const(None, "bool")
    if _integers(left, right):
        a, b = int(left.value), int(right.value)  # type: ignore[union-attr, arg-type]
        return Const({"eq": a == b, "same": a == b, "lt": a < b, "le": a <= b}[expr.op], "bool")
    return expr
