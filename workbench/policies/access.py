"""What views decide about an object, as conditions: permission classes, narrowed querysets, the admin's methods."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from workbench.diagnostic import Origin
from workbench.policies.calling import entered
from workbench.policies.condition import Condition, ViewerIs
from workbench.policies.policy import Atom, Body, Policies, Predicate
from workbench.policies.questioning import in_general
from workbench.policies.reasoning import FALSE, TRUE, answered, either, every, negated
from workbench.policies.references import Judged, ModelClass, Reference, Request, Thing, Untranslatable
from workbench.policies.scope import Project, Scope

KINDS = ("asked", "rows", "admin")
_PLAIN: dict[str, Condition] = {
    "always": TRUE,
    "never": FALSE,
    "authenticated": ViewerIs("authenticated"),
    "staff": ViewerIs("staff"),
}


def accessed(key: str, model: str | None, project: Project, policies: Policies) -> Condition:
    """The condition of an atom; Untranslatable where there is none. Python's None counts as false."""
    kind, _, rest = key.partition(" ")
    if kind == "rows":
        return _rows(policies.bodies[key], str(model), project)
    if kind == "admin":
        return answered(_admin(policies.bodies[key], str(model), project))
    return answered(_asked(rest, model, project, policies))


def body_of(key: str, policies: Policies) -> Body:
    """The body behind an atom; one without a text where a framework decides."""
    try:
        return policies.body(key)
    except KeyError:
        words = key.removeprefix("asked ")
        return Body(words, Origin(words), "", (), label=words.replace("permission:", "may "))


def _asked(rest: str, model: str | None, project: Project, policies: Policies) -> Condition:
    kind, _, name = rest.partition(" ")
    if rest in _PLAIN:
        return _PLAIN[rest]
    if rest.startswith("object permission:"):
        return _on_object(rest.removeprefix("object permission:"), model, project)
    if rest.startswith("permission:"):
        return _granted(rest.removeprefix("permission:"), project)
    if kind != "body":
        raise Untranslatable(f"{name} is no class whose text is known")
    key, method, action = name.split(" ")
    known = ["" if word == "-" else word for word in (method, action)]
    return _of_class(policies.bodies[key], model, known[0], known[1], project)


def _granted(permission: str, project: Project) -> Condition:
    node = ast.Call(ast.Name("has_perm"), [ast.Constant(permission)], [])
    return in_general(permission, node, _scope(_NOBODY, project, {}))


def _on_object(permission: str, model: str | None, project: Project) -> Condition:
    node = ast.Call(ast.Name("has_perm"), [ast.Constant(permission), ast.Name("object")], [])
    if model is None:
        raise Untranslatable(f"{permission} is asked about an object of no known model")
    return project.reader.permitted(permission, Thing(model), node, _scope(_NOBODY, project, {}))


_NOBODY = Body("", Origin(""), "", ())


def _scope(body: Body, project: Project, known: Mapping[str, Reference]) -> Scope:
    return Scope(body, project, known, (body.name,))


def _of_class(body: Body, model: str | None, method: str, action: str, project: Project) -> Condition:
    """``has_permission(self, request, view)``, ``has_object_permission(self, request, view, obj)``."""
    asked = (Request(0, methods=True), Request(1, method, action), Request(2, method, action))
    things: tuple[Reference, ...] = (*asked, Thing(model)) if model else asked
    return _entered(body, dict(zip(body.parameters, things, strict=False)), model, project)


def _admin(body: Body, model: str, project: Project) -> Condition:
    """``has_change_permission(self, request, obj=None)``."""
    things = (Request(0, methods=True), Request(1), Thing(model))
    return _entered(body, dict(zip(body.parameters, things, strict=False)), model, project)


def _entered(body: Body, known: Mapping[str, Reference], model: str | None, project: Project) -> Condition:
    name = body.name.rpartition(".")[2]
    inherited: dict[str, Reference] = {}
    if body.above is not None and "super()" in body.source:
        inherited[name] = Judged(_combined(body.above, model, project))
    return entered(Scope(body, project, known, (body.name,), inherited=inherited))


def _combined(predicate: Predicate, model: str | None, project: Project) -> Condition:
    """What a framework asks, as a condition."""
    if isinstance(predicate, Atom):
        return answered(_asked(predicate.key.removeprefix("asked "), model, project, project.policies))
    parts = [_combined(part, model, project) for part in predicate.of]
    if predicate.op == "not":
        return negated(parts[0])
    return every(parts) if predicate.op == "and" else either(parts)


def _rows(body: Body, model: str, project: Project) -> Condition:
    """The object is one of those that ``get_queryset()`` gives."""
    first = Request(2, methods=True) if body.parameters[:1] == ("self",) else Request(1)
    known: dict[str, Reference] = dict(zip(body.parameters, (first, Request(1)), strict=False))
    inherited: dict[str, Reference] = {}
    if body.rows_of and project.models.plain_rows(body.rows_of):
        inherited["get_queryset"] = ModelClass(body.rows_of, manager=True)
    scope = Scope(body, project, known, (body.name,), inherited=inherited, sought=Thing(model))
    return entered(scope)
