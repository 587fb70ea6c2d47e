"""When an expression is true; where its value would be None, the answer is ``Skip``."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from workbench.policies.comparing import compared, missing
from workbench.policies.condition import (
    VIEWER,
    Always,
    Attribute,
    Condition,
    Constant,
    Missing,
    Negated,
    Same,
    Skip,
    Truth,
    ViewerIn,
    ViewerIs,
)
from workbench.policies.gathering import compared_count, exists, picked
from workbench.policies.operands import attribute_of, key_column
from workbench.policies.questioning import QUESTIONS, asked_method
from workbench.policies.reasoning import FALSE, TRUE, answered, choice, negated, then
from workbench.policies.references import (
    Amount,
    Column,
    Given,
    Judged,
    Known,
    Picked,
    Reference,
    Rows,
    Thing,
    Values,
    Viewer,
    ViewerAttribute,
    ViewerGroups,
)
from workbench.policies.resolving import inherited, inherits
from workbench.policies.scope import Scope, unknown

_FLAGS: dict[str, Condition] = {
    "is_authenticated": ViewerIs("authenticated"),
    "is_anonymous": Negated(ViewerIs("authenticated")),
    "is_active": ViewerIs("active"),
    "is_staff": ViewerIs("staff"),
    "is_superuser": ViewerIs("superuser"),
}


def truth(node: ast.expr, scope: Scope) -> Condition:
    """The condition under which the expression is true; ``Skip`` where it is None."""
    rule = _SHAPES.get(type(node))
    return rule(node, scope) if rule else worth(scope.resolve(node), node, scope)


def _combined(node: ast.BoolOp, scope: Scope) -> Condition:
    """Parts from left to right; what is never reached need not be understood."""
    return _first(list(node.values), isinstance(node.op, ast.And), scope)


def _first(parts: list[ast.expr], all_of: bool, scope: Scope) -> Condition:
    first = truth(parts[0], scope)
    if len(parts) == 1 or first == (FALSE if all_of else TRUE):
        return first
    rest = _first(parts[1:], all_of, scope)
    return then(first, rest, FALSE) if all_of else _or(first, rest)


def _or(first: Condition, second: Condition) -> Condition:
    """``None or x`` is ``x``."""
    return choice(answered(first), TRUE, second)


def _not(node: ast.UnaryOp, scope: Scope) -> Condition:
    if not isinstance(node.op, ast.Not):
        return worth(scope.resolve(node), node, scope)
    return negated(scope.truth(node.operand))


def _either_branch(node: ast.IfExp, scope: Scope) -> Condition:
    test = scope.truth(node.test)
    if isinstance(test, Always):
        return truth(node.body if test.value else node.orelse, scope)
    return choice(test, truth(node.body, scope), truth(node.orelse, scope))


def _called(node: ast.Call, scope: Scope) -> Condition:
    """A call that answers a question, or whose value is true or not."""
    if inherits(node):
        return worth(inherited(node, scope), node, scope)
    if isinstance(node.func, ast.Attribute):
        found = asked_method(node, node.func, scope)
        if found is not None:
            return found
    function = scope.resolve(node.func) if isinstance(node.func, ast.Name) else None
    if isinstance(function, Known) and function.name in QUESTIONS:
        return QUESTIONS[function.name](node, scope)
    return worth(scope.resolve(node), node, scope)


def worth(reference: Reference, node: ast.AST, scope: Scope) -> Condition:
    """The truth of a value that stands alone."""
    rule = _WORTH.get(type(reference))
    if rule is None:
        raise unknown(node, "is no truth value: what counts as true differs between the languages")
    return rule(reference, node, scope)


def _given(reference: Given, node: ast.AST, scope: Scope) -> Condition:
    return Skip() if reference.value is None else Always(bool(reference.value))


def _flag(reference: ViewerAttribute, node: ast.AST, scope: Scope) -> Condition:
    if reference.name in _FLAGS:
        return _FLAGS[reference.name]
    return choice(ViewerIs("authenticated"), TRUE, Skip())


def _column(reference: Column, node: ast.AST, scope: Scope) -> Condition:
    if reference.root in scope.picks:
        inner = scope.without_pick(reference.root)
        return picked(scope.picks[reference.root], answered(_column(reference, node, inner)), node, scope)
    attribute = attribute_of(reference, node, scope)
    found = _filled(attribute)
    if attribute.nullable:
        found = choice(Missing(attribute), Skip(), found)
    if attribute.root == VIEWER and attribute.field == "username" and not attribute.through:
        return choice(ViewerIs("authenticated"), found, FALSE)
    return found


def _filled(attribute: Attribute) -> Condition:
    """A value that is there counts as true, unless it is empty or zero."""
    if attribute.type == "boolean":
        return Truth(attribute)
    if attribute.type in ("date", "instant"):
        return Negated(Missing(attribute))
    empty = {"integer": Constant(0), "text": Constant(""), "decimal": Constant("0", "decimal")}[attribute.type]
    return Negated(Same(attribute, empty))


def _thing(reference: Thing, node: ast.AST, scope: Scope) -> Condition:
    if reference.root in scope.picks:
        inner = scope.without_pick(reference.root)
        return picked(scope.picks[reference.root], answered(_thing(reference, node, inner)), node, scope)
    if reference.key is None and reference.through and not reference.maybe:  # a one-to-one field backwards
        return Negated(Missing(attribute_of(key_column(reference, node, scope), node, scope)))
    absent = missing(reference, node, scope)
    if not reference.maybe:
        return negated(absent)
    return choice(absent, Skip(), TRUE)


def _one(reference: Picked, node: ast.AST, scope: Scope) -> Condition:
    if reference.maybe:
        return choice(exists(reference.rows, node, scope), TRUE, Skip())
    return picked(reference.rows, TRUE, node, scope)


def _groups(reference: ViewerGroups, node: ast.AST, scope: Scope) -> Condition:
    if reference.names is None:
        raise unknown(node, "asks for any group at all")
    return ViewerIn(reference.names)


_SHAPES: dict[type, Callable[[Any, Scope], Condition]] = {
    ast.BoolOp: _combined,
    ast.UnaryOp: _not,
    ast.Compare: compared,
    ast.IfExp: _either_branch,
    ast.Call: _called,
}
_WORTH: dict[type, Callable[[Any, ast.AST, Scope], Condition]] = {
    Given: _given,
    Viewer: lambda reference, node, scope: TRUE,
    ViewerAttribute: _flag,
    ViewerGroups: _groups,
    Column: _column,
    Thing: _thing,
    Rows: lambda reference, node, scope: exists(reference, node, scope),
    Values: lambda reference, node, scope: exists(reference.rows, node, scope),
    Amount: lambda reference, node, scope: compared_count(reference.rows, ">", 0, node, scope),
    Picked: _one,
    Judged: lambda reference, node, scope: reference.condition,
}
