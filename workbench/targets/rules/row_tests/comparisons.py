"""Tests of one value: columns of tables in sight beside constants and what is known of the viewer."""

from __future__ import annotations

from dataclasses import replace

from workbench.policies.condition import (
    VIEWER,
    Attribute,
    Condition,
    Constant,
    Exactly,
    Moment,
    OfViewersGroups,
    OneOf,
    Operand,
    Ordered,
    Same,
    Truth,
    ViewerId,
    Wording,
)
from workbench.targets.rules.questions import moment, value
from workbench.targets.rules.row_tests.sight import Sight
from workbench.targets.typescript import Array, Expression, Literal, Member, Name, call, sql

_VIEWER = Name("viewer")
_COMPARE = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WORDING = {"starts": "startsWith", "ends": "endsWith", "contains": "contains"}


def strict(condition: Condition) -> bool:
    """Whether Python raises where a value that it looks at is null."""
    if isinstance(condition, Exactly):
        return True
    sides: tuple[Operand, ...] = (condition.left, condition.right) if isinstance(condition, Ordered) else ()
    sides = (condition.value,) if isinstance(condition, Wording) else sides
    return any(isinstance(side, Attribute) and side.nullable for side in sides)


def operand(side: Operand, sight: Sight) -> Expression:
    """A column of a table in sight, or a value that is known before the query."""
    if isinstance(side, ViewerId):
        return Member(_VIEWER, "id")
    if isinstance(side, Constant):
        return Literal(side.value)
    if isinstance(side, Moment):
        return moment(side)
    if side.root == VIEWER:
        return _own(side, sight)
    return sight.column((side.root, side.through), sight.properties.column(side.model, side.field))


def _own(attribute: Attribute, sight: Sight) -> Expression:
    return value(attribute, replace(sight.subject, user="viewer"))


def _is_column(operand: Operand) -> bool:
    return isinstance(operand, Attribute) and operand.root != VIEWER


def same(condition: Same, sight: Sight) -> Expression:
    """``eq``; of a side that may be null, what Python's ``==`` says of None."""
    left, right = condition.left, condition.right
    if not _is_column(left):
        left, right = right, left
    first, second = operand(left, sight), operand(right, sight)
    if _is_column(right):
        return sql(first, " is not distinct from ", second)
    nullable = isinstance(right, ViewerId) or (isinstance(right, Attribute) and right.nullable)
    return call("same" if nullable else "eq", first, second)


def ordered(condition: Ordered, sight: Sight) -> Expression:
    """``lt``, ``lte``, ``gt`` or ``gte``, the column first."""
    left, right, op = condition.left, condition.right, str(condition.op)
    if not _is_column(left):
        left, right, op = right, left, _MIRRORED[op]
    second = operand(right, sight)
    if isinstance(right, Attribute) and right.root == VIEWER and right.nullable:
        second = call("there", second)
    return call(_COMPARE[op], operand(left, sight), second)


def one_of(condition: OneOf, sight: Sight) -> Expression:
    """``inArray(…)``; false of an empty list."""
    if not condition.among:
        return sql("1 = 0")
    return call("inArray", operand(condition.value, sight), Array(tuple(Literal(item) for item in condition.among)))


def wording(condition: Wording, sight: Sight) -> Expression:
    """How a text starts, ends, or what it contains."""
    return call(_WORDING[condition.op], operand(condition.value, sight), Literal(condition.text))


def of_viewers_groups(condition: OfViewersGroups, sight: Sight) -> Expression:
    """Whether a text names one of the viewer's groups."""
    return call("among", operand(condition.name, sight), Member(_VIEWER, "groups"))


def truth(condition: Truth, sight: Sight) -> Expression:
    """A boolean column that is true."""
    return call("eq", operand(condition.of, sight), Literal(True))
