"""Scalars and conditions that SQLite has otherwise: casts by affinity, functions by name, LIKE with its ESCAPE."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries import aggregates, arrays, conditions, memberships, operators, scalars
from workbench.targets.drizzle.queries.constants import MISSING, cast, value_of
from workbench.targets.drizzle.queries.functions import Function
from workbench.targets.drizzle.queries.scalars import Node, Write, operand, scalar
from workbench.targets.drizzle.queries.sqlite_functions import FOREIGN, NAMED, NODES, REFUSED, shown
from workbench.targets.drizzle.queries.sqlite_moments import WRITERS as MOMENTS
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Expression

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

# affinity decides what a cast does: any other word would be read by SQLite's rules for its letters
_AFFINITIES: dict[object, str] = {
    exp.DataType.Type.BIGINT: "integer",
    exp.DataType.Type.BLOB: "blob",
    exp.DataType.Type.BOOLEAN: "numeric",
    exp.DataType.Type.CHAR: "text",
    exp.DataType.Type.DATE: "numeric",
    exp.DataType.Type.DATETIME: "numeric",
    exp.DataType.Type.DECIMAL: "numeric",
    exp.DataType.Type.DOUBLE: "real",
    exp.DataType.Type.FLOAT: "real",
    exp.DataType.Type.INT: "integer",
    exp.DataType.Type.SMALLINT: "integer",
    exp.DataType.Type.TEXT: "text",
    exp.DataType.Type.TIME: "numeric",
    exp.DataType.Type.UBIGINT: "integer",
    exp.DataType.Type.UINT: "integer",
    exp.DataType.Type.USMALLINT: "integer",
    exp.DataType.Type.VARBINARY: "blob",
    exp.DataType.Type.VARCHAR: "text",
}


def _cast(m: Module, node: Node, scope: Scope) -> Term:
    affinity = _AFFINITIES.get(node.args["to"].this)
    if affinity is None:
        raise Untranslatable(shown(node), "this type's affinity is not known here")
    return cast(m.w, operand(m, node.this, scope), affinity)


def _arithmetic(m: Module, node: Node, scope: Scope) -> Term:
    sides = (node.this, node.expression)
    codes = [operand(m, side, scope) for side in sides]
    wide = any(_wide(scalar(m, side, scope)) for side in sides if value_of(m.w, side) is MISSING)
    return Term(m.w.helper(operators.ARITHMETIC[type(node)], *codes), "wide" if wide else "numeric")


def _wide(term: Term) -> bool:
    """Whether its whole numbers may be more than JavaScript's numbers hold."""
    return term.type == "wide" or (term.column and term.js == "bigint")


def _joined(m: Module, node: Node, scope: Scope) -> Term:
    return Term(m.w.helper("joined", *(operand(m, side, scope) for side in (node.this, node.expression))), "text")


def _function(m: Module, node: Node, scope: Scope) -> Term:
    row = NODES[type(node)]
    parts = (node.args.get(name) for name in row.arguments)
    found = [item for part in parts if part is not None for item in (part if isinstance(part, list) else [part])]
    return _call(m, row, found, scope)


def _named(m: Module, node: Node, scope: Scope) -> Term:
    """A function by its name: Django's own, SQLite's, or none that SQLite has."""
    name = node.name.lower()
    if name in MOMENTS:
        return MOMENTS[name](m, node, scope)
    row = _shaped(m, node) if name == "strftime" else NAMED.get(name)
    if row is None:
        raise Untranslatable(shown(node), REFUSED.get(name, FOREIGN))
    if any(isinstance(part, exp.Distinct) for part in node.expressions):
        return aggregates.ordered(m, name, node.expressions, scope, row)
    return _call(m, row, node.expressions, scope)


def _shaped(m: Module, node: Node) -> Function:
    """STRFTIME by its format: Django writes the moment and the time that casts and Now() give."""
    given = value_of(m.w, node.expressions[0]) if node.expressions else None
    kinds = {"%Y-%m-%d %H:%M:%f": "datetime", "%H:%M:%f": "time"}
    return Function("strftime", kinds.get(given, "text") if isinstance(given, str) else "text")


def _call(m: Module, row: Function, nodes: list[Node], scope: Scope) -> Term:
    codes = [operand(m, node, scope) for node in nodes]
    first = m.type_of(nodes[0], scope) if nodes and row.type.startswith("=") else ""
    return Term(m.w.helper(row.helper, *codes), first if row.type.startswith("=") else row.type)


def _escaped(m: Module, node: Node, scope: Scope) -> Expression:
    """``x LIKE y ESCAPE '\\'``, as Django writes it."""
    like = node.this
    if not isinstance(like, exp.Like) or value_of(m.w, node.expression) != "\\":
        raise Untranslatable(shown(node), "this is no LIKE with a backslash as its escape")
    return m.w.helper("likeEscaped", operand(m, like.this, scope), operand(m, like.expression, scope))


def _same(m: Module, node: Node, scope: Scope) -> Expression:
    """``a IS b``: equal, or both NULL."""
    helper = "isSame" if isinstance(node, exp.NullSafeEQ) else "isNotSame"
    return m.w.helper(helper, operand(m, node.this, scope), operand(m, node.expression, scope))


SCALARS: dict[type[Node], Write] = {
    **{kind: scalars.WRITERS[kind] for kind in (exp.Column, exp.Paren, exp.Neg, exp.Case, exp.Subquery, exp.Collate)},
    **{kind: write for kind, write in aggregates.WRITERS.items() if kind not in (exp.GroupConcat, exp.WithinGroup)},
    exp.Tuple: arrays.WRITERS[exp.Tuple],
    exp.Cast: _cast,
    exp.DPipe: _joined,
    exp.Anonymous: _named,
    **dict.fromkeys(NODES, _function),
    **dict.fromkeys(operators.ARITHMETIC, _arithmetic),
}
CONDITIONS: dict[type[Node], conditions.Write] = {
    **{kind: write for kind, write in conditions.WRITERS.items() if kind not in (*operators.CONDITIONS, exp.ILike)},
    exp.In: memberships.WRITERS[exp.In],
    exp.Escape: _escaped,
    exp.NullSafeEQ: _same,
    exp.NullSafeNEQ: _same,
}
