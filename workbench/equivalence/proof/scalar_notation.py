"""Scalar expressions written as SQL for people to read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from workbench.equivalence.proof.terms import App, Const, Expr, Param

Print = Callable[..., str]

_INFIX = {
    "eq": "=",
    "lt": "<",
    "le": "<=",
    "same": "IS NOT DISTINCT FROM",
    "add": "+",
    "sub": "-",
    "mul": "*",
    "fn DPipe": "||",
    "fn Like": "LIKE",
    "fn ILike": "ILIKE",
}
_NEGATED = {"eq": "<>", "same": "IS DISTINCT FROM", "fn Like": "NOT LIKE", "fn ILike": "NOT ILIKE"}
_SUFFIX = {"isnull": "IS NULL", "istrue": "IS TRUE"}
_LOOSE = frozenset({"and", "or", "not"})


def scalar(expr: Expr, part: Print, inside: str) -> str:
    """A constant, parameter, operator or function; ``part`` prints what is inside, ``inside`` is what is around."""
    if isinstance(expr, Const):
        return constant(expr)
    if isinstance(expr, Param):
        return f"${expr.key}"
    assert isinstance(expr, App)
    text = _written(expr, part)
    return f"({text})" if inside and _torn_apart(expr, inside) else text


def _torn_apart(expr: App, inside: str) -> bool:
    """Whether the operator around would bind tighter than this one."""
    if inside in ("and", "or"):
        return expr.op in ("and", "or") and expr.op != inside
    return _compound(expr)


def _compound(expr: App) -> bool:
    """Whether the text has an operator outside any parentheses."""
    return expr.op in (*_INFIX, *_SUFFIX, *_LOOSE) or _infix(expr) is not None


def _infix(expr: App) -> str | None:
    if len(expr.args) != 2:
        return None
    words = expr.op.split()
    if words[0] == "fn" and words[1] in ("divide", "add", "sub", "mul", "compare"):
        known = {"divide": "/", "add": "+", "sub": "-", "mul": "*"}
        return known.get(words[1]) or _INFIX[words[2]]
    return _INFIX.get(" ".join(words[:2]) if words[0] == "fn" else expr.op)


def _written(expr: App, part: Print) -> str:
    if expr.op in ("and", "or"):
        return f" {expr.op.upper()} ".join(part(a, expr.op) for a in expr.args)
    if expr.op == "not":
        return _negation(expr.args[0], part)
    if expr.op in _SUFFIX:
        return f"{part(expr.args[0], expr.op)} {_SUFFIX[expr.op]}"
    if expr.op == "case":
        return _case(expr, part)
    infix = _infix(expr)
    if infix is not None:
        return f"{part(expr.args[0], expr.op)} {infix} {part(expr.args[1], expr.op)}"
    return _call(expr, part)


def _negation(expr: Expr, part: Print) -> str:
    if isinstance(expr, App) and len(expr.args) == 2:
        word = _NEGATED.get(" ".join(expr.op.split()[:2]))
        if word is not None:
            return f"{part(expr.args[0], expr.op)} {word} {part(expr.args[1], expr.op)}"
    if isinstance(expr, App) and expr.op in _SUFFIX:
        return f"{part(expr.args[0], expr.op)} {_SUFFIX[expr.op].replace('IS', 'IS NOT')}"
    return f"NOT {part(expr, 'not')}"


def _case(expr: App, part: Print) -> str:
    branches = zip(expr.args[0:-1:2], expr.args[1::2], strict=False)
    written = "".join(f" WHEN {part(c)} THEN {part(v)}" for c, v in branches)
    return f"CASE{written} ELSE {part(expr.args[-1])} END"


def _call(expr: App, part: Print) -> str:
    words = expr.op.split()
    if words[:2] == ["fn", "cast"] and "to" in words:
        return f"CAST({part(expr.args[0])} AS {' '.join(words[words.index('to') + 1 :])})"
    name = words[1] if words[0] == "fn" and len(words) > 1 else words[0]
    return f"{name.lower()}({', '.join(part(a) for a in expr.args)})"


def constant(const: Const) -> str:
    """A literal."""
    value = const.value
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int) and const.kind == "date":
        return f"DATE '{date.fromordinal(value)}'"
    if isinstance(value, int) and const.kind in ("timestamp", "timestamptz"):
        return f"{const.kind.upper()} '{datetime(1, 1, 1) + timedelta(microseconds=value)}'"
    quoted = str(value).replace("'", "''")
    return str(value) if const.kind in ("int", "float", "numeric") or const.kind[:4] == "num:" else f"'{quoted}'"
