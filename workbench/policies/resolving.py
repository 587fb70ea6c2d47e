"""Names, attributes and queryset calls of a body become references."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from workbench.policies.condition import Constant, Match, Scalar, ViewerId
from workbench.policies.models import Models
from workbench.policies.policy import Body
from workbench.policies.references import (
    Column,
    Given,
    Helper,
    Reference,
    Request,
    Rows,
    Thing,
    Untranslatable,
    Viewer,
    ViewerAttribute,
    ViewerGroups,
)

VIEWER_FLAGS = {"is_authenticated", "is_anonymous", "is_active", "is_staff", "is_superuser"}
_VIEWER_KEYS = {"pk", "id"}


@dataclass(frozen=True)
class Scope:
    """What the names of one body stand for, and the bodies around it that are being read."""

    body: Body
    models: Models
    bodies: Mapping[str, Body]
    ruled: frozenset[str]  # permissions that django-rules decides
    general: bool  # whether Django's own backend alone answers has_perm() without an object
    known: Mapping[str, Reference]
    reading: tuple[str, ...] = field(default=())

    def with_name(self, name: str, reference: Reference) -> Scope:
        """The scope after ``name = …``."""
        return replace(self, known={**self.known, name: reference})


def resolve(node: ast.expr, scope: Scope) -> Reference:
    """What an expression refers to; Untranslatable where it is none of the kinds known."""
    meaning = scope.body.names.get(dotted(node) or "")
    if meaning is not None and dotted_root(node) not in scope.known:
        if meaning.value is not None:
            return Given(meaning.value)
        if meaning.refers is not None and meaning.refers in scope.bodies:
            return Helper(scope.bodies[meaning.refers])
    rule = _RULES.get(type(node))
    if rule is None:
        raise unknown(node)
    return rule(node, scope)


def unknown(node: ast.expr, why: str = "") -> Untranslatable:
    """Says that an expression has no translation."""
    return Untranslatable(f"`{ast.unparse(node)}` {why or 'has no translation'}", node.lineno)


def dotted(node: ast.expr) -> str | None:
    """``a.b.c`` as text; None for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    base = dotted(node.value) if isinstance(node, ast.Attribute) else None
    return f"{base}.{node.attr}" if base and isinstance(node, ast.Attribute) else None


def dotted_root(node: ast.expr) -> str:
    """The first name of a dotted expression."""
    return (dotted(node) or "").partition(".")[0]


def _name(node: ast.expr, scope: Scope) -> Reference:
    assert isinstance(node, ast.Name)
    if node.id not in scope.known:
        raise unknown(node, "is neither a parameter nor a known constant")
    return scope.known[node.id]


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
    base = resolve(node.value, scope)
    if isinstance(base, Request):
        return _of_request(base, node)
    if isinstance(base, Viewer):
        return _of_viewer(node)
    if isinstance(base, Thing):
        return _of_thing(base, node, scope)
    raise unknown(node)


def _of_request(base: Request, node: ast.Attribute) -> Reference:
    if base.depth == 2 and node.attr == "request":
        return Request(1)
    if base.depth == 1 and node.attr == "user":
        return Viewer()
    raise unknown(node, "is known only while the request runs")


def _of_viewer(node: ast.Attribute) -> Reference:
    if node.attr == "groups":
        return ViewerGroups()
    if node.attr in VIEWER_FLAGS or node.attr in _VIEWER_KEYS:
        return ViewerAttribute(node.attr)
    raise unknown(node, "is not part of what a session knows of its user")


def _of_thing(base: Thing, node: ast.Attribute, scope: Scope) -> Reference:
    if base.key is not None:
        raise unknown(node, "follows a foreign key that may be null: Python raises there")
    models = scope.models
    found = models.field(base.model, node.attr)
    if found is None:
        referring = models.referring(base.model, node.attr)
        if referring is None:
            raise unknown(node, f"is no field of {base.model}")
        if not models.plain_rows(referring[0]):
            raise unknown(node, "goes through a manager of the project, which may hide rows")
        return Rows(referring[0], referring[1], base)
    relation = found.relation
    if relation is None or node.attr == found.attname:
        return Column(base.model, base.through, found)
    if relation.kind not in ("fk", "o2o") or not models.has(relation.to):
        raise unknown(node, "is a relation without a translation")
    if found.null:
        return Thing(relation.to, base.through, found, base.model)
    return Thing(relation.to, (*base.through, found.name))


