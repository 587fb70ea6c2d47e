"""One comparison of a filter, with SQL's meaning: null compares with nothing."""

from __future__ import annotations

import ast
from typing import Literal

from workbench.inspection.records import FieldRecord
from workbench.policies.condition import (
    Attribute,
    Condition,
    Missing,
    OfViewersGroups,
    OneOf,
    Operand,
    Ordered,
    Same,
    ViewerId,
)
from workbench.policies.filtering.joins import FilterCall
from workbench.policies.gathering import among
from workbench.policies.operands import attribute_of, comparable, key_column, nullable, operand_of
from workbench.policies.reasoning import FALSE, every, negated
from workbench.policies.references import Column, Given, Reference, Rows, Thing, Values, Viewer, ViewerGroups
from workbench.policies.scope import Scope, unknown

_ORDERS: dict[str, Literal["<", "<=", ">", ">="]] = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}
LOOKUPS = {"exact", "in", "isnull", *_ORDERS}


def looked_up(place: Thing | Column, lookup: str, value: Reference, node: ast.expr, call: FilterCall) -> Condition:
    """One comparison, with SQL's meaning: null compares with nothing."""
    scope = call.scope
    if isinstance(value, ViewerGroups) and value.names is None and lookup == "in" and isinstance(place, Thing):
        return in_viewers_groups(place, node, scope)
    column = place if isinstance(place, Column) else key_column(place, node, scope)
    attribute = attribute_of(column, node, scope)
    present = [negated(Missing(attribute))] if attribute.nullable else []
    if lookup == "isnull":
        return _isnull(attribute, value, node)
    if lookup == "in":
        return every((*present, _in(attribute, place, value, node, call)))
    if value == Given(None) and lookup == "exact":
        return Missing(attribute) if attribute.nullable else FALSE
    operand = _compared_with(attribute, place, value, node, call)
    if lookup == "exact":
        return Same(attribute, operand)
    if nullable(operand):
        raise unknown(node, "may be None: Django raises there")
    return every((*present, Ordered(_ORDERS[lookup], attribute, operand)))


def _isnull(attribute: Attribute, value: Reference, node: ast.expr) -> Condition:
    if not isinstance(value, Given) or not isinstance(value.value, bool):
        raise unknown(node)
    missing: Condition = Missing(attribute) if attribute.nullable else FALSE
    return missing if value.value else negated(missing)


def _in(attribute: Attribute, place: Thing | Column, value: Reference, node: ast.expr, call: FilterCall) -> Condition:
    if isinstance(value, Given) and isinstance(value.value, tuple):
        if not all(fits(item, attribute.type) for item in value.value):
            raise unknown(node, "compares values of two types")
        return OneOf(attribute, value.value)
    if isinstance(value, (Rows, Values)):
        if isinstance(value, Rows) and isinstance(place, Thing) and place.model != value.element.model:
            raise unknown(node)
        column = Column(attribute.model, attribute.through, _field(attribute, call), attribute.root)
        return among(column, value, node, call.scope)
    raise unknown(node)


def _field(attribute: Attribute, call: FilterCall) -> FieldRecord:
    found = call.scope.models.field(attribute.model, attribute.field)
    assert found is not None
    return found


def _compared_with(
    attribute: Attribute, place: Thing | Column, value: Reference, node: ast.expr, call: FilterCall
) -> Operand:
    if isinstance(value, Viewer):
        user = isinstance(place, Thing) and place.model == call.scope.models.user
        if not user or not call.scope.models.numbers_users():
            raise unknown(node, "is compared with something other than users")
        call.refuse_visitor()
        return ViewerId()
    if isinstance(value, Thing) and isinstance(place, Thing) and value.model != place.model:
        raise unknown(node, f"is compared with a {place.model}")
    operand = operand_of(value, node, call.scope, attribute.type)
    if not comparable(attribute, operand):
        raise unknown(node, "compares values of two types")
    return operand


def in_viewers_groups(place: Thing, node: ast.AST, scope: Scope) -> Condition:
    """A group is one of the user's: groups have unique names."""
    name = scope.models.field(place.model, "name")
    if place.model != "auth.Group" or name is None:
        raise unknown(node, "looks among groups for something else")
    found = OfViewersGroups(Attribute(place.model, place.through, "name", "text", False, place.root))
    if place.maybe and place.key is not None:
        return every((negated(Missing(attribute_of(key_column(place, node, scope), node, scope))), found))
    return found


def fits(value: object, kind: str) -> bool:
    """Whether a constant is of the column's own type: Django converts others, TypeScript does not."""
    return {"text": str, "integer": int, "boolean": bool}.get(kind) is type(value)
