"""Equality: values of one kind, objects by their keys."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from workbench.policies.condition import (
    VIEWER,
    Always,
    Asked,
    Condition,
    Every,
    Missing,
    Negated,
    Same,
    ViewerId,
    ViewerIn,
    ViewerIs,
)
from workbench.policies.gathering import compared_count
from workbench.policies.operands import attribute_of, comparable, key_column, operand_of
from workbench.policies.reasoning import choice
from workbench.policies.references import (
    Amount,
    Column,
    Given,
    Picked,
    Reference,
    RequestWord,
    Thing,
    Viewer,
    ViewerGroup,
)
from workbench.policies.scope import Scope, unknown


def equal(node: ast.Compare, left: Reference, right: Reference, scope: Scope) -> Condition:
    """``left == right``, and ``left is True``; the sides of a rule stand in either order."""
    if isinstance(left, Given) and isinstance(right, Given):
        return Always(type(left.value) is type(right.value) and left.value == right.value)
    for kinds, rule in _EQUALS:
        if isinstance(left, kinds[0]) and isinstance(right, kinds[1]):
            return rule(node, left, right, scope)
        if isinstance(right, kinds[0]) and isinstance(left, kinds[1]):
            return rule(node, right, left, scope)
    return _same(node, left, right, scope)


def _same(node: ast.Compare, left: Reference, right: Reference, scope: Scope) -> Condition:
    beside = scope.models.kind(left.field) if isinstance(left, Column) else None
    first = operand_of(left, node, scope, scope.models.kind(right.field) if isinstance(right, Column) else None)
    second = operand_of(right, node, scope, beside)
    if not comparable(first, second):
        raise unknown(node, "compares values of two types")
    found = Same(first, second)
    return _for_visitor(left, right, found, scope)


def _for_visitor(left: Reference, right: Reference, found: Condition, scope: Scope) -> Condition:
    """A visitor's ``username`` is the empty text; of the user's other fields a visitor has none."""
    for side, other in ((left, right), (right, left)):
        if isinstance(side, Column) and side.root == VIEWER and side.field.name == "username" and not side.through:
            if not isinstance(other, Given):
                raise unknown(ast.Name("username"), "of a visitor is an empty text")
            return choice(ViewerIs("authenticated"), found, Always(other.value == ""))
    return found


def _same_user(node: ast.Compare, thing: Thing, _: Viewer, scope: Scope) -> Condition:
    """Model instances are equal by their keys; no user at all equals nobody, not even a visitor."""
    models = scope.models
    if thing.model != models.user or not models.numbers_users():
        raise unknown(node, f"compares a user with a {thing.model}")
    column = attribute_of(key_column(thing, node, scope), node, scope)
    if thing.key is None or not column.nullable:
        return Same(column, ViewerId())
    return Every((Negated(Missing(column)), Same(column, ViewerId())))


def _same_thing(node: ast.Compare, left: Thing, right: Thing, scope: Scope) -> Condition:
    """Objects of one model with the same key; None equals None."""
    if left.model != right.model:
        raise unknown(node, f"compares a {left.model} with a {right.model}")
    first = attribute_of(key_column(left, node, scope), node, scope)
    return Same(first, attribute_of(key_column(right, node, scope), node, scope))


def _same_row(node: ast.Compare, left: Picked, right: Reference, scope: Scope) -> Condition:
    raise unknown(node, "compares what the database finds")


def _word(node: ast.Compare, left: RequestWord, right: Given, scope: Scope) -> Condition:
    if isinstance(right.value, str):
        return Asked(left.what, (right.value,))
    raise unknown(node)


def _group_name(node: ast.Compare, left: ViewerGroup, right: Given, scope: Scope) -> Condition:
    if left.name and isinstance(right.value, str):
        return ViewerIn((right.value,))
    raise unknown(node)


def _how_many(node: ast.Compare, left: Amount, right: Given, scope: Scope) -> Condition:
    if type(right.value) is int:
        return compared_count(left.rows, "==", right.value, node, scope)
    raise unknown(node)


_EQUALS: tuple[tuple[tuple[Any, Any], Callable[[ast.Compare, Any, Any, Scope], Condition]], ...] = (
    ((Thing, Viewer), _same_user),
    ((Thing, Thing), _same_thing),
    ((Picked, object), _same_row),
    ((RequestWord, Given), _word),
    ((ViewerGroup, Given), _group_name),
    ((Amount, Given), _how_many),
)
