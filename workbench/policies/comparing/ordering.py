"""Order: numbers, dates, instants, and how many rows there are."""

from __future__ import annotations

import ast
from typing import Literal

from workbench.policies.condition import Attribute, Condition, Constant, Moment, Operand, Ordered
from workbench.policies.gathering import compared_count
from workbench.policies.moments import shifted
from workbench.policies.operands import comparable, operand_of
from workbench.policies.references import Amount, Column, Given, Reference, Shifted
from workbench.policies.scope import Scope, unknown

Order = Literal["<", "<=", ">", ">="]
_MIRRORED: dict[str, Literal["==", "<", "<=", ">", ">="]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}


def ordered(node: ast.Compare, op: Order, left: Reference, right: Reference, scope: Scope) -> Condition:
    """``left op right``; a moment beside a moved column is moved the other way."""
    if isinstance(left, Given) and isinstance(right, Amount):
        left, right, op = right, left, _MIRRORED[op]  # type: ignore[assignment]
    if isinstance(left, Amount) and isinstance(right, Given) and type(right.value) is int:
        return compared_count(left.rows, op, right.value, node, scope)
    if isinstance(left, Moment) and isinstance(right, Shifted):
        left, right, op = right, left, _MIRRORED[op]  # type: ignore[assignment]
    if isinstance(left, Shifted) and isinstance(right, Moment):
        right = shifted(right, -left.microseconds, node)
        left = left.column
    kinds = [scope.models.kind(side.field) if isinstance(side, Column) else None for side in (left, right)]
    sides = operand_of(left, node, scope, kinds[1]), operand_of(right, node, scope, kinds[0])
    if not comparable(*sides) or not all(_orderable(side) for side in sides):
        raise unknown(node, "orders values that have no order common to both languages")
    return Ordered(op, *sides)


def _orderable(side: Operand) -> bool:
    """Whether values of its kind are ordered alike everywhere: texts are not, nor are keys that a visitor lacks."""
    if isinstance(side, Constant):
        return side.type == "decimal" or type(side.value) is int
    if isinstance(side, Moment):
        return True
    return isinstance(side, Attribute) and side.type in ("integer", "decimal", "date", "instant")
