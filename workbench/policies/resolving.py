"""Names, attributes and calls of a body become references."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from workbench.policies.condition import VIEWER, Moment, Scalar
from workbench.policies.hops import all_rows, related
from workbench.policies.moments import added, moment_of, span_of
from workbench.policies.policy import Body
from workbench.policies.querysets import of_groups, queried
from workbench.policies.references import (
    Amount,
    Column,
    Given,
    Helper,
    Known,
    ModelClass,
    Number,
    Picked,
    Quoted,
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
from workbench.policies.scope import Scope, dotted, dotted_root, unknown

VIEWER_FLAGS = {"is_authenticated", "is_anonymous", "is_active", "is_staff", "is_superuser"}
VIEWER_KEYS = {"pk", "id"}


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
    if name in VIEWER_FLAGS or name in VIEWER_KEYS:
        return ViewerAttribute(name)
    if not scope.models.has(scope.models.user) or not scope.models.numbers_users():
        raise unknown(node, "is not part of what a session knows of its user")
    method = scope.project.methods.get(scope.models.user, {}).get(name)
    if method is not None:
        return _method(method, base, node, scope)
    return of_thing(Thing(scope.models.user, (), VIEWER), name, node, scope)


def _method(body: Body, bound: Reference, node: ast.AST, scope: Scope) -> Reference:
    """A method, bound to its object; a property's value."""
    helper = Helper(body, bound)
    if not body.property:
        return helper
    return scope.project.reader.called(helper, {}, node, scope)


def of_thing(base: Thing, name: str, node: ast.AST, scope: Scope) -> Reference:
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
    return of_thing(base.rows.element, name, node, scope)


_ATTRIBUTES: dict[type, Callable[[Any, str, ast.AST, Scope], Reference]] = {
    Request: _of_request,
    Viewer: _of_viewer,
    Thing: of_thing,
    ViewerGroup: _of_group,
    ModelClass: _of_model,
    Rows: _of_rows,
    Picked: _of_picked,
    Known: lambda base, name, node, scope: Known(f"{base.name}.{name}"),
}


def _call(node: ast.expr, scope: Scope) -> Reference:
    """A call whose value is no truth: a queryset's method, a function of the project, a moment, a constant."""
    assert isinstance(node, ast.Call)
    function = node.func
    if inherits(node):
        return inherited(node, scope)
    if isinstance(function, ast.Attribute):
        method = _queryset_call(node, function, scope)
        if method is not None:
            return method
    target = resolve(function, scope)
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
    base = resolve(function.value, scope)
    if isinstance(base, Moment) and function.attr == "date" and base.offset == 0 and not node.args:
        return Moment("date")
    if isinstance(base, ModelClass) and base.manager:
        base = all_rows(base.label, scope)
    if isinstance(base, ViewerGroups):
        return of_groups(base, node, scope)
    if isinstance(base, Rows) and function.attr not in scope.project.querysets.get(base.element.model, {}):
        return queried(base, function.attr, node, scope)
    return None


def _getattr(node: ast.Call, scope: Scope) -> Reference:
    """``getattr(thing, "name", None)``: the field; for a one-to-one field backwards, None where there is nothing."""
    name = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], ast.Constant) else None
    if not isinstance(name, str):
        raise unknown(node)
    base = resolve(node.args[0], scope)
    found = attribute_of(base, name, node, scope)
    if len(node.args) < 3:
        return found
    default = resolve(node.args[2], scope)
    if isinstance(found, Thing) and found.key is None and found.through and default == Given(None):
        return Thing(found.model, found.through, found.root, True)
    if isinstance(base, Viewer) and not isinstance(found, ViewerAttribute):
        raise unknown(node, "answers otherwise for a visitor")
    return found


def _listed(node: ast.Call, scope: Scope) -> Reference:
    """``list(…)``, ``set(…)``: what it is made of."""
    if len(node.args) == 1 and not node.keywords:
        return resolve(node.args[0], scope)
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


_QUERY_PARTS = {"django.db.models.query_utils.Q", "django.db.models.expressions.Exists"}


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
    ast.Call: _call,
    ast.BinOp: _binary,
    ast.UnaryOp: _signed,
}
