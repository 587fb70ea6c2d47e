"""Conditions: Drizzle's own functions wherever it has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries import constants, functions
from workbench.targets.drizzle.queries.constants import MISSING, value_of
from workbench.targets.drizzle.queries.guard import checked
from workbench.targets.drizzle.queries.scalars import Node, operand, scalar
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Array, Call, Expression, Literal, Name, NonNull

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module


def condition(m: Module, node: Node, scope: Scope) -> Expression:
    """A node in a place where a truth value is wanted."""
    write = WRITERS.get(type(node))
    if write is not None:
        checked(node)
        return write(m, node, scope)
    value = value_of(m.w, node)
    if value is not MISSING:
        if not isinstance(value, bool):
            raise Untranslatable(node.sql("postgres"), "this constant is no condition")
        return m.w.constant("always" if value else "never")
    term = scalar(m, node, scope)
    return m.w.drizzle("eq", term.code, Literal(True)) if term.column else term.code


def _comparison(m: Module, node: Node, scope: Scope) -> Expression:
    values = [value_of(m.w, side) for side in (node.this, node.expression)]
    if MISSING not in values:
        if not (isinstance(node, (exp.EQ, exp.NEQ)) and all(type(value) is int for value in values)):
            raise Untranslatable(node.sql("postgres"), "only whole numbers are compared with each other here")
        holds = (values[0] == values[1]) == isinstance(node, exp.EQ)
        return m.w.constant("always" if holds else "never")
    left = scalar(m, node.this, scope)
    right = scalar(m, node.expression, scope).code if values[1] is MISSING else constants.compared(m.w, values[1], left)
    return m.w.drizzle(COMPARISONS[type(node)], left.code, right)


COMPARISONS: dict[type[Node], str] = {
    exp.EQ: "eq",
    exp.NEQ: "ne",
    exp.GT: "gt",
    exp.GTE: "gte",
    exp.LT: "lt",
    exp.LTE: "lte",
}


def _connected(m: Module, node: Node, scope: Scope) -> Expression:
    name = "and" if isinstance(node, exp.And) else "or"
    return m.w.drizzle(name, *(condition(m, part, scope) for part in _parts(node, type(node))))


def _parts(node: Node, kind: type[Node]) -> list[Node]:
    """The operands of a chain of ANDs (or ORs), parentheses around the same connector opened."""
    inner = node
    while isinstance(inner, exp.Paren):
        inner = inner.this
    if type(inner) is not kind:
        return [node]
    return [*_parts(inner.this, kind), *_parts(inner.expression, kind)]


def _not(m: Module, node: Node, scope: Scope) -> Expression:
    inner = node.this
    while isinstance(inner, exp.Paren):
        inner = inner.this
    if isinstance(inner, exp.Is):
        return _is(m, inner, scope, negated=True)
    if isinstance(inner, exp.Exists):
        return m.w.drizzle("notExists", m.subselect(_unwrapped(inner.this), scope).code)
    if isinstance(inner, exp.In):
        checked(inner)
        return _in(m, inner, scope, "notInArray")
    if isinstance(inner, exp.Column):
        return m.w.drizzle("eq", scalar(m, inner, scope).code, Literal(False))
    return m.w.drizzle("not", certain(condition(m, inner, scope)))


def certain(code: Expression) -> Expression:
    """``and(…)!``: of no conditions they give undefined, and these have some."""
    loose = isinstance(code, Call) and isinstance(code.callee, Name) and code.callee.text in ("and", "or")
    return NonNull(code) if loose else code


def _is(m: Module, node: Node, scope: Scope, negated: bool = False) -> Expression:
    if not isinstance(node.expression, exp.Null):
        raise Untranslatable(node.sql("postgres"), "only IS NULL has a form")
    name = "isNotNull" if negated != bool(node.args.get("negate")) else "isNull"
    return m.w.drizzle(name, scalar(m, node.this, scope).code)


def _in(m: Module, node: Node, scope: Scope, name: str = "inArray") -> Expression:
    left = _single(node.this)
    term = scalar(m, left, scope)
    if not node.expressions and node.args.get("query") is None:
        raise Untranslatable(node.sql("postgres"), "this form of IN has no Drizzle form")
    if node.args.get("query") is not None:
        return m.w.drizzle(name, term.code, m.subselect(_unwrapped(node.args["query"]), scope).code)
    values = [value_of(m.w, item) for item in node.expressions]
    if MISSING in values:
        codes = [scalar(m, item, scope).code for item in node.expressions]
    else:
        codes = [constants.compared(m.w, value, term) for value in values]
    return m.w.drizzle(name, term.code, Array(tuple(codes)))


def _single(node: Node) -> Node:
    """``("id")`` is "id"; a real row has no Drizzle form."""
    if isinstance(node, exp.Tuple):
        if len(node.expressions) != 1:
            raise Untranslatable(node.sql("postgres"), "Drizzle compares no rows of several columns")
        return node.expressions[0]  # type: ignore[no-any-return]
    return node


def _between(m: Module, node: Node, scope: Scope) -> Expression:
    term = scalar(m, node.this, scope)
    ends = []
    for side in (node.args["low"], node.args["high"]):
        value = value_of(m.w, side)
        ends.append(scalar(m, side, scope).code if value is MISSING else constants.compared(m.w, value, term))
    return m.w.drizzle("between", term.code, *ends)


def _like(m: Module, node: Node, scope: Scope) -> Expression:
    name = "notLike" if node.args.get("negate") else "like"
    return m.w.drizzle(name, scalar(m, node.this, scope).code, operand(m, node.expression, scope))


def _exists(m: Module, node: Node, scope: Scope) -> Expression:
    return m.w.drizzle("exists", m.subselect(_unwrapped(node.this), scope).code)


def _unwrapped(node: Node) -> Node:
    while isinstance(node, (exp.Subquery, exp.Paren)):
        node = node.this
    return node


def _helper(m: Module, node: Node, scope: Scope) -> Expression:
    left = scalar(m, node.this, scope)
    return m.w.helper(functions.CONDITIONS[type(node)], left.code, operand(m, node.expression, scope, left.type))


def _paren(m: Module, node: Node, scope: Scope) -> Expression:
    return condition(m, node.this, scope)


def as_term(m: Module, node: Node, scope: Scope) -> Term:
    """A condition as a value."""
    return Term(m.w.helper("truth", condition(m, node, scope)), "boolean", "boolean")


WRITERS: dict[type[Node], Callable[[Module, Node, Scope], Expression]] = {
    exp.And: _connected,
    exp.Or: _connected,
    exp.Not: _not,
    exp.Is: _is,
    exp.In: _in,
    exp.Between: _between,
    exp.Like: _like,
    exp.Exists: _exists,
    exp.Paren: _paren,
    **dict.fromkeys(COMPARISONS, _comparison),
    **dict.fromkeys(functions.CONDITIONS, _helper),
}
