"""SQL expressions to scalar terms: one small function a construct, chosen by the table of ``scalar_rules``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, TypeAlias

from sqlglot import exp

from workbench.equivalence.proof.comparison import compare
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.functions import call
from workbench.equivalence.proof.kinds import UNKNOWN
from workbench.equivalence.proof.terms import App, Const, Expr, Param, Unsupported, negate

Lower: TypeAlias = Callable[[Context, Any, Scope], Expr]


def lower(ctx: Context, node: exp.Expr, scope: Scope) -> Expr:
    """The scalar meaning of a node; ``Unsupported`` where it has none here."""
    found = scope.override(node) if scope.override else None
    if found is not None:
        return found
    if node.args.get("negate"):
        return negate(truth(ctx, _positive(node), scope))
    rule = _rules().get(type(node))
    if rule is not None:
        _require_read(node)
        return rule(ctx, node, scope)
    return call(ctx, node, lambda part: lower(ctx, part, scope))


@cache
def _rules() -> dict[type[exp.Expr], Lower]:
    """The table of rules; read late, since some of them lower whole queries, which lower expressions."""
    from workbench.equivalence.proof.scalar_rules import RULES

    return RULES


def _positive(node: exp.Expr) -> exp.Expr:
    """The node without its NOT (sqlglot keeps IS NOT and NOT LIKE as a flag); nested queries keep their names."""
    positive = node.copy()
    positive.set("negate", None)
    return positive


_READ_ARGS: dict[type[exp.Expr], frozenset[str]] = {
    exp.Column: frozenset({"table"}),
    exp.Literal: frozenset({"is_string"}),
    exp.Alias: frozenset({"alias"}),
    exp.Between: frozenset({"low", "high", "symmetric"}),
    exp.In: frozenset({"query"}),
    exp.Case: frozenset({"ifs", "default"}),
    exp.If: frozenset({"true", "false"}),
    exp.Cast: frozenset({"to"}),
    exp.DPipe: frozenset({"safe"}),
    exp.Concat: frozenset({"safe", "coalesce"}),
    exp.Substring: frozenset({"start", "length"}),
    exp.TimestampTrunc: frozenset({"unit", "zone"}),
    exp.AtTimeZone: frozenset({"zone"}),
}
_QUERIES = (exp.Subquery, exp.Select, exp.Exists)


def _require_read(node: exp.Expr) -> None:
    """A part of a node that its rule does not read would be lost: decline it."""
    known = _READ_ARGS.get(type(node), frozenset()) | {"this", "expression", "expressions"}
    lost = sorted(k for k, v in node.args.items() if v and k not in known)
    if lost and not isinstance(node, _QUERIES):
        raise Unsupported(f"{node.key} with {', '.join(lost)}")


def truth(ctx: Context, node: exp.Expr, scope: Scope) -> Expr:
    """A node where a condition stands. SQLite's numbers are true unless zero."""
    value = lower(ctx, node, scope)
    if value.kind in ("bool", "null"):
        return value if value.kind == "bool" else Const(None, "bool")
    if value.kind in ("?", UNKNOWN) and isinstance(value, App | Param):
        return replace(value, kind="bool")
    if ctx.dialect == "sqlite" and value.kind == "int":
        return negate(compare("eq", value, Const(0, "int")))
    raise Unsupported(f"a {value.kind} stands where a condition is expected")
