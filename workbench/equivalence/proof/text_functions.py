"""Functions of text that have several spellings: case of a literal, LIKE of a prefix, parts, concatenation."""

from __future__ import annotations

import re
from functools import reduce

from sqlglot import exp

from workbench.equivalence.proof.branches import align, cases
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.functions import call
from workbench.equivalence.proof.lowering_scalar import Lower, lower
from workbench.equivalence.proof.simpler_text import LEFT, LENGTH, joined, prefix
from workbench.equivalence.proof.terms import App, Const, Expr, boolean, negate

_PLAIN = re.compile(r"[^%_\\]*")


def _unknown(ctx: Context, node: exp.Expr, scope: Scope) -> Expr:
    return call(ctx, node, lambda part: lower(ctx, part, scope))


def changed_case(upper: bool) -> Lower:
    """UPPER and LOWER of an ASCII literal are a literal."""

    def rule(ctx: Context, node: exp.Upper | exp.Lower, scope: Scope) -> Expr:
        value = lower(ctx, node.this, scope)
        if isinstance(value, Const) and value.kind == "text" and isinstance(value.value, str) and value.value.isascii():
            return Const(value.value.upper() if upper else value.value.lower(), "text")
        return _unknown(ctx, node, scope)

    return rule


def like(ctx: Context, node: exp.Like, scope: Scope) -> Expr:
    """LIKE of a literal without wildcards is equality, with one % at its end it asks for a prefix (PostgreSQL)."""
    value, pattern = lower(ctx, node.this, scope), lower(ctx, node.expression, scope)
    if ctx.dialect == "postgres" and value.kind == "text" and isinstance(pattern, Const):
        text = pattern.value
        if pattern.kind == "text" and isinstance(text, str) and _PLAIN.fullmatch(text.removesuffix("%")):
            if not text.endswith("%"):
                return boolean("eq", value, pattern)
            return prefix(value, Const(text[:-1], "text"))
    return _unknown(ctx, node, scope)


def starts_with(ctx: Context, node: exp.StartsWith, scope: Scope) -> Expr:
    """starts_with(x, y)."""
    value, start = lower(ctx, node.this, scope), lower(ctx, node.expression, scope)
    return prefix(value, start) if value.kind == start.kind == "text" else _unknown(ctx, node, scope)


def left_(ctx: Context, node: exp.Left, scope: Scope) -> Expr:
    """left(x, n) for a text and a whole number."""
    value, length = lower(ctx, node.this, scope), lower(ctx, node.expression, scope)
    if ctx.dialect == "postgres" and value.kind == "text" and isinstance(length, Const) and length.kind == "int":
        return App(LEFT, (value, length), "text")
    return _unknown(ctx, node, scope)


def substring(ctx: Context, node: exp.Substring, scope: Scope) -> Expr:
    """substring(x, 1, n) is left(x, n) for n at least 0."""
    start, length = node.args.get("start"), node.args.get("length")
    if isinstance(start, exp.Literal) and start.name == "1" and isinstance(length, exp.Literal) and length.is_int:
        return left_(ctx, exp.Left(this=node.this, expression=length), scope)
    return _unknown(ctx, node, scope)


def length(ctx: Context, node: exp.Length, scope: Scope) -> Expr:
    """length(x) of a text."""
    value = lower(ctx, node.this, scope)
    plain = value.kind == "text" and ctx.dialect == "postgres" and not node.args.get("binary")
    return App(LENGTH, (value,), "int") if plain else _unknown(ctx, node, scope)


def join(ctx: Context, node: exp.DPipe, scope: Scope) -> Expr:
    """x || y of texts: NULL where one is; CASE branches apart, since '' adds nothing."""
    left, right = (lower(ctx, n, scope) for n in (node.this, node.expression))
    if left.kind != "text" or right.kind != "text":
        return _unknown(ctx, node, scope)
    return joined(left, right)


def concat(ctx: Context, node: exp.Concat, scope: Scope) -> Expr:
    """concat(x, …) of texts: NULL is as ''."""
    values = [lower(ctx, n, scope) for n in node.expressions]
    if ctx.dialect != "postgres" or not values or any(v.kind not in ("text", "null") for v in values):
        return _unknown(ctx, node, scope)
    return reduce(joined, [_or_empty(v) for v in align([*values, Const("", "text")])[:-1]])


def _or_empty(value: Expr) -> Expr:
    return cases([negate(boolean("isnull", value)), value, Const("", "text")])


RULES: dict[type[exp.Expr], Lower] = {
    exp.Upper: changed_case(upper=True),
    exp.Lower: changed_case(upper=False),
    exp.Like: like,
    exp.StartsWith: starts_with,
    exp.Left: left_,
    exp.Substring: substring,
    exp.Length: length,
    exp.DPipe: join,
    exp.Concat: concat,
}
