"""Identity with None: a column without a value, an object that is not there."""

from __future__ import annotations

import ast

from workbench.policies.condition import VIEWER, Absent, Always, Attribute, Condition, Missing, ViewerIs
from workbench.policies.gathering import exists
from workbench.policies.operands import attribute_of, key_column
from workbench.policies.reasoning import FALSE, negated
from workbench.policies.references import Column, Given, Picked, Reference, Thing, Viewer, ViewerAttribute
from workbench.policies.scope import Scope, unknown


def is_none(node: ast.Compare, left: Reference, scope: Scope) -> Condition:
    """``left is None``, and ``left == None``."""
    if isinstance(left, Picked) and left.maybe:
        return negated(exists(left.rows, node, scope))
    if isinstance(left, Given):
        return Always(left.value is None)
    if isinstance(left, Viewer):
        return FALSE
    if isinstance(left, ViewerAttribute) and left.name in ("pk", "id"):
        return negated(ViewerIs("authenticated"))
    if isinstance(left, Thing):
        return missing(left, node, scope)
    if not isinstance(left, Column):
        raise unknown(node)
    operand = attribute_of(left, node, scope) if scope.models.kind(left.field) else typeless(left)
    if operand.nullable:
        return Missing(operand)
    return FALSE if not left.through and left.root != VIEWER else Missing(operand)


def typeless(column: Column) -> Attribute:
    """A column that is only asked whether it is null."""
    return Attribute(column.model, column.through, column.field.name, "text", column.field.null, column.root)


def missing(thing: Thing, node: ast.AST, scope: Scope) -> Condition:
    """Whether there is no such object; the one asked about always is."""
    if not thing.through:
        return FALSE
    if thing.maybe and thing.key is None:
        return Absent(thing.model, thing.through, thing.root)
    if thing.key is None:
        raise unknown(node, "raises where nothing stands there")
    found = Missing(attribute_of(key_column(thing, node, scope), node, scope))
    plain = not thing.through[:-1] and thing.root != VIEWER
    return FALSE if not thing.maybe and plain else found
