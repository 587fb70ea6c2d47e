"""Calls that answer a question: ``any(…)``, ``rows.exists()``, ``user.has_perm(…)``, ``isinstance(…)`` …"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from workbench.policies.comparing import missing
from workbench.policies.condition import (
    Above,
    Always,
    Condition,
    Negated,
    ViewerIn,
    ViewerIs,
    Wording,
)
from workbench.policies.gathering import among, exists
from workbench.policies.operands import attribute_of
from workbench.policies.reasoning import FALSE, TRUE, answered, either, every, negated, refuses
from workbench.policies.references import (
    Column,
    Given,
    Known,
    Lineage,
    ModelClass,
    Reference,
    Rows,
    Thing,
    Viewer,
    ViewerGroup,
    ViewerGroups,
)
from workbench.policies.scope import Scope, dotted, dotted_root, unknown

_WORDING: dict[str, Literal["starts", "ends"]] = {"startswith": "starts", "endswith": "ends"}
_ANONYMOUS = "django.contrib.auth.models.AnonymousUser"


def asked_method(node: ast.Call, function: ast.Attribute, scope: Scope) -> Condition | None:
    """The answer of a method that answers a question; None for other methods."""
    rule = _METHODS.get(function.attr)
    if rule is None or (dotted(function) in scope.body.names and dotted_root(function) not in scope.known):
        return None
    return rule(node, scope.resolve(function.value), scope)


def _exists(node: ast.Call, base: Reference, scope: Scope) -> Condition | None:
    if node.args or node.keywords:
        return None
    if isinstance(base, ModelClass) and base.manager:
        raise unknown(node, "looks at rows that hang neither on the object nor on the user")
    if isinstance(base, Rows):
        return exists(base, node, scope)
    if isinstance(base, ViewerGroups) and base.names is not None:
        return ViewerIn(base.names)
    raise unknown(node)


def _contains(node: ast.Call, base: Reference, scope: Scope) -> Condition | None:
    if isinstance(base, Rows) and len(node.args) == 1:
        value = scope.resolve(node.args[0])
        if isinstance(value, (Thing, Viewer)):
            return among(value, base, node, scope)
    return None


def _has_perm(node: ast.Call, base: Reference, scope: Scope) -> Condition | None:
    """``user.has_perm("app.codename")`` in general; with an object, what decides the permission."""
    if not isinstance(base, Viewer):
        return None
    given = scope.resolve(node.args[0]) if node.args else None
    name = given.value if isinstance(given, Given) else None
    things = [*node.args[1:], *(word.value for word in node.keywords if word.arg == "obj")]
    if not isinstance(name, str) or len(things) > 1 or len(node.keywords) > 1:
        raise unknown(node, "asks for a permission whose name is not known")
    thing = scope.resolve(things[0]) if things else Given(None)
    if thing != Given(None):
        return scope.project.reader.permitted(name, thing, node, scope)
    return in_general(name, node, scope)


def in_general(name: str, node: ast.Call, scope: Scope) -> Condition:
    """A permission granted in general: asked without an object, where no rule has a say in it."""
    if name in scope.project.ruled:
        raise unknown(node, "asks a rule without its object")
    if not scope.project.general:
        raise unknown(node, "is answered by a backend of the project")
    return scope.project.reader.granted(name, node)


def _wording(node: ast.Call, base: Reference, scope: Scope) -> Condition | None:
    """``user.email.endswith("@example.com")``."""
    if isinstance(base, Given) and isinstance(base.value, str) and len(node.args) == 1:
        return _of_constant(base.value, node, scope)
    if not isinstance(base, Column) or len(node.args) != 1 or not isinstance(node.func, ast.Attribute):
        return None
    given = scope.resolve(node.args[0])
    texts = given.value if isinstance(given, Given) else None
    texts = (texts,) if isinstance(texts, str) else texts
    attribute = attribute_of(base, node, scope)
    if not isinstance(texts, tuple) or attribute.type != "text" or base.field.name == "username":
        raise unknown(node)
    op = _WORDING[node.func.attr]
    parts = [Wording(op, attribute, text) for text in texts if isinstance(text, str)]
    if len(parts) != len(texts) or not all(part.text for part in parts):
        raise unknown(node)
    return either(parts)


def _of_constant(text: str, node: ast.Call, scope: Scope) -> Condition:
    given = scope.resolve(node.args[0])
    assert isinstance(node.func, ast.Attribute)
    if not isinstance(given, Given) or not isinstance(given.value, (str, tuple)):
        raise unknown(node)
    affixes = given.value if isinstance(given.value, tuple) else (given.value,)
    test = text.startswith if node.func.attr == "startswith" else text.endswith
    return Always(any(isinstance(affix, str) and test(affix) for affix in affixes))


_METHODS: dict[str, Callable[[ast.Call, Reference, Scope], Condition | None]] = {
    "exists": _exists,
    "contains": _contains,
    "has_perm": _has_perm,
    "startswith": _wording,
    "endswith": _wording,
}


def _bool(node: ast.Call, scope: Scope) -> Condition:
    if len(node.args) != 1 or node.keywords:
        raise unknown(node)
    return scope.truth(node.args[0])


def _any(node: ast.Call, scope: Scope) -> Condition:
    return _over(node, scope, False)


def _all(node: ast.Call, scope: Scope) -> Condition:
    return negated(_over(node, scope, True))


def _over(node: ast.Call, scope: Scope, inverted: bool) -> Condition:
    """Whether one of them is true (``inverted``: is not)."""
    part = node.args[0] if len(node.args) == 1 and not node.keywords else None
    if isinstance(part, (ast.GeneratorExp, ast.ListComp, ast.SetComp)):
        return looped(part.generators, part.elt, node, scope, inverted)
    if isinstance(part, (ast.List, ast.Tuple, ast.Set)):
        found = [scope.truth(item) for item in part.elts]
        if any(refuses(item, scope.models) for item in found):
            raise unknown(node, "works all of its parts out, and one of them may raise")
        return either([negated(item) if inverted else item for item in found])
    raise unknown(node)


def looped(
    generators: list[ast.comprehension], element: ast.expr, node: ast.AST, scope: Scope, inverted: bool = False
) -> Condition:
    """There is a row for which the element is true (``inverted``: is not)."""
    if not generators:
        found = scope.truth(element)
        return negated(found) if inverted else found
    first, *rest = generators
    if not isinstance(first.target, ast.Name) or first.is_async:
        raise unknown(node)
    source = scope.resolve(first.iter)
    return over_rows(
        source,
        first.target.id,
        lambda inner: every((*(inner.truth(test) for test in first.ifs), looped(rest, element, node, inner, inverted))),
        node,
        scope,
    )


def over_rows(
    source: Reference, name: str, test: Callable[[Scope], Condition], node: ast.AST, scope: Scope
) -> Condition:
    """One of the rows passes a test that reads it by a name."""
    if isinstance(source, ViewerGroups) and source.names is None:
        found = test(scope.with_name(name, ViewerGroup(name=source.listed)))
        if not isinstance(found, ViewerIn) or found.every:
            raise unknown(node, "asks the user's groups for more than a name")
        return found
    if isinstance(source, ModelClass) or not isinstance(source, (Rows, Lineage)):
        raise unknown(node, "goes through something other than rows of an object")
    element = source.element if isinstance(source, Rows) else Thing(source.start.model, (), source.row)
    condition = answered(test(scope.inside(name, element)))
    if refuses(condition, scope.models):
        raise unknown(node, "may raise in the middle of its rows")
    if isinstance(source, Rows):
        return exists(replace(source, where=(*source.where, condition)), node, scope)
    start = source.start
    climbs = (source.parent, source.climbs, condition, source.itself)
    return Above(start.model, start.through, *climbs, start.root, source.row)


def _has_attribute(node: ast.Call, scope: Scope) -> Condition:
    """``hasattr(user, "profile")``: of a one-to-one field backwards, whether something stands there."""
    name = node.args[1].value if len(node.args) == 2 and isinstance(node.args[1], ast.Constant) else ""
    base = scope.resolve(node.args[0])
    found = scope.attribute(base, str(name), node)
    if isinstance(found, Thing) and found.key is None and found.through:
        there = negated(missing(replace(found, maybe=True), node, scope))
        return every((ViewerIs("authenticated"), there)) if isinstance(base, Viewer) else there
    if isinstance(base, Viewer):
        return ViewerIs("authenticated") if not isinstance(found, (ViewerGroups,)) else TRUE
    raise unknown(node)


def _is_instance(node: ast.Call, scope: Scope) -> Condition:
    if len(node.args) != 2:
        raise unknown(node)
    value, kind = scope.resolve(node.args[0]), scope.resolve(node.args[1])
    if isinstance(value, Viewer) and kind == Known(_ANONYMOUS):
        return Negated(ViewerIs("authenticated"))
    if isinstance(value, Viewer) and kind == ModelClass(scope.models.user):
        return ViewerIs("authenticated")
    if isinstance(value, Thing) and isinstance(kind, ModelClass) and not value.maybe:
        if value.model == kind.label:
            return TRUE
        if not scope.models.related_classes(value.model, kind.label):
            return FALSE
    raise unknown(node)


QUESTIONS: dict[str, Callable[[ast.Call, Scope], Condition]] = {
    "bool": _bool,
    "any": _any,
    "all": _all,
    "hasattr": _has_attribute,
    "isinstance": _is_instance,
}
