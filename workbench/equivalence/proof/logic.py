"""AND and OR flattened, and what its own form keeps from being NULL."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.equivalence.proof.terms import FALSE, TRUE, Agg, App, Const, Exists, Expr, boolean

STRICT = frozenset({"add", "sub", "mul", "eq", "lt", "le"})  # NULL exactly where an argument is
_NEVER_NULL = frozenset({"isnull", "istrue", "same"})


def conjuncts(expr: Expr) -> Iterable[Expr]:
    """The parts of a conjunction that have to be true each."""
    if isinstance(expr, App) and expr.op == "and":
        for arg in expr.args:
            yield from conjuncts(arg)
    else:
        yield expr


def never_null(expr: Expr) -> bool:
    """Whether the expression's own form rules NULL out."""
    if isinstance(expr, Const):
        return expr.value is not None
    if isinstance(expr, Exists):
        return True
    if isinstance(expr, App):
        if expr.op == "case":
            return all(never_null(v) for v in (*expr.args[1::2], expr.args[-1]))
        return expr.op in _NEVER_NULL or (
            expr.op in ("and", "or", "not", *STRICT) and all(never_null(a) for a in expr.args)
        )
    return isinstance(expr, Agg) and expr.op in ("sum", "min", "max")  # the last two are guarded against no rows


def junction(expr: Expr) -> Expr:
    """AND and OR flattened, neutral parts dropped, the deciding constant kept alone."""
    if not isinstance(expr, App) or expr.op not in ("and", "or"):
        return expr
    neutral, deciding = (TRUE, FALSE) if expr.op == "and" else (FALSE, TRUE)
    parts: dict[Expr, None] = {}
    for arg in expr.args:
        inner = arg.args if isinstance(arg, App) and arg.op == expr.op else (arg,)
        parts |= dict.fromkeys(p for p in inner if p != neutral)
    if deciding in parts:
        return deciding
    return next(iter(parts)) if len(parts) == 1 else boolean(expr.op, *parts) if parts else neutral
