"""Set operations, nested as Django nests them, sliced, ordered, and inside of other queries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from workbench.targets.drizzle.queries import clauses
from workbench.targets.drizzle.queries.agreement import agreeing
from workbench.targets.drizzle.queries.scalars import Node
from workbench.targets.drizzle.queries.terms import Built, Item, Place, Scope, Untranslatable
from workbench.targets.drizzle.words import words
from workbench.targets.typescript import Expression, Literal, call, method

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

_READ = words("this expression distinct order limit offset")


def combined(m: Module, node: exp.SetOperation, scope: Scope, place: Place) -> Built:
    """``union(left, right).orderBy(…).limit(…)``; the right side takes the names of the left's outputs."""
    clauses.only(node, *_READ)
    m.combinable(node)
    left = _branch(m, node.this, scope, place)
    right = _branch(m, node.expression, scope, replace(place, keys=place.keys or left.paths))
    left, right = agreeing(m, left, right, place)
    name = node.key + ("" if node.args.get("distinct") else "All")
    code: Expression = call(m.w.use(m.w.forms.core, name).text, left.code, right.code)
    items = [Item(exp.Null(), key, None) for key in left.names]
    code = clauses.limit(m, _ordered(m, code, node, items), node, scope, items)
    return replace(left, code=code)


def _branch(m: Module, node: Node, scope: Scope, place: Place) -> Built:
    node = clauses.inside(node)
    if isinstance(node, exp.SetOperation):
        return combined(m, node, scope, place)
    return m.select(node, Scope(scope.parent), replace(place, part=True))


def _ordered(m: Module, code: Expression, node: Node, items: list[Item]) -> Expression:
    order = node.args.get("order")
    if order is None:
        return code
    return method(code, "orderBy", *(_term(m, part, items) for part in order.expressions))


def _term(m: Module, part: exp.Ordered, items: list[Item]) -> Expression:
    index = clauses.ordinal(part.this.unnest(), items, Scope())
    if index is None:
        raise Untranslatable(part.sql("postgres"), "a set operation is ordered by its outputs only")
    return m.directed(part, m.w.helper("position", Literal(index + 1)))
