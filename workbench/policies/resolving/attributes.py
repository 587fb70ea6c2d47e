"""What an attribute refers to: a table from the kind of what stands before the dot."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from workbench.policies.condition import VIEWER
from workbench.policies.hops import all_rows, related
from workbench.policies.operands import VIEWER_KEYS
from workbench.policies.policy import Body
from workbench.policies.references import (
    Column,
    Given,
    Helper,
    Known,
    ModelClass,
    Picked,
    Reference,
    Request,
    RequestWord,
    Rows,
    Thing,
    Viewer,
    ViewerAttribute,
    ViewerGroup,
    ViewerGroups,
)
from workbench.policies.scope import Scope, unknown

_VIEWER_FLAGS = {"is_authenticated", "is_anonymous", "is_active", "is_staff", "is_superuser"}


def attribute_of(base: Reference, name: str, node: ast.AST, scope: Scope) -> Reference:
    """``base.name``."""
    rule = _ATTRIBUTES.get(type(base))
    if rule is None:
        raise unknown(node)
    return rule(base, name, node, scope)


def _of_request(base: Request, name: str, node: ast.AST, scope: Scope) -> Reference:
    if base.methods and name in scope.body.own:
        return Helper(scope.body.own[name], base)
    if base.depth == 2 and name == "request":
        return Request(1, base.method, base.action)
    if base.depth == 2 and name == "action":
        return Given(base.action) if base.method else RequestWord("action")
    if base.depth == 1 and name == "method":
        return Given(base.method) if base.method else RequestWord("method")
    if base.depth == 1 and name == "user":
        return Viewer()
    raise unknown(node, "is known only while the request runs")


def _of_viewer(base: Viewer, name: str, node: ast.AST, scope: Scope) -> Reference:
    if name == "groups":
        return ViewerGroups()
    if name in _VIEWER_FLAGS or name in VIEWER_KEYS:
        return ViewerAttribute(name)
    if not scope.models.has(scope.models.user) or not scope.models.numbers_users():
        raise unknown(node, "is not part of what a session knows of its user")
    method = scope.project.methods.get(scope.models.user, {}).get(name)
    if method is not None:
        return _method(method, base, node, scope)
    return _of_thing(Thing(scope.models.user, (), VIEWER), name, node, scope)


def _method(body: Body, bound: Reference, node: ast.AST, scope: Scope) -> Reference:
    """A method, bound to its object; a property's value."""
    helper = Helper(body, bound)
    if not body.property:
        return helper
    return scope.project.reader.called(helper, {}, node, scope)


def _of_thing(base: Thing, name: str, node: ast.AST, scope: Scope) -> Reference:
    """A field, an object referred to, the rows that refer to it, or what a method or property of its class says."""
    models = scope.models
    method = scope.project.methods.get(base.model, {}).get(name)
    if method is not None:
        return _method(method, base, node, scope)
    found = models.field(base.model, name)
    if found is None:
        return _backward(base, name, node, scope)
    relation = found.relation
    if relation is not None and relation.kind == "m2m":
        return related(base, found, node, scope)
    if relation is None or name == found.attname:
        if found.column is None:
            raise unknown(node, "is a relation without a translation")
        return Column(base.model, base.through, found, base.root)
    if relation.kind not in ("fk", "o2o") or not models.has(relation.to):
        raise unknown(node, "is a relation without a translation")
    return Thing(relation.to, (*base.through, found.name), base.root, found.null, found, base.model)


def _backward(base: Thing, name: str, node: ast.AST, scope: Scope) -> Reference:
    """Through a reverse accessor: rows, or the one object of a one-to-one field."""
    models = scope.models
    one = models.referring(base.model, name, "o2o")
    if one is not None:
        return Thing(one[0], (*base.through, name), base.root)
    if models.referring(base.model, name) or models.referring(base.model, name, "m2m"):
        return related(base, name, node, scope)
    raise unknown(node, f"is no field of {base.model}")


def _of_group(base: ViewerGroup, name: str, node: ast.AST, scope: Scope) -> Reference:
    if name == "name":
        return ViewerGroup(name=True)
    raise unknown(node, "is not part of what a session knows of its user")


def _of_model(base: ModelClass, name: str, node: ast.AST, scope: Scope) -> Reference:
    if name in ("objects", "_default_manager") and not base.manager:
        if not scope.models.plain_rows(base.label):
            raise unknown(node, "goes through a manager of the project, which may hide rows")
        return ModelClass(base.label, manager=True)
    if base.manager:
        return attribute_of(all_rows(base.label, scope), name, node, scope)
    raise unknown(node)


def _of_rows(base: Rows, name: str, node: ast.AST, scope: Scope) -> Reference:
    method = scope.project.querysets.get(base.element.model, {}).get(name)
    if method is None:
        raise unknown(node)
    return Helper(method, base)


def _of_picked(base: Picked, name: str, node: ast.AST, scope: Scope) -> Reference:
    """A field of the one row that was picked; its test is asked of that row."""
    if base.rows.row not in scope.picks:
        raise unknown(node, "is read from a row that is not known to be one")
    return _of_thing(base.rows.element, name, node, scope)


_ATTRIBUTES: dict[type, Callable[[Any, str, ast.AST, Scope], Reference]] = {
    Request: _of_request,
    Viewer: _of_viewer,
    Thing: _of_thing,
    ViewerGroup: _of_group,
    ModelClass: _of_model,
    Rows: _of_rows,
    Picked: _of_picked,
    Known: lambda base, name, node, scope: Known(f"{base.name}.{name}"),
}
