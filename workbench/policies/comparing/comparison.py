"""Python's comparisons, and chains of them."""

from __future__ import annotations

import ast

from workbench.policies.comparing.equality import equal
from workbench.policies.comparing.identity import is_none
from workbench.policies.comparing.membership import member
from workbench.policies.comparing.ordering import Order, ordered
from workbench.policies.condition import Condition
from workbench.policies.gathering import picked
from workbench.policies.reasoning import every, negated
from workbench.policies.references import Column, Given, Picked, Reference, Thing
from workbench.policies.scope import Scope, unknown

_ORDER: dict[type[ast.cmpop], Order] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}


def compared(node: ast.Compare, scope: Scope) -> Condition:
    """One comparison, or a chain of them, as a condition."""
    sides = [node.left, *node.comparators]
    scope = _with_picks(node, scope)
    references = [scope.resolve(side) for side in sides]
    parts = [
        _compare(node, op, left, right, scope)
        for op, left, right in zip(node.ops, references, references[1:], strict=False)
    ]
    return every(parts)


def _with_picks(node: ast.Compare, scope: Scope) -> Scope:
    """The scope in which ``rows.get(…).field`` can be read: the row is picked where it stands."""
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute) and isinstance(part.value, ast.Call) and _gets(part.value):
            found = scope.resolve(part.value)
            if isinstance(found, Picked):
                scope = scope.with_pick(found.rows)
    return scope


def _gets(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "first", "last")


def _compare(node: ast.Compare, op: ast.cmpop, left: Reference, right: Reference, scope: Scope) -> Condition:
    """``left op right``."""
    if isinstance(op, (ast.NotEq, ast.IsNot, ast.NotIn)):
        positive = {ast.NotEq: ast.Eq, ast.IsNot: ast.Is, ast.NotIn: ast.In}[type(op)]()
        return negated(_compare(node, positive, left, right, scope))
    found = _of_pick(node, op, left, right, scope)
    if found is not None:
        return found
    if isinstance(op, (ast.Eq, ast.Is)) and right == Given(None):
        return is_none(node, left, scope)
    if isinstance(op, ast.Is) and isinstance(right, Given) and isinstance(right.value, bool):
        return equal(node, left, right, scope)
    if isinstance(op, ast.Eq):
        return equal(node, left, right, scope)
    if isinstance(op, ast.In):
        return member(node, left, right, scope)
    if type(op) in _ORDER:
        return ordered(node, _ORDER[type(op)], left, right, scope)
    raise unknown(node)


def _of_pick(node: ast.Compare, op: ast.cmpop, left: Reference, right: Reference, scope: Scope) -> Condition | None:
    """A comparison with what the one row of a queryset holds."""
    if isinstance(left, Column) and left.root in scope.picks:
        rows = scope.picks[left.root]
        inner = scope.without_pick(left.root)
        return picked(rows, _compare(node, op, left, right, inner), node, scope)
    if isinstance(left, Thing) and left.root in scope.picks:
        rows = scope.picks[left.root]
        return picked(rows, _compare(node, op, left, right, scope.without_pick(left.root)), node, scope)
    if isinstance(right, (Column, Thing)) and right.root in scope.picks:
        rows = scope.picks[right.root]
        return picked(rows, _compare(node, op, left, right, scope.without_pick(right.root)), node, scope)
    return None
