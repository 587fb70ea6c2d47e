"""Membership: among constants, rows, the viewer's groups; in a text."""

from __future__ import annotations

import ast
from typing import Any

from workbench.policies.condition import (
    VIEWER,
    Always,
    Asked,
    Attribute,
    Condition,
    OneOf,
    ViewerId,
    ViewerIn,
    ViewerIs,
    Wording,
)
from workbench.policies.filtering import fits, in_viewers_groups
from workbench.policies.gathering import among
from workbench.policies.operands import attribute_of, operand_of
from workbench.policies.reasoning import choice
from workbench.policies.references import (
    Column,
    Given,
    Reference,
    RequestWord,
    Rows,
    Thing,
    Values,
    Viewer,
    ViewerAttribute,
    ViewerGroup,
    ViewerGroups,
)
from workbench.policies.scope import Scope, unknown


def member(node: ast.Compare, left: Reference, right: Reference, scope: Scope) -> Condition:
    """``left in right``."""
    if isinstance(right, (Rows, Values)) and isinstance(left, (Thing, Column, Viewer, ViewerAttribute)):
        return _in_rows(node, left, right, scope)
    if isinstance(right, ViewerGroups):
        return _in_groups(node, left, right, scope)
    if isinstance(right, Column) and isinstance(left, Given) and isinstance(left.value, str) and left.value:
        return Wording("contains", _text(right, node, scope), left.value)
    if not isinstance(right, Given) or not isinstance(right.value, tuple):
        raise unknown(node)
    words = tuple(item for item in right.value if isinstance(item, str))
    if isinstance(left, RequestWord) and len(words) == len(right.value):
        return Asked(left.what, words)
    if isinstance(left, ViewerGroup) and left.name and len(words) == len(right.value):
        return ViewerIn(words)
    return _one_of(node, left, right.value, scope)


def _one_of(node: ast.Compare, left: Reference, given: tuple[Any, ...], scope: Scope) -> Condition:
    if isinstance(left, Given):
        return Always(any(type(item) is type(left.value) and item == left.value for item in given))
    value = operand_of(left, node, scope)
    kind = value.type if isinstance(value, Attribute) else "integer" if isinstance(value, ViewerId) else ""
    if not all(fits(item, kind) for item in given):
        raise unknown(node, "compares values of two types")
    found = OneOf(value, given)
    if isinstance(left, Column) and left.root == VIEWER and left.field.name == "username" and not left.through:
        return choice(ViewerIs("authenticated"), found, Always("" in given))
    return found


def _in_rows(node: ast.Compare, left: Any, right: Rows | Values, scope: Scope) -> Condition:
    element = right.element.model if isinstance(right, Rows) else ""
    if isinstance(right, Rows) and not isinstance(left, (Thing, Viewer)):
        raise unknown(node, "looks for a value among objects")
    model = scope.models.user if isinstance(left, Viewer) else getattr(left, "model", "")
    if element and model != element:
        raise unknown(node, f"looks for a {model} among {element}")
    if isinstance(right, Values) and isinstance(left, (Thing, Viewer)):
        raise unknown(node, "looks for an object among values")
    return among(left, right, node, scope)


def _in_groups(node: ast.Compare, left: Reference, right: ViewerGroups, scope: Scope) -> Condition:
    if right.listed and isinstance(left, Given) and isinstance(left.value, str):
        return ViewerIn((left.value,))
    if right.names is None and isinstance(left, Thing):
        return in_viewers_groups(left, node, scope)
    raise unknown(node)


def _text(column: Column, node: ast.AST, scope: Scope) -> Attribute:
    found = attribute_of(column, node, scope)
    if found.type != "text" or (column.root == VIEWER and column.field.name == "username"):
        raise unknown(node, "looks into something other than a text")
    return found
