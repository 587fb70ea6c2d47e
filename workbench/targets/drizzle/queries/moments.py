"""Dates and times, and the two text functions with a grammar of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries.scalars import Node, Write, operand, scalar
from workbench.targets.drizzle.queries.terms import Scope, Term
from workbench.targets.typescript import Literal

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module


def _extract(m: Module, node: Node, scope: Scope) -> Term:
    part = Literal(node.this.name.lower())
    return Term(m.w.helper("extract", part, scalar(m, node.expression, scope).code), "numeric")


def _zone(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    other = {
        "timestamp with time zone": "timestamp without time zone",
        "time without time zone": "time with time zone",
        "time with time zone": "time with time zone",
    }
    kind = other.get(inner.type, "timestamp with time zone")
    return Term(m.w.helper("atTimeZone", inner.code, operand(m, node.args["zone"], scope)), kind)


def _truncated(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    kept = ("timestamp without time zone", "interval")
    kind = inner.type if inner.type in kept else "timestamp with time zone"
    unit = node.args["unit"]
    part = Literal(unit.name.lower()) if isinstance(unit, exp.Var) else operand(m, unit, scope)
    return Term(m.w.helper("dateTrunc", part, inner.code), kind)


def _trim(m: Module, node: Node, scope: Scope) -> Term:
    helper = {"LEADING": "ltrim", "TRAILING": "rtrim"}.get(str(node.args.get("position") or "").upper(), "trim")
    parts = [node.this] + ([node.expression] if node.args.get("expression") else [])
    return Term(m.w.helper(helper, *(operand(m, part, scope) for part in parts)), "text")


def _pad(m: Module, node: Node, scope: Scope) -> Term:
    helper = "lpad" if node.args.get("is_left") else "rpad"
    parts = [node.this, node.expression, *([node.args["fill_pattern"]] if node.args.get("fill_pattern") else [])]
    return Term(m.w.helper(helper, *(operand(m, part, scope) for part in parts)), "text")


WRITERS: dict[type[Node], Write] = {
    exp.Extract: _extract,
    exp.AtTimeZone: _zone,
    exp.TimestampTrunc: _truncated,
    exp.DateTrunc: _truncated,
    exp.Trim: _trim,
    exp.Pad: _pad,
}
