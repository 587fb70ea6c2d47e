"""References as the values that a condition compares."""

from __future__ import annotations

import ast

from workbench.policies.condition import VIEWER, Attribute, Constant, Kind, Moment, Operand, ViewerId, kind_of
from workbench.policies.references import Column, Given, Number, Reference, Thing, ViewerAttribute
from workbench.policies.scope import Scope, unknown

VIEWER_KEYS = {"pk", "id"}


def operand_of(reference: Reference, node: ast.AST, scope: Scope, beside: Kind | None = None) -> Operand:
    """The value; ``beside``: the kind of what it is compared with."""
    if isinstance(reference, Given) and isinstance(reference.value, (bool, int, str)):
        whole = type(reference.value) is int and beside == "decimal"
        return Constant(str(reference.value), "decimal") if whole else Constant(reference.value)
    if isinstance(reference, Number):
        return Constant(reference.text, "decimal")
    if isinstance(reference, Moment):
        return reference
    if isinstance(reference, ViewerAttribute) and reference.name in VIEWER_KEYS and scope.models.numbers_users():
        return ViewerId()
    if isinstance(reference, Thing):
        reference = key_column(reference, node, scope)
    if isinstance(reference, Column):
        return attribute_of(reference, node, scope)
    raise unknown(node, "compares what has no type common to both languages")


def attribute_of(column: Column, node: ast.AST, scope: Scope) -> Attribute:
    """A column as an attribute."""
    kind = scope.models.kind(column.field)
    if kind is None:
        raise unknown(node, "compares what has no type common to both languages")
    field = column.field
    return Attribute(column.model, column.through, field.name, kind, field.null, column.root)


def key_column(thing: Thing, node: ast.AST, scope: Scope) -> Column:
    """The column that says which object a thing is: the foreign key that refers to it, else its own key."""
    if thing.key is not None:
        relation = thing.key.relation
        key = scope.models.key(thing.model)
        if relation is None or key is None or (relation.to_field or key.name) != key.name:
            raise unknown(node, "refers to an object by another field than its key")
        return Column(thing.holder, thing.through[:-1], thing.key, thing.root)
    key = scope.models.key(thing.model)
    if key is None:
        raise unknown(node, "has no single key")
    return Column(thing.model, thing.through, key, thing.root)


def comparable(first: Operand, second: Operand) -> bool:
    """Whether both are of one kind."""
    return kind_of(first) == kind_of(second)


def nullable(operand: Operand) -> bool:
    """Whether the value may be null."""
    return isinstance(operand, ViewerId) or (isinstance(operand, Attribute) and operand.nullable)


def of_viewer(reference: Reference) -> bool:
    """Whether it is read from the user's own row."""
    return isinstance(reference, (Column, Thing)) and reference.root == VIEWER
