"""IN, and containment of arrays, documents and ranges; the constant that a comparison's other side types."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries import constants, operators
from workbench.targets.drizzle.queries.conditions import Write
from workbench.targets.drizzle.queries.constants import MISSING, value_of
from workbench.targets.drizzle.queries.scalars import Node, opened, operand, scalar
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.typescript import Array, Expression

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module


def compared(m: Module, node: Node, left: Term, scope: Scope) -> Expression:
    """The right side of a comparison: a constant as ``left`` encodes it, or any other expression."""
    value = value_of(m.w, node)
    if value is not MISSING:
        return constants.compared(m.w, value, left)
    if left.column and left.type.endswith("[]") and (items := _constant_items(m, node)):
        return constants.compared(m.w, items, left)
    return scalar(m, node, scope).code


def _constant_items(m: Module, node: Node) -> list[object] | None:
    """``ARRAY[1, 2]::integer[]`` of constants."""
    inner: Node = opened(node)
    while isinstance(inner, exp.Cast):
        inner = opened(inner.this)
    if isinstance(inner, exp.Array):
        values = [value_of(m.w, item) for item in inner.expressions]
        return None if MISSING in values else values
    value = value_of(m.w, inner)
    return value if isinstance(value, list) else None


def membership(m: Module, node: Node, scope: Scope, name: str = "inArray") -> Expression:
    """``inArray`` or ``notInArray``."""
    term = scalar(m, _single(node.this), scope)
    query = node.args.get("query")
    if query is not None:
        return m.w.drizzle(name, term.code, m.subselect(query, scope).code)
    if not node.expressions:
        raise Untranslatable(node.sql("postgres"), "this form of IN has no Drizzle form")
    return m.w.drizzle(name, *_listed(m, term, node.expressions, scope))


def _listed(m: Module, term: Term, nodes: list[Node], scope: Scope) -> tuple[Expression, Expression]:
    """Both sides of IN: constants as the column encodes them, where it encodes them all."""
    imported = {module: set(names) for module, names in m.w.imports.items()}
    items = tuple(compared(m, item, term, scope) for item in nodes)
    if any(value_of(m.w, item) is MISSING for item in nodes):
        return _as_sql(m, term), Array(items)
    if term.column and any(map(m.w.helper_of, items)):
        m.w.imports = imported  # not what the column needed
        items = tuple(compared(m, item, replace(term, column=False), scope) for item in nodes)
        return _as_sql(m, term), Array(items)
    return term.code, Array(items)


def _as_sql(m: Module, term: Term) -> Expression:
    """Drizzle's types let a column be in a list of values only, an expression in a list of expressions."""
    return m.w.helper("outer", term.code) if term.column else term.code


def _single(node: Node) -> Node:
    """``("id")`` is "id"."""
    if isinstance(node, exp.Tuple) and len(node.expressions) == 1:
        return node.expressions[0]  # type: ignore[no-any-return]
    return node


def _containment(m: Module, node: Node, scope: Scope) -> Expression:
    """``@>``, ``<@`` and ``&&``: Drizzle's for a column of arrays, our own for documents, ranges and the rest."""
    helper = operators.CONDITIONS[type(node)]
    left = scalar(m, node.this, scope)
    items = _constant_items(m, node.expression) if left.column and left.type.endswith("[]") else None
    if items:
        return m.w.drizzle(_NATIVE[helper], left.code, constants.compared(m.w, items, left))
    helper = _OF_DOCUMENTS.get(helper, helper) if left.type in ("jsonb", "json") else helper
    return m.w.helper(helper, left.code, operand(m, node.expression, scope, left.type))


_NATIVE = {"contains": "arrayContains", "containedBy": "arrayContained", "overlaps": "arrayOverlaps"}
_OF_DOCUMENTS = {"contains": "jsonContains", "containedBy": "jsonContainedBy"}


WRITERS: dict[type[Node], Write] = {
    exp.In: membership,
    **dict.fromkeys((exp.ArrayContainsAll, exp.ArrayContainedBy, exp.ArrayOverlaps), _containment),
}
