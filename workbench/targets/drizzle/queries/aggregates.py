"""Aggregates and windows: Drizzle's own functions where they say it, else a helper with its options."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries import calls, functions
from workbench.targets.drizzle.queries.functions import Function
from workbench.targets.drizzle.queries.result_types import average_type, call_type, sum_type
from workbench.targets.drizzle.queries.scalars import Node, Write, operand, scalar
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Array, Expression, Literal, Object

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

_NATIVE: dict[type[Node], tuple[str, Callable[[str], str]]] = {
    exp.Count: ("count", lambda _: "bigint"),
    exp.Sum: ("sum", sum_type),
    exp.Avg: ("avg", average_type),
    exp.Min: ("min", lambda kind: kind),
    exp.Max: ("max", lambda kind: kind),
}


def _native(m: Module, node: Node, scope: Scope) -> Term:
    inner = node.this
    distinct = isinstance(inner, exp.Distinct)
    if distinct and (len(inner.expressions) != 1 or type(node) in (exp.Min, exp.Max)):
        return ordered(m, node.key, [inner], scope)
    if isinstance(inner, exp.Order):
        return ordered(m, node.key, [inner], scope)
    if distinct:
        (inner,) = inner.expressions
    name, result = _NATIVE[type(node)]
    if isinstance(inner, exp.Star):
        return Term(m.w.drizzle("count"), "bigint", "number", nullable=False)
    term = scalar(m, inner, scope)
    js = {"count": "number", "sum": "string", "avg": "string"}.get(name, term.js if term.column else "string")
    argument = m.w.helper("outer", term.code) if term.outer and term.column else term.code
    code = m.w.drizzle(name + ("Distinct" if distinct else ""), argument)
    return Term(code, result(term.type), js, nullable=name != "count")


def named(m: Module, node: Node, scope: Scope) -> Term:
    """A function by its name: an aggregate with DISTINCT or ORDER BY inside, or any other."""
    special = any(isinstance(part, (exp.Distinct, exp.Order)) for part in node.expressions)
    if special:
        return ordered(m, node.name.lower(), node.expressions, scope)
    return calls.WRITERS[exp.Anonymous](m, node, scope)


def _string_agg(m: Module, node: Node, scope: Scope) -> Term:
    parts = [node.this]
    if node.args.get("separator") is not None:
        parts.append(node.args["separator"])
    return ordered(m, "string_agg", parts, scope)


def ordered(m: Module, name: str, nodes: list[Node], scope: Scope, row: Function | None = None) -> Term:
    """``name(DISTINCT a, b ORDER BY c)``; sqlglot hangs the order on the argument before it."""
    arguments, distinct, order = _parts(nodes)
    row = row or functions.NAMED.get(name) or _CLASSES.get(name)
    if row is None:
        raise Untranslatable(name, "an aggregate of one's own with DISTINCT or ORDER BY has no form here")
    entries: list[tuple[str, Expression]] = [("distinct", Literal(True))] if distinct else []
    if order:
        entries.append(("orderBy", Array(tuple(m.ordered(part, scope) for part in order))))
    first = scalar(m, arguments[0], scope)
    values = [first.code, *(operand(m, node, scope) for node in arguments[1:])]
    options = [Object(tuple(entries))] if entries else []
    code = m.w.helper("aggregate", Literal(name), Array(tuple(values)), *options)
    return Term(code, _TYPES[name](first.type) if name in _TYPES else call_type(row, first.type))


def _parts(nodes: list[Node]) -> tuple[list[Node], bool, list[Node]]:
    arguments: list[Node] = []
    distinct, order = False, list[Node]()
    for node in nodes:
        if isinstance(node, exp.Order):
            order, node = node.expressions, node.this
        if isinstance(node, exp.Distinct):
            distinct = True
            arguments += node.expressions
        else:
            arguments.append(node)
    return arguments, distinct, order


_TYPES: dict[str, Callable[[str], str]] = {
    "count": lambda _: "bigint",
    "sum": sum_type,
    "avg": average_type,
    "string_agg": lambda kind: "bytea" if kind == "bytea" else "text",
}
_CLASSES: dict[str, Function] = {
    **dict.fromkeys(("min", "max", "sum", "avg", "count", "string_agg"), Function("aggregate", "=")),
}


def _filter(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    condition = m.condition(node.expression.this, scope)
    return Term(m.w.helper("filtered", inner.code, condition), inner.type, nullable=inner.nullable)


def _within_group(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    order = [m.ordered(part, scope) for part in node.expression.expressions]
    return replace(inner, code=m.w.helper("withinGroup", inner.code, Array(tuple(order))))


def _window(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    entries: list[tuple[str, Expression]] = []
    if node.args.get("partition_by"):
        entries.append(("partitionBy", Array(tuple(scalar(m, part, scope).code for part in node.args["partition_by"]))))
    if node.args.get("order") is not None:
        entries.append(("orderBy", Array(tuple(m.ordered(part, scope) for part in node.args["order"].expressions))))
    if node.args.get("spec") is not None:
        entries += _frame(node.args["spec"])
    options = [Object(tuple(entries))] if entries else []
    return Term(m.w.helper("over", inner.code, *options), inner.type, nullable=inner.nullable)


def _frame(spec: Node) -> list[tuple[str, Expression]]:
    """``{ rows: ["1 preceding", "current row"] }``."""
    kind = str(spec.args.get("kind") or "RANGE").lower()
    ends = [_bound(spec, "start")]
    if spec.args.get("end") is not None:
        ends.append(_bound(spec, "end"))
    frame: list[tuple[str, Expression]] = [(kind, Array(tuple(map(Literal, ends))))]
    if spec.args.get("exclude") is not None:
        frame.append(("exclude", Literal(spec.args["exclude"].name.lower())))
    return frame


def _bound(spec: Node, end: str) -> str:
    value, side = spec.args[end], str(spec.args.get(f"{end}_side") or "").lower()
    if isinstance(value, str):
        return f"{value.lower()} {side}".strip()
    if isinstance(value, exp.Literal) and value.is_int:
        return f"{value.name} {side}"
    raise Untranslatable(spec.sql("postgres"), "a window frame is written with whole numbers only")


WRITERS: dict[type[Node], Write] = {
    exp.Anonymous: named,
    exp.GroupConcat: _string_agg,
    exp.Filter: _filter,
    exp.Window: _window,
    exp.WithinGroup: _within_group,
    **dict.fromkeys(_NATIVE, _native),
}