def _call(node: ast.expr, scope: Scope) -> Reference:
    """``rows.filter(…)``, ``rows.all()`` and ``user.groups.filter(name=…)``."""
    assert isinstance(node, ast.Call)
    if not isinstance(node.func, ast.Attribute):
        raise unknown(node)
    base, method = resolve(node.func.value, scope), node.func.attr
    if isinstance(base, (Rows, ViewerGroups)) and method == "all" and not node.args and not node.keywords:
        return base
    if method != "filter" or node.args or not node.keywords:
        raise unknown(node)
    if isinstance(base, ViewerGroups):
        return _groups(base, node, scope)
    if not isinstance(base, Rows):
        raise unknown(node)
    for keyword in node.keywords:
        base = _narrowed(base, keyword, node, scope)
    return base


def _groups(base: ViewerGroups, node: ast.Call, scope: Scope) -> Reference:
    keyword = node.keywords[0]
    value = resolve(keyword.value, scope)
    names = value.value if isinstance(value, Given) else None
    if len(node.keywords) > 1 or base.names is not None:
        raise unknown(node)
    if keyword.arg == "name" and isinstance(names, str):
        return ViewerGroups((names,))
    if keyword.arg == "name__in" and isinstance(names, tuple):
        return ViewerGroups(tuple(name for name in names if isinstance(name, str)))
    raise unknown(node)


def _narrowed(rows: Rows, keyword: ast.keyword, node: ast.Call, scope: Scope) -> Rows:
    """The rows with one more ``field=value``, ``field__in=[…]`` or ``field__isnull=…``."""
    name, _, lookup = (keyword.arg or "").partition("__")
    if lookup in ("pk", "id"):  # user__id is the foreign key's own column
        lookup = ""
    found = scope.models.field(rows.model, name)
    kind = scope.models.kind(found) if found else None
    if found is None or kind is None:
        raise unknown(node, f"filters by {keyword.arg}, which has no translation")
    match = Match(found.name, kind, found.null)
    value = resolve(keyword.value, scope)
    if (
        isinstance(value, Viewer)
        and lookup == ""
        and kind == "integer"
        and found.relation
        and found.relation.to == scope.models.user
    ):
        return replace(rows, where=(*rows.where, replace(match, equal=ViewerId())), refuses_visitor=True)
    if isinstance(value, ViewerAttribute) and value.name in _VIEWER_KEYS and lookup == "" and kind == "integer":
        return replace(rows, where=(*rows.where, replace(match, equal=ViewerId())))
    return replace(rows, where=(*rows.where, _against_constant(match, lookup, value, node)))


def _against_constant(match: Match, lookup: str, value: Reference, node: ast.Call) -> Match:
    given = value.value if isinstance(value, Given) else None
    if lookup == "in" and isinstance(given, tuple) and all(fits(item, match.type) for item in given):
        return replace(match, among=given)
    if lookup in ("", "exact") and isinstance(given, (bool, int, str)) and fits(given, match.type):
        return replace(match, equal=Constant(given))
    if lookup == "isnull" and given is True:
        return match
    raise unknown(node)


def fits(value: Scalar, kind: str) -> bool:
    """Whether a constant is of the column's own type: Django converts others, TypeScript does not."""
    return {"text": str, "integer": int, "boolean": bool}[kind] is type(value)


_RULES = {
    ast.Name: _name,
    ast.Constant: _constant,
    ast.List: _sequence,
    ast.Tuple: _sequence,
    ast.Set: _sequence,
    ast.Attribute: _attribute,
    ast.Call: _call,
}
