"""Operators and functions without a rule of their own: arithmetic, casts, and every other as an unknown function."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from workbench.equivalence.proof.arithmetic import arithmetic, cast, divide, remainder
from workbench.equivalence.proof.context import ONE_MOMENT, Context
from workbench.equivalence.proof.function_names import DECLINED, MOMENT, NOT_OF_ONE_ROW, VOLATILE, result_kind
from workbench.equivalence.proof.terms import App, Const, Expr, Unsupported, negate

Part = Callable[[exp.Expr], Expr]

_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "add", exp.Sub: "sub", exp.Mul: "mul"}


def call(ctx: Context, node: exp.Expr, part: Part) -> Expr:
    """The meaning of an operator or function that has no rule of its own."""
    if type(node) in (*_ARITHMETIC, exp.Neg) and {k for k, v in node.args.items() if v} - {"this", "expression"}:
        raise Unsupported(f"{node.key} with options")
    if type(node) in _ARITHMETIC:
        return arithmetic(ctx, _ARITHMETIC[type(node)], part(node.this), part(node.expression))
    if isinstance(node, exp.Neg):
        return arithmetic(ctx, "sub", Const(0, "int"), part(node.this))
    if isinstance(node, exp.Div):
        return divide(ctx, part(node.this), part(node.expression))
    if isinstance(node, exp.Mod):
        rest = remainder(ctx, part(node.this), part(node.expression))
        return rest if rest is not None else unknown(ctx, node, part)
    if isinstance(node, exp.Cast):
        return cast(ctx, node, part(node.this))
    return unknown(ctx, node, part)


def unknown(ctx: Context, node: exp.Expr, part: Part) -> Expr:
    """A function of its arguments alone, known by its name and its written options; volatile ones are declined."""
    if isinstance(node, DECLINED):
        raise Unsupported(f"{node.key} is not read here")
    name = (node.name if isinstance(node, exp.Anonymous) else type(node).__name__).lower()
    if name in VOLATILE:
        raise Unsupported(f"{name}() gives another value at each call")
    if NOT_OF_ONE_ROW.fullmatch(name):
        raise Unsupported(f"{name}() is not a function of one row")
    if name in MOMENT:
        ctx.assume(ONE_MOMENT)
    if isinstance(node, exp.Escape):
        return escaped(node, part)
    if isinstance(node, exp.Anonymous):
        ctx.assume(f"{name}() yields one value, the same for the same arguments")
    args: list[Expr] = []
    shape = _shape(node, part, args)
    return App("fn " + shape, tuple(args), result_kind(ctx.dialect, type(node).__name__, [arg.kind for arg in args]))


def escaped(node: exp.Escape, part: Part) -> Expr:
    """x LIKE pattern ESCAPE c is a function of all three, not of what LIKE alone would answer."""
    like = node.this
    negated = like.args.get("negate") or isinstance(like, exp.Not)
    like = like.this if isinstance(like, exp.Not) else like
    if not isinstance(like, exp.Like | exp.ILike | exp.SimilarTo):
        raise Unsupported("ESCAPE outside LIKE")
    args = tuple(part(e) for e in (like.this, like.expression, node.expression))
    found = App(f"fn {type(like).__name__} escape {' '.join(a.kind for a in args)}", args, "bool")
    return negate(found) if negated else found


def _shape(node: exp.Expr, part: Part, args: list[Expr]) -> str:
    """The written form with argument places numbered; nested expressions are collected into ``args``."""
    words = [node.name.lower() if isinstance(node, exp.Anonymous) else type(node).__name__]
    for key, value in sorted(node.args.items()):
        if isinstance(node, exp.Anonymous) and key == "this":
            continue
        items = value if isinstance(value, list) else [value]
        words += [f"{key}={_item(item, part, args)}" for item in items if item not in (None, False)]
    return " ".join(words)


def _item(item: object, part: Part, args: list[Expr]) -> str:
    if isinstance(item, exp.Var | exp.DataType | exp.Identifier | exp.Interval | exp.IntervalSpan):
        return item.sql().lower()
    if isinstance(item, exp.Expr):
        args.append(part(item))
        return f"#{len(args)}:{args[-1].kind}"
    return repr(item)
