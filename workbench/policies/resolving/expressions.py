"""Names, constants, attributes, calls and operators of a body become references."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from workbench.policies.condition import Scalar
from workbench.policies.moments import added
from workbench.policies.references import Given, Helper, Known, ModelClass, Quoted, Reference
from workbench.policies.resolving.attributes import attribute_of
from workbench.policies.resolving.calls import value_of
from workbench.policies.scope import Scope, dotted, dotted_root, unknown


def resolve(node: ast.expr, scope: Scope) -> Reference:
    """What an expression refers to; Untranslatable where it is none of the kinds known."""
    name = dotted(node) or ""
    meaning = scope.body.names.get(name)
    if meaning is not None and (dotted_root(node) not in scope.known or name.startswith("self.")):
        if meaning.value is not None:
            return Given(meaning.value)
        if meaning.refers is not None:
            return _named(meaning.refers, scope)
    rule = _RULES.get(type(node))
    if rule is None:
        raise unknown(node)
    return rule(node, scope)


def _named(name: str, scope: Scope) -> Reference:
    if name in scope.project.bodies:
        return Helper(scope.project.bodies[name])
    if name.endswith(".objects"):
        rows = scope.models.by_class(name.removesuffix(".objects"))
        return ModelClass(rows, manager=True) if rows else Known(name)
    label = scope.models.by_class(name)
    return ModelClass(label) if label else Known(name)


def _name(node: ast.expr, scope: Scope) -> Reference:
    assert isinstance(node, ast.Name)
    if node.id in scope.known:
        return scope.known[node.id]
    if node.id in _BUILT_INS:
        return Known(node.id)
    raise unknown(node, "is neither a parameter nor a known constant")


_BUILT_INS = {"any", "all", "bool", "len", "list", "set", "tuple", "frozenset", "hasattr", "getattr", "isinstance"}


def _constant(node: ast.expr, scope: Scope) -> Reference:
    assert isinstance(node, ast.Constant)
    if node.value is None or isinstance(node.value, (bool, int, str)):
        return Given(node.value)
    raise unknown(node, "is no text, whole number or truth value")


def _sequence(node: ast.expr, scope: Scope) -> Reference:
    assert isinstance(node, (ast.List, ast.Tuple, ast.Set))
    return Given(tuple(_scalar(resolve(item, scope), item) for item in node.elts))


def _scalar(reference: Reference, node: ast.expr) -> Scalar:
    if isinstance(reference, Given) and isinstance(reference.value, (bool, int, str)):
        return reference.value
    raise unknown(node, "is no constant")


def _attribute(node: ast.expr, scope: Scope) -> Reference:
    assert isinstance(node, ast.Attribute)
    return attribute_of(resolve(node.value, scope), node.attr, node, scope)


def _binary(node: ast.expr, scope: Scope) -> Reference:
    assert isinstance(node, ast.BinOp)
    if isinstance(node.op, (ast.BitAnd, ast.BitOr)):
        return Quoted(node, scope.known, scope.body)
    return added(node, resolve(node.left, scope), resolve(node.right, scope))


def _signed(node: ast.expr, scope: Scope) -> Reference:
    assert isinstance(node, ast.UnaryOp)
    if isinstance(node.op, ast.Invert):
        return Quoted(node, scope.known, scope.body)
    given = resolve(node.operand, scope)
    if isinstance(node.op, ast.USub) and isinstance(given, Given) and type(given.value) is int:
        return Given(-given.value)
    raise unknown(node)


_RULES: dict[type, Callable[[Any, Scope], Reference]] = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.List: _sequence,
    ast.Tuple: _sequence,
    ast.Set: _sequence,
    ast.Attribute: _attribute,
    ast.Call: value_of,
    ast.BinOp: _binary,
    ast.UnaryOp: _signed,
}
