"""Conditions: Drizzle's own functions wherever it has one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from workbench.targets.drizzle.queries import constants, operators
from workbench.targets.drizzle.queries.constants import MISSING, value_of
from workbench.targets.drizzle.queries.guard import checked
from workbench.targets.drizzle.queries.scalars import Node, operand, scalar
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Call, Expression, Literal, Member, Name, NonNull

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

Write: TypeAlias = Callable[["Module", Node, Scope], Expression]


def condition(m: Module, node: Node, scope: Scope) -> Expression:
    """A node in a place where a truth value is wanted."""
    write = m.conditions.get(type(node))
    if write is not None:
        checked(node)
        return write(m, node, scope)
    value = value_of(m.w, node)
    if value is not MISSING:
        return _constant(m, node, value)
    term = scalar(m, node, scope)
    if term.column:
        return m.w.drizzle("eq", term.code, Literal(True))
    return m.w.helper("truth", term.code) if isinstance(term.code, Member) else term.code


def _constant(m: Module, node: Node, value: object) -> Expression:
    if value is None:
        return constants.cast(m.w, Literal(None), "boolean").code
    if not isinstance(value, int):  # on SQLite truth values are numbers
        raise Untranslatable(node.sql("postgres"), "this constant is no condition")
    return m.w.constant("always" if value else "never")


def _comparison(m: Module, node: Node, scope: Scope) -> Expression:
    values = [value_of(m.w, side) for side in (node.this, node.expression)]
    if MISSING not in values and isinstance(node, (exp.EQ, exp.NEQ)) and all(type(value) is int for value in values):
        holds = (values[0] == values[1]) == isinstance(node, exp.EQ)
        return m.w.constant("always" if holds else "never")
    left = scalar(m, node.this, scope)
    if values[0] is None:  # NULL is of the other side's type
        left = constants.cast(m.w, Literal(None), m.type_of(node.expression, scope) or "text")
    right = m.compared(node.expression, left, scope)
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
    inner = node.unnest()
    if type(inner) is not kind:
        return [node]
    return [*_parts(inner.this, kind), *_parts(inner.expression, kind)]


def _not(m: Module, node: Node, scope: Scope) -> Expression:
    inner = node.this.unnest()
    special = _NEGATED.get(type(inner))
    if special is not None:
        checked(inner)
        return special(m, inner, scope)
    if isinstance(inner, exp.Column):
        return m.w.drizzle("eq", scalar(m, inner, scope).code, Literal(False))
    return m.w.drizzle("not", certain(condition(m, inner, scope)))


def certain(code: Expression) -> Expression:
    """``and(…)!``: of no conditions they give undefined, and these have some."""
    loose = isinstance(code, Call) and isinstance(code.callee, Name) and code.callee.text in ("and", "or")
    return NonNull(code) if loose else code


def _is(m: Module, node: Node, scope: Scope, negated: bool = False) -> Expression:
    term = scalar(m, node.this, scope)
    sense = negated != bool(node.args.get("negate"))
    if isinstance(node.expression, exp.Boolean):
        name = ("isNot" if sense else "is") + ("True" if node.expression.this else "False")
        return m.w.helper(name, term.code)
    if not isinstance(node.expression, exp.Null):
        raise Untranslatable(node.sql("postgres"), "only IS NULL, IS TRUE and IS FALSE have a form")
    return m.w.drizzle("isNotNull" if sense else "isNull", term.code)


def _between(m: Module, node: Node, scope: Scope) -> Expression:
    term = scalar(m, node.this, scope)
    ends = (m.compared(node.args[side], term, scope) for side in ("low", "high"))
    return m.w.drizzle("between", term.code, *ends)


def _like(m: Module, node: Node, scope: Scope) -> Expression:
    name = type(node).__name__
    name = f"not{name}" if node.args.get("negate") else f"{name[0].lower()}{name[1:]}"
    return m.w.drizzle(name, scalar(m, node.this, scope).code, operand(m, node.expression, scope))


def _exists(m: Module, node: Node, scope: Scope, name: str = "exists") -> Expression:
    return m.w.drizzle(name, m.subselect(node.this, scope).code)


def _helper(m: Module, node: Node, scope: Scope) -> Expression:
    left = scalar(m, node.this, scope)
    return m.w.helper(operators.CONDITIONS[type(node)], left.code, operand(m, node.expression, scope, left.type))


def _paren(m: Module, node: Node, scope: Scope) -> Expression:
    return condition(m, node.this, scope)


def as_term(m: Module, node: Node, scope: Scope) -> Term:
    """A condition as a value."""
    return Term(m.w.helper("truth", condition(m, node, scope)), "boolean", "boolean")


_NEGATED: dict[type[Node], Write] = {
    exp.Is: lambda m, node, scope: _is(m, node, scope, negated=True),
    exp.Exists: lambda m, node, scope: _exists(m, node, scope, "notExists"),
    exp.In: lambda m, node, scope: m.membership(node, scope, "notInArray"),
}

WRITERS: dict[type[Node], Write] = {
    exp.And: _connected,
    exp.Or: _connected,
    exp.Not: _not,
    exp.Is: _is,
    exp.Between: _between,
    exp.Like: _like,
    exp.ILike: _like,
    exp.Exists: _exists,
    exp.Paren: _paren,
    **dict.fromkeys(COMPARISONS, _comparison),
    **dict.fromkeys(operators.CONDITIONS, _helper),
}
