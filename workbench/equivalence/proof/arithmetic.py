"""Arithmetic where it is exact, and casts that keep their value."""

from __future__ import annotations

import re

from sqlglot import exp

from workbench.catalog.table import Dialect
from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.branches import cases
from workbench.equivalence.proof.comparison import narrowed, unify
from workbench.equivalence.proof.context import Context
from workbench.equivalence.proof.terms import App, Const, Expr, Unsupported, negate
from workbench.equivalence.proof.text_literals import read

OVERFLOW: dict[Dialect, str] = {
    "postgres": "arithmetic does not overflow (an overflow is an error, not a row)",
    "sqlite": "whole numbers stay within 64 bits (beyond them SQLite goes on with floating point)",
}
NO_NAN = "numeric columns hold no NaN"
_NO_ERROR = "no expression raises an error (division by zero, a cast that fails)"


def arithmetic(ctx: Context, op: str, left: Expr, right: Expr) -> Expr:
    """+, - and * on integers and fixed decimals, exact while nothing overflows; else an unknown function."""
    apart = _by_branch(ctx, op, left, right)
    if apart is not None:
        return apart
    left, right = unify(left, right)
    if not (kinds.is_exact_number(left.kind) and kinds.is_exact_number(right.kind)):
        return App(f"fn {op} {left.kind} {right.kind}", (left, right), _result(left.kind, right.kind))
    ctx.assume(OVERFLOW[ctx.dialect])
    if "int" not in (left.kind, right.kind):
        ctx.assume(NO_NAN)
    scales = kinds.scale_of(left.kind), kinds.scale_of(right.kind)
    return App(op, (left, right), kinds.number(sum(scales) if op == "mul" else max(scales)))


def _result(left: str, right: str) -> str:
    """The kind of arithmetic that is not exact; of dates and moments it is another than theirs."""
    numbers = {"numeric" if kinds.is_exact_number(kind) else kind for kind in (left, right)}
    if numbers <= {"numeric", "float"}:
        return "float" if "float" in numbers else "numeric"
    return "interval" if numbers == {"interval"} else kinds.UNKNOWN


def _by_branch(ctx: Context, op: str, left: Expr, right: Expr) -> Expr | None:
    """Arithmetic goes into the branches of a CASE over numbers of several scales: each branch has one scale."""
    for value, other, swapped in ((left, right, False), (right, left, True)):
        if not (isinstance(value, App) and value.op == "case" and value.kind == "numeric"):
            continue
        results = [narrowed(v) for v in (*value.args[1::2], value.args[-1])]
        if any(v.kind == "numeric" and not isinstance(v, Const) for v in results) or other.kind == "numeric":
            continue
        found = [arithmetic(ctx, op, *((other, v) if swapped else (v, other))) for v in results]
        pairs = zip(value.args[0:-1:2], found[:-1], strict=True)
        return cases([*(p for pair in pairs for p in pair), found[-1]])
    return None


def remainder(ctx: Context, left: Expr, right: Expr) -> Expr | None:
    """x % c of integers, for a constant c that is not 0: what the division that truncates leaves."""
    if left.kind == right.kind == "int" and isinstance(right, Const) and right.value:
        return arithmetic(ctx, "sub", left, arithmetic(ctx, "mul", divide(ctx, left, right), right))
    return None


def divide(ctx: Context, left: Expr, right: Expr) -> Expr:
    """Integer division is known for constants only (both databases truncate); the rest is an unknown function."""
    left, right = unify(left, right)
    ctx.assume(_NO_ERROR)
    if left.kind == right.kind == "int":
        if isinstance(left, Const) and isinstance(right, Const) and left.value is not None and right.value:
            quotient = abs(int(left.value)) // abs(int(right.value))
            return Const(quotient if (int(left.value) < 0) == (int(right.value) < 0) else -quotient, "int")
        return App("fn divide int", (left, right), "int")
    return App(f"fn divide {left.kind} {right.kind}", (left, right), _result(left.kind, right.kind))


def _spelled(text: str, kind: str, limited: bool) -> Const | None:
    """A text literal cast to that kind; None where a precision is asked for, and the value may be rounded to it."""
    if kinds.scale_of(kind) and len(text.partition(".")[2]) <= kinds.scale_of(kind):
        return Const(text, kind) if _PLAIN.fullmatch(text) else None
    if limited:
        return None
    known = read(text, kind)
    return Const(text if known is None else known, kind)


_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def cast(ctx: Context, node: exp.Cast, value: Expr) -> Expr:
    """A cast that keeps the value is none; text literals are read; all others are unknown functions."""
    to = node.to
    if [k for k, v in node.args.items() if v and k not in ("this", "to")] or type(node) is not exp.Cast:
        raise Unsupported("a cast with options")
    kind = kinds.kind_of(to.sql(ctx.dialect), ctx.dialect)
    bounded = to.this in (exp.DataType.Type.VARCHAR, exp.DataType.Type.CHAR, exp.DataType.Type.NCHAR) and to.expressions
    if isinstance(value, Const) and value.value is None:
        return Const(None, kind)
    if ctx.dialect == "postgres" and isinstance(value, Const) and value.kind == "text" and kind != "text":
        spelled = _spelled(str(value.value), kind, bool(to.expressions))
        if spelled is not None:
            return spelled
    if (
        value.kind == kind
        and not bounded
        and ctx.dialect == "postgres"
        and kind not in ("float", "timestamp", "timestamptz", "time")
    ):
        if kinds.is_exact_number(kind):
            ctx.assume(OVERFLOW[ctx.dialect] if kind == "int" else _NO_ERROR)
        return value
    if ctx.dialect == "postgres" and value.kind == "bool" and to.this == exp.DataType.Type.INT:
        return App("case", (value, Const(1, "int"), negate(value), Const(0, "int"), Const(None, "int")), "int")
    if value.kind == "?" and not bounded:
        return unify(value, Const(None, kind))[0]
    ctx.assume(_NO_ERROR)
    return App(f"fn cast {value.kind} to {to.sql(ctx.dialect).lower()}", (value,), kind)
