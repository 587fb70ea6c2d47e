"""Scalar expressions: which function writes a node, and the shapes that are not calls."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from workbench.targets.drizzle.queries import constants
from workbench.targets.drizzle.queries.constants import MISSING, argument, value_of
from workbench.targets.drizzle.queries.guard import checked
from workbench.targets.drizzle.queries.result_types import TEXTS, common_type
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Array, Expression, Literal

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

Node: TypeAlias = exp.Expression
Write: TypeAlias = Callable[["Module", Node, Scope], Term]
_TYPE = re.compile(r"[a-z_][a-z0-9_ ]*(\(\d+(, ?\d+)?\))?( with(out)? time zone)?(\[\d*\])*\Z")


def scalar(m: Module, node: Node, scope: Scope) -> Term:
    """A node as a term; Untranslatable where it has no form."""
    value = value_of(m.w, node)
    if value is not MISSING:
        return constants.standing(m.w, value)
    key = (id(node), id(scope))
    if key not in m.w.written:  # node and scope are kept: their ids stay theirs
        m.w.written[key] = (m.grouped(node, _written(m, node, scope), scope), node, scope)
    return m.w.written[key][0]


def _written(m: Module, node: Node, scope: Scope) -> Term:
    write = m.scalars.get(type(node))
    if write is not None:
        checked(node)
        return write(m, node, scope)
    if type(node) in m.conditions:
        return Term(m.w.helper("truth", m.condition(node, scope)), "boolean", "boolean")
    reason = m.unsupported.get(type(node), f"{type(node).__name__} has no Drizzle form yet")
    raise Untranslatable(node.sql("postgres"), reason)


def opened(node: Node) -> Node:
    """The node without the parentheses around it."""
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def operand(m: Module, node: Node, scope: Scope, partner: str = "") -> Expression:
    """A node as the argument of a helper."""
    value = value_of(m.w, node)
    return scalar(m, node, scope).code if value is MISSING else argument(m.w, value, partner)


def _column(m: Module, node: Node, scope: Scope) -> Term:
    assert isinstance(node, exp.Column)
    if isinstance(node.this, exp.Star):
        raise Untranslatable(node.sql(), "a star is not one value")
    return scope.find(node.table, node.name)


def _paren(m: Module, node: Node, scope: Scope) -> Term:
    return scalar(m, node.this, scope)


def _cast(m: Module, node: Node, scope: Scope) -> Term:
    to = type_name(node.args["to"])
    value = value_of(m.w, node.this)
    if value is not MISSING:
        return constants.cast(m.w, constants.argument(m.w, value, to), to, value is None)
    source = node.this.unnest()
    if (
        isinstance(source, exp.Array) and to.endswith("[]") and not source.find(exp.Query)
    ):  # PostgreSQL reads its items as the type that is cast to
        items = (operand(m, item, scope, to.removesuffix("[]")) for item in source.expressions)
        return constants.cast(m.w, m.w.helper("array", *items), to)
    inner = scalar(m, node.this, scope)
    if to == "text" and inner.column and inner.type in TEXTS[:2]:
        return inner  # the same text: neither type pads, trims or folds
    return constants.cast(m.w, inner.code, to, inner.nullable)


def type_name(node: exp.DataType) -> str:
    """A type as PostgreSQL names it; only plain names pass into the text of a query."""
    written = node.sql("postgres").lower()
    if written.startswith('"') and written.endswith('"'):
        written = written[1:-1]
    base, found, rest = written.partition("[")
    base, size, digits = base.partition("(")
    written = _TYPE_NAMES.get(base, base) + size + digits + found + rest
    if not _TYPE.match(written):
        raise Untranslatable(node.sql("postgres"), "this type's name cannot be written safely")
    return written


_TYPE_NAMES = {
    "int": "integer",
    "decimal": "numeric",
    "varchar": "character varying",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "time": "time without time zone",
    "bool": "boolean",
    "char": "character",
    "float": "double precision",
}


def _negative(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    return Term(m.w.helper("negate", inner.code), inner.type, nullable=inner.nullable)


def _case(m: Module, node: Node, scope: Scope) -> Term:
    if node.args.get("this") is not None:
        raise Untranslatable(node.sql("postgres"), "CASE with an operand has no form here")
    rest = [node.args["default"]] if node.args.get("default") else []
    values = [*(branch.args["true"] for branch in node.args["ifs"]), *rest]
    known = [m.type_of(value, scope) for value in values]
    partner = next((kind for value, kind in zip(values, known, strict=True) if value_of(m.w, value) is MISSING), "")
    branches = [
        Array((m.condition(branch.this, scope), operand(m, branch.args["true"], scope, partner)))
        for branch in node.args["ifs"]
    ]
    kind = common_type([kind for kind, value in zip(known, values, strict=True) if not _untyped(m, value)])
    codes = [operand(m, value, scope, partner) for value in rest]
    return Term(m.w.helper("caseWhen", Array(tuple(branches)), *codes), kind or ("" if partner else "text"))


def _untyped(m: Module, node: Node) -> bool:
    """NULL and text take the type of the other branches."""
    value = value_of(m.w, node)
    return value is not MISSING and not constants.type_of(value)


def _subquery(m: Module, node: Node, scope: Scope) -> Term:
    if node.args.get("alias"):
        raise Untranslatable(node.sql("postgres"), "a named subquery is no value")
    built = m.subselect(node.this, scope)
    kind = built.terms[0].type if len(built.terms) == 1 else ""
    return Term(m.w.helper("scalar", built.code), kind)


def _interval(m: Module, node: Node, scope: Scope) -> Term:
    value, unit = node.this, node.args.get("unit")
    if not (isinstance(value, exp.Literal) and (unit is None or isinstance(unit, exp.Var))):
        raise Untranslatable(node.sql("postgres"), "only an interval of a constant has a form")
    return constants.cast(m.w, Literal(f"{value.name} {unit.name.lower()}" if unit else value.name), "interval")


def _collate(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    return Term(m.w.helper("collate", inner.code, Literal(node.expression.name)), "text", nullable=inner.nullable)


WRITERS: dict[type[Node], Write] = {
    exp.Column: _column,
    exp.Paren: _paren,
    exp.Cast: _cast,
    exp.Neg: _negative,
    exp.Case: _case,
    exp.Subquery: _subquery,
    exp.Interval: _interval,
    exp.Collate: _collate,
}
