"""What a call whose value is no truth refers to."""

from __future__ import annotations

import ast
from collections.abc import Callable

from workbench.policies.condition import Moment
from workbench.policies.hops import all_rows
from workbench.policies.moments import moment_of, span_of
from workbench.policies.querysets import of_groups, queried
from workbench.policies.references import (
    Amount,
    Given,
    Helper,
    Known,
    ModelClass,
    Number,
    Quoted,
    Reference,
    Rows,
    Thing,
    Viewer,
    ViewerAttribute,
    ViewerGroups,
)
from workbench.policies.resolving.attributes import attribute_of
from workbench.policies.scope import Scope, dotted, dotted_root, unknown

_QUERY_PARTS = {"django.db.models.query_utils.Q", "django.db.models.expressions.Exists"}


def value_of(node: ast.expr, scope: Scope) -> Reference:
    """A call whose value is no truth: a queryset's method, a function of the project, a moment, a constant."""
    assert isinstance(node, ast.Call)
    function = node.func
    if inherits(node):
        return inherited(node, scope)
    if isinstance(function, ast.Attribute):
        method = _queryset_call(node, function, scope)
        if method is not None:
            return method
    target = scope.resolve(function)
    if isinstance(target, Helper):
        return scope.project.reader.called(target, arguments_of(node, scope), node, scope)
    if isinstance(target, Known):
        rule = _KNOWN.get(target.name)
        if rule is not None:
            return rule(node, scope)
        if target.name in _QUERY_PARTS:
            return Quoted(node, scope.known, scope.body)
        return moment_of(target.name, node, scope)
    raise unknown(node)


def inherits(node: ast.expr) -> bool:
    """``super().name(…)``."""
    base = node.func.value if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else None
    return isinstance(base, ast.Call) and isinstance(base.func, ast.Name) and base.func.id == "super" and not base.args


def inherited(node: ast.Call, scope: Scope) -> Reference:
    """What the class above answers: the project's own, or a framework's with the same arguments."""
    assert isinstance(node.func, ast.Attribute)
    name, first = node.func.attr, scope.body.parameters[0]
    if name in scope.body.over:
        helper = Helper(scope.body.over[name], scope.known[first])
        return scope.project.reader.called(helper, arguments_of(node, scope), node, scope)
    passed = [*map(ast.unparse, node.args), *(ast.unparse(word.value) for word in node.keywords)]
    same = passed == list(scope.body.parameters[1:]) or not passed
    if not same or name not in scope.inherited or scope.body.name.rpartition(".")[2] != name:
        raise unknown(node, "is answered by a class whose text is not known")
    return scope.inherited[name]


def _queryset_call(node: ast.Call, function: ast.Attribute, scope: Scope) -> Reference | None:
    if dotted(function) in scope.body.names and dotted_root(function) not in scope.known:
        return None
    base = scope.resolve(function.value)
    if isinstance(base, Moment) and function.attr == "date" and base.offset == 0 and not node.args:
        return Moment("date")
    if isinstance(base, ModelClass) and base.manager:
        base = all_rows(base.label, scope)
    if isinstance(base, ViewerGroups):
        return of_groups(base, node, scope)
    if isinstance(base, Rows) and function.attr not in scope.project.querysets.get(base.element.model, {}):
        return queried(base, function.attr, node, scope)
    return None


def arguments_of(node: ast.Call, scope: Scope) -> dict[str | int, Reference]:
    """What a call passes, by place or by name."""
    found: dict[str | int, Reference] = {}
    for number, argument in enumerate(node.args):
        if isinstance(argument, ast.Starred):
            raise unknown(node, "is not called with one value a parameter")
        found[number] = scope.resolve(argument)
    for word in node.keywords:
        if word.arg is None:
            raise unknown(node, "is not called with one value a parameter")
        found[word.arg] = scope.resolve(word.value)
    return found


def _getattr(node: ast.Call, scope: Scope) -> Reference:
    """``getattr(thing, "name", None)``: the field; for a one-to-one field backwards, None where there is nothing."""
    name = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) else None
    if not isinstance(name, str):
        raise unknown(node)
    base = scope.resolve(node.args[0])
    found = attribute_of(base, name, node, scope)
    if len(node.args) < 3:
        return found
    default = scope.resolve(node.args[2])
    if isinstance(found, Thing) and found.key is None and found.through and default == Given(None):
        return Thing(found.model, found.through, found.root, True)
    if isinstance(base, Viewer) and not isinstance(found, ViewerAttribute):
        raise unknown(node, "answers otherwise for a visitor")
    return found


def _listed(node: ast.Call, scope: Scope) -> Reference:
    """``list(…)``, ``set(…)``: what it is made of."""
    if len(node.args) == 1 and not node.keywords:
        return scope.resolve(node.args[0])
    raise unknown(node)


def _length(node: ast.Call, scope: Scope) -> Reference:
    rows = scope.resolve(node.args[0]) if len(node.args) == 1 else None
    if isinstance(rows, Rows):
        return Amount(rows)
    raise unknown(node)


def _decimal(node: ast.Call, scope: Scope) -> Reference:
    value = node.args[0].value if len(node.args) == 1 and isinstance(node.args[0], ast.Constant) else None
    if isinstance(value, int) or (isinstance(value, str) and value.replace(".", "", 1).lstrip("-").isdecimal()):
        return Number(str(value))
    raise unknown(node)


_KNOWN: dict[str, Callable[[ast.Call, Scope], Reference]] = {
    "getattr": _getattr,
    "list": _listed,
    "set": _listed,
    "tuple": _listed,
    "len": _length,
    "frozenset": _listed,
    "decimal.Decimal": _decimal,
    "datetime.timedelta": span_of,
}
