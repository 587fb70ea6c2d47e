"""Operators: arithmetic, text, documents, search; constants are typed by the other side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries import constants, operators
from workbench.targets.drizzle.queries.constants import MISSING, value_of
from workbench.targets.drizzle.queries.result_types import TEXTS, arithmetic_type
from workbench.targets.drizzle.queries.scalars import Node, Write, operand, scalar
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Expression, Literal

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

_SYMBOL = re.compile(r"[-+*/<>=~!@#%^&|`?]+\Z")


def _arithmetic(m: Module, node: Node, scope: Scope) -> Term:
    helper = operators.ARITHMETIC[type(node)]
    sides = (node.this, node.expression)
    left, right = (scalar(m, side, scope) if value_of(m.w, side) is MISSING else None for side in sides)
    kinds = [t.type if t else constants.type_of(value_of(m.w, n)) for n, t in zip(sides, (left, right), strict=True)]
    if left is None and right is None:
        left = scalar(m, node.this, scope)  # PostgreSQL could not tell the types of two bare parameters
    if left and left.type.endswith("range") and type(node) in operators.BETWEEN_RANGES:
        code = m.w.helper(operators.BETWEEN_RANGES[type(node)], left.code, operand(m, node.expression, scope))
        return Term(code, "boolean", "boolean")
    if helper == "modulo" and kinds[0] in TEXTS:
        return Term(m.w.helper("similarTo", *(operand(m, side, scope) for side in sides)), "boolean", "boolean")
    codes = [
        term.code if term else operand(m, side, scope, partner)
        for side, term, partner in ((node.this, left, kinds[1]), (node.expression, right, kinds[0]))
    ]
    nullable = any(term is None or term.nullable for term in (left, right))
    return Term(m.w.helper(helper, *codes), arithmetic_type(helper, *kinds), nullable=nullable)


def _operator(m: Module, node: Node, scope: Scope) -> Term:
    helper, kind = operators.OPERATORS[type(node)]
    left, right = operand(m, node.this, scope), operand(m, node.expression, scope)
    if helper == "jsonGet" and _known_type(m, node.this, scope) == "hstore":
        kind = "text"
    if helper != "joined":
        return Term(m.w.helper(helper, left, right), kind)
    kinds = [_joined_type(m, side, scope) for side in (node.this, node.expression)]
    other = next(filter(None, kinds), "")
    if not other:
        left, right = (_text(m, side, code) for side, code in ((node.this, left), (node.expression, right)))
    return Term(m.w.helper(helper, left, right), other or kind)


def _known_type(m: Module, node: Node, scope: Scope) -> str:
    return scalar(m, node, scope).type if value_of(m.w, node) is MISSING else ""


def _joined_type(m: Module, node: Node, scope: Scope) -> str:
    """The type where ``||`` is not of texts: documents, arrays, search vectors and queries."""
    kind = _known_type(m, node, scope)
    return kind if kind.endswith("[]") or kind in _JOINED else ""


_JOINED = ("jsonb", "tsvector", "tsquery", "hstore", "bytea")


def _text(m: Module, node: Node, code: Expression) -> Expression:
    """Two parameters on both sides of || would have no type."""
    return code if value_of(m.w, node) is MISSING else constants.cast(m.w, code, "text").code


def _any_operator(m: Module, node: Node, scope: Scope) -> Term:
    """An operator by its symbol: of an extension, or a project's own."""
    symbol = str(node.args["operator"])
    if not _SYMBOL.match(symbol):
        raise Untranslatable(node.sql("postgres"), f"the operator {symbol} cannot be written safely")
    left, right = operand(m, node.this, scope), operand(m, node.expression, scope)
    kind = _SYMBOLS.get(symbol, "")
    return Term(m.w.helper("operator", left, Literal(symbol), right), kind, "boolean" if kind == "boolean" else "")


_SYMBOLS = {
    **dict.fromkeys(("%>", "<%", "%>>", "<<%"), "boolean"),
    **dict.fromkeys(("<<->", "<->>", "<<<->", "<->>>"), "real"),
}


def _search(m: Module, node: Node, scope: Scope) -> Term:
    """``vector @@ query``: sqlglot has its sides the other way round."""
    (vector,) = node.expressions
    code = m.w.helper("searchMatches", operand(m, vector, scope), operand(m, node.this, scope))
    return Term(code, "boolean", "boolean")


WRITERS: dict[type[Node], Write] = {
    exp.Operator: _any_operator,
    exp.MatchAgainst: _search,
    **dict.fromkeys(operators.ARITHMETIC, _arithmetic),
    **dict.fromkeys(operators.OPERATORS, _operator),
}
