"""Python's comparisons: ``==``, ``is None``, ``in``, ``<``."""

from __future__ import annotations

import ast
from typing import Literal

from workbench.policies.condition import (
    Always,
    Attribute,
    Condition,
    Constant,
    Every,
    Missing,
    Negated,
    OneOf,
    Operand,
    Ordered,
    Same,
    ViewerId,
)
from workbench.policies.references import Column, Given, Reference, Thing, Viewer, ViewerAttribute
from workbench.policies.resolving import Scope, fits, resolve, unknown

_ORDER: dict[type[ast.cmpop], Literal["<", "<=", ">", ">="]] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


def compared(node: ast.Compare, scope: Scope) -> Condition:
    """One comparison, or a chain of them, as a condition."""
    sides = [node.left, *node.comparators]
    parts = tuple(
        _one(node, op, resolve(left, scope), resolve(right, scope), scope)
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False)
    )
    return parts[0] if len(parts) == 1 else Every(parts)


def _one(node: ast.Compare, op: ast.cmpop, left: Reference, right: Reference, scope: Scope) -> Condition:
    if isinstance(op, (ast.NotEq, ast.IsNot, ast.NotIn)):
        positive = {ast.NotEq: ast.Eq, ast.IsNot: ast.Is, ast.NotIn: ast.In}[type(op)]()
        return Negated(_one(node, positive, left, right, scope))
    if isinstance(op, (ast.Eq, ast.Is)) and right == Given(None):
        return _null(node, left, scope)
    if isinstance(op, ast.Eq):
        return _equal(node, left, right, scope)
    if isinstance(op, ast.In):
        return _among(node, left, right, scope)
    if type(op) in _ORDER:
        return _ordered(node, _ORDER[type(op)], left, right, scope)
    raise unknown(node)


def _null(node: ast.Compare, left: Reference, scope: Scope) -> Condition:
    if isinstance(left, Thing) and left.key is None:
        return Always(False)  # the object asked about is there, and so is what it refers to by a NOT NULL key
    if isinstance(left, Thing) and left.key is not None:
        return _null(node, Column(left.holder, left.through, left.key), scope)
    if not isinstance(left, Column):
        raise unknown(node)
    operand = _operand(node, left, scope)
    assert isinstance(operand, Attribute)
    return Missing(operand) if operand.nullable else Always(False)


def _equal(node: ast.Compare, left: Reference, right: Reference, scope: Scope) -> Condition:
    if isinstance(left, Viewer) and isinstance(right, Thing):
        left, right = right, left
    if isinstance(left, Thing) and isinstance(right, Viewer):
        return _same_user(node, left, scope)
    first, second = _operand(node, left, scope), _operand(node, right, scope)
    if not _comparable(first, second):
        raise unknown(node, "compares values of two types")
    return Same(first, second)


def _same_user(node: ast.Compare, thing: Thing, scope: Scope) -> Condition:
    """Model instances are equal by their keys; no user at all equals nobody, not even a visitor."""
    models = scope.models
    if thing.model != models.user or not models.numbers_users():
        raise unknown(node, f"compares a user with a {thing.model}")
    if thing.key is None:
        key = models.key(thing.model)
        if key is None:
            raise unknown(node)
        return Same(_operand(node, Column(thing.model, thing.through, key), scope), ViewerId())
    column = _operand(node, Column(thing.holder, thing.through, thing.key), scope)
    assert isinstance(column, Attribute)
    return Every((Negated(Missing(column)), Same(column, ViewerId())))


def _among(node: ast.Compare, left: Reference, right: Reference, scope: Scope) -> Condition:
    value = _operand(node, left, scope)
    if not isinstance(value, Attribute) or not isinstance(right, Given) or not isinstance(right.value, tuple):
        raise unknown(node)
    if not all(fits(item, value.type) for item in right.value):
        raise unknown(node, "compares values of two types")
    return OneOf(value, right.value)


def _ordered(
    node: ast.Compare, op: Literal["<", "<=", ">", ">="], left: Reference, right: Reference, scope: Scope
) -> Condition:
    sides = _operand(node, left, scope), _operand(node, right, scope)
    for side in sides:
        if isinstance(side, ViewerId) or (isinstance(side, Attribute) and (side.nullable or side.type != "integer")):
            raise unknown(node, "orders values that may be null or are no whole numbers")
        if isinstance(side, Constant) and type(side.value) is not int:
            raise unknown(node, "orders values that are no whole numbers")
    return Ordered(op, *sides)


def _operand(node: ast.Compare, reference: Reference, scope: Scope) -> Operand:
    if isinstance(reference, Given) and isinstance(reference.value, (bool, int, str)):
        return Constant(reference.value)
    if isinstance(reference, ViewerAttribute) and reference.name in ("pk", "id") and scope.models.numbers_users():
        return ViewerId()
    if isinstance(reference, Column):
        kind = scope.models.kind(reference.field)
        if kind is not None:
            field = reference.field
            return Attribute(reference.model, reference.through, field.name, kind, field.null)
    raise unknown(node, "compares what has no type common to both languages")


def _comparable(first: Operand, second: Operand) -> bool:
    kinds = {_kind(first), _kind(second)}
    return len(kinds) == 1


def _kind(operand: Operand) -> str:
    if isinstance(operand, Attribute):
        return operand.type
    if isinstance(operand, ViewerId):
        return "integer"
    return {bool: "boolean", int: "integer", str: "text"}[type(operand.value)]
