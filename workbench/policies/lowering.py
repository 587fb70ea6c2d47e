"""A predicate's body becomes a condition; what cannot, says why and where. Never a guess."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from workbench.policies.comparing import compared
from workbench.policies.condition import (
    Always,
    Attribute,
    Choice,
    Condition,
    Either,
    Every,
    Missing,
    Negated,
    Some,
    Truth,
    ViewerIn,
    ViewerIs,
    ViewerMay,
)
from workbench.policies.references import (
    Column,
    Given,
    Helper,
    Reference,
    Rows,
    Thing,
    Untranslatable,
    Viewer,
    ViewerAttribute,
    ViewerGroups,
)
from workbench.policies.resolving import Scope, resolve, unknown

_FLAGS: dict[str, Condition] = {
    "is_authenticated": ViewerIs("authenticated"),
    "is_anonymous": Negated(ViewerIs("authenticated")),
    "is_active": ViewerIs("active"),
    "is_staff": ViewerIs("staff"),
    "is_superuser": ViewerIs("superuser"),
}


def lower(scope: Scope) -> Condition:
    """The condition under which the body of ``scope`` answers true; Untranslatable where it is not known."""
    tree = _function(scope)
    if isinstance(tree, ast.Lambda):
        return truth(tree.body, scope, returned=True)
    return _statements(tree.body, scope)


def _function(scope: Scope) -> ast.FunctionDef | ast.Lambda:
    """The function statement, or the one lambda of the line that the source begins on."""
    body = scope.body
    if body.wrapped:
        raise Untranslatable("a decorator around it may change its answer")
    try:
        tree = ast.parse(body.source)
    except SyntaxError as error:
        raise Untranslatable("its source text cannot be read on its own") from error
    if body.name.endswith("<lambda>"):
        lambdas = [node for node in ast.walk(tree) if isinstance(node, ast.Lambda)]
        if len(lambdas) != 1:
            raise Untranslatable("several lambdas stand on its line")
        return lambdas[0]
    if not tree.body or not isinstance(tree.body[0], ast.FunctionDef):
        raise Untranslatable("it is no plain function whose source text is known")
    return tree.body[0]


def _statements(body: Sequence[ast.stmt], scope: Scope) -> Condition:
    """Early returns and simple names, read from the top."""
    if not body:
        raise Untranslatable("a path ends without an answer: django-rules skips the predicate there")
    first, rest = body[0], body[1:]
    if isinstance(first, ast.Return) and first.value is not None:
        return truth(first.value, scope, returned=True)
    if isinstance(first, ast.If):
        return _branch(first, rest, scope)
    if isinstance(first, ast.Assign) and len(first.targets) == 1 and isinstance(first.targets[0], ast.Name):
        return _statements(rest, scope.with_name(first.targets[0].id, resolve(first.value, scope)))
    if isinstance(first, ast.Pass) or (isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)):
        return _statements(rest, scope)
    raise Untranslatable(f"`{ast.unparse(first).splitlines()[0]}` has no translation", first.lineno)


def _branch(node: ast.If, rest: Sequence[ast.stmt], scope: Scope) -> Condition:
    """``if test: return False`` before the rest is ``not test and rest``; and its relatives."""
    test = truth(node.test, scope)
    then = _statements([*node.body, *rest], scope)
    otherwise = _statements([*node.orelse, *rest], scope)
    if then == Always(False):
        return Every((Negated(test), otherwise))
    if then == Always(True):
        return Either((test, otherwise))
    return Choice(test, then, otherwise)


def truth(node: ast.expr, scope: Scope, returned: bool = False) -> Condition:
    """When an expression is true; ``returned``: it is the answer itself, where None would mean "skip"."""
    if isinstance(node, ast.BoolOp):
        parts = tuple(truth(part, scope, returned) for part in node.values)
        return Every(parts) if isinstance(node.op, ast.And) else Either(parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return Negated(truth(node.operand, scope))
    if isinstance(node, ast.Compare):
        return compared(node, scope)
    if isinstance(node, ast.IfExp):
        parts = (truth(node.body, scope, returned), truth(node.orelse, scope, returned))
        return Choice(truth(node.test, scope), *parts)
    if isinstance(node, ast.Call):
        return _called(node, scope, returned)
    return _plain(resolve(node, scope), node, scope, returned)


def _plain(reference: Reference, node: ast.expr, scope: Scope, returned: bool) -> Condition:
    """The truth of a value that stands alone."""
    if isinstance(reference, Given) and isinstance(reference.value, bool):
        return Always(reference.value)
    if isinstance(reference, ViewerAttribute) and reference.name in _FLAGS:
        return _FLAGS[reference.name]
    if isinstance(reference, Column):
        kind = scope.models.kind(reference.field)
        if kind == "boolean" and not reference.field.null:
            return Truth(Attribute(reference.model, reference.through, reference.field.name, "boolean", False))
    if isinstance(reference, Thing) and not returned:
        return Negated(_missing(reference, node, scope))
    if isinstance(reference, Rows):
        return _exists(reference)
    raise unknown(node, "is no truth value: what counts as true differs between the languages")


def _missing(thing: Thing, node: ast.expr, scope: Scope) -> Condition:
    """Whether there is no such object; the one asked about always is."""
    if thing.key is None:
        return Always(False)
    kind = scope.models.kind(thing.key)
    if kind is None:
        raise unknown(node)
    return Missing(Attribute(thing.holder, thing.through, thing.key.name, kind, True))


def _exists(rows: Rows) -> Some:
    return Some(rows.model, rows.link.name, rows.of.model, rows.of.through, rows.where, rows.refuses_visitor)


def _called(node: ast.Call, scope: Scope, returned: bool) -> Condition:
    """``….exists()``, ``bool(…)``, ``user.has_perm("…")``, or a function of the project, put in place of its call."""
    function = node.func
    if isinstance(function, ast.Name) and function.id == "bool" and len(node.args) == 1 and not node.keywords:
        return truth(node.args[0], scope)
    if isinstance(function, ast.Attribute) and function.attr == "exists" and not node.args and not node.keywords:
        return _existing(resolve(function.value, scope), node)
    if isinstance(function, ast.Attribute) and function.attr == "has_perm":
        return _general(node, function, scope)
    helper = resolve(function, scope) if isinstance(function, (ast.Name, ast.Attribute)) else None
    if isinstance(helper, Helper):
        return _inlined(helper, node, scope)
    return _plain(resolve(node, scope), node, scope, returned)


def _existing(rows: Reference, node: ast.Call) -> Condition:
    if isinstance(rows, Rows):
        return _exists(rows)
    if isinstance(rows, ViewerGroups) and rows.names is not None:
        return ViewerIn(rows.names)
    raise unknown(node)


def _general(node: ast.Call, function: ast.Attribute, scope: Scope) -> Condition:
    """``user.has_perm("app.codename")`` without an object, where no rule has a say in it."""
    name = node.args[0].value if len(node.args) == 1 and isinstance(node.args[0], ast.Constant) else None
    if not isinstance(resolve(function.value, scope), Viewer) or not isinstance(name, str) or node.keywords:
        raise unknown(node, "asks about an object: the rule of that permission has to be called instead")
    if name in scope.ruled:
        raise unknown(node, "asks a rule without its object")
    if not scope.general:
        raise unknown(node, "is answered by a backend of the project")
    return ViewerMay(name)


def _inlined(helper: Helper, node: ast.Call, scope: Scope) -> Condition:
    body = helper.body
    if body.name in scope.reading:
        raise unknown(node, "calls itself")
    if node.keywords or len(node.args) != len(body.parameters) or any(isinstance(a, ast.Starred) for a in node.args):
        raise unknown(node, "is not called with one value a parameter")
    known = dict(zip(body.parameters, (resolve(argument, scope) for argument in node.args), strict=True))
    inner = Scope(body, scope.models, scope.bodies, scope.ruled, scope.general, known, (*scope.reading, body.name))
    try:
        return lower(inner)
    except Untranslatable as error:
        raise Untranslatable(f"in {body.name}: {error.reason}", node.lineno) from error
