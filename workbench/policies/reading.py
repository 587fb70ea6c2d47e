"""Policies out of what the agent reports: the inspection's permissions and the ``guards`` payload."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from workbench.diagnostic import Diagnostic, Fidelity, Origin
from workbench.inspection.records import Inspection, PermissionRecord
from workbench.policies.exploring import condition_of
from workbench.policies.policy import (
    Atom,
    Body,
    Combined,
    GrantTables,
    Guard,
    Guardian,
    Link,
    Permission,
    Place,
    Policies,
    Predicate,
    View,
)
from workbench.policies.reading_access import read_access
from workbench.policies.reading_bodies import class_tests, read_body, read_predicate, with_object


def read_policies(inspection: Inspection, payload: Mapping[str, Any]) -> Policies:
    """The policies of a project; ``payload`` is the answer of the agent's operation ``guards``."""
    places = tuple(_place(item) for item in [*payload["places"], *payload["templates"]])
    bodies = {key: read_body(item) for key, item in payload["predicates"].items()}
    for view in payload["views"]:
        for guard in view["guards"]:
            bodies.update(class_tests(guard["tree"]))
    guardian = _guardian(payload.get("guardian"))
    own = {name: read_body(item) for name, item in payload.get("backend_bodies", {}).items()}
    answering = {name: read_body(item) for name, item in payload.get("user_methods", {}).items()}
    registered = {kind: _registered(payload, kind) for kind in ("permission", "rule")}
    access = read_access(inspection, payload, places, registered, bodies)
    return Policies(
        permissions=tuple(
            _with_user_model(with_backends(permission, payload["backends"], guardian, own), answering)
            for permission in _permissions(inspection, registered["permission"], places)
        ),
        views=tuple(_view(item, places) for item in payload["views"]),
        rules=registered["rule"],
        bodies={**bodies, **access.bodies},
        access=access.rules,
        places=places,
        backends=tuple(payload["backends"]),
        hiding=frozenset(payload["hiding"]),
        login_everywhere=bool(payload["middleware"]),
        methods=_methods(payload.get("methods", {})),
        querysets=_methods(payload.get("querysets", {})),
        guardian=guardian,
        backend_bodies=own,
        user_methods=answering,
        links=tuple(_link(item) for item in payload.get("links", ())),
        diagnostics=(*(_diagnostic(item) for item in payload["diagnostics"]), *access.diagnostics),
    )


def _guardian(item: Mapping[str, Any] | None) -> Guardian | None:
    if item is None:
        return None
    tables = {
        label: GrantTables(found["user"], found["group"], tuple(found["generic"]), tuple(found["content_type"]))
        for label, found in item["tables"].items()
    }
    return Guardian(item["visitor"], item["name"], tables)


def with_backends(
    permission: Permission, backends: Sequence[str], guardian: Guardian | None, own: Mapping[str, Body]
) -> Permission:
    """The permission with what its backends say about an object of its model, in their order."""
    general: list[Predicate] = [
        Atom(f"general {name} {permission.name}") for name in backends if name in own and permission.model
    ]
    if general:
        permission = replace(permission, general=reduce(_or, general))
    asked: list[Predicate] = []
    for name in backends if permission.model else ():
        if name == _RULES and permission.rule is not None:
            asked.append(permission.rule)
        elif name == _GUARDIAN and guardian is not None and _guarded(permission, guardian):
            asked.append(Atom(f"guardian {permission.name}"))
        elif name in own:
            asked.append(Atom(f"backend {name} {permission.name}"))
    if not asked or asked == [permission.rule]:
        return permission
    missing = [permission.rule] if permission.rule is not None and permission.rule not in asked else []
    return replace(permission, backends=reduce(_or, [*missing, *asked]))


def _with_user_model(permission: Permission, answering: Mapping[str, Body]) -> Permission:
    """The permission where the user model answers ``has_perm()`` itself, before any backend."""
    if "has_perm" not in answering or not permission.model:
        return permission
    asked, general = Atom(f"user {permission.name}"), Atom(f"user {permission.name} general")
    return replace(permission, beneath=permission.about_object, backends=asked, general=general)


def _or(one: Predicate, two: Predicate) -> Predicate:
    return Combined("or", (one, two))


def _guarded(permission: Permission, guardian: Guardian) -> bool:
    """Whether guardian answers: it raises where the permission is of another app than the object."""
    tables = guardian.tables.get(permission.model or "")
    if permission.kind == "rule":  # guardian's rows refer to those of auth_permission
        return False
    return tables is not None and permission.name.partition(".")[0] == tables.content_type[0]


_RULES = "rules.permissions.ObjectPermissionBackend"
_GUARDIAN = "guardian.backends.ObjectPermissionBackend"


def _methods(items: Mapping[str, Any]) -> dict[str, dict[str, Body]]:
    """Model label -> name -> body."""
    return {label: {name: read_body(item) for name, item in found.items()} for label, found in items.items()}


def _registered(payload: Mapping[str, Any], kind: str) -> dict[str, Predicate]:
    found = (item for item in payload["registered"] if item["registry"] == kind)
    return {item["name"]: read_predicate(item["predicate"]) for item in found}


def _permissions(
    inspection: Inspection, rules: Mapping[str, Predicate], places: Iterable[Place]
) -> Iterable[Permission]:
    """Those Django would store, each with its rule; then those that only django-rules knows."""
    registrations = {name: place for place in places if place.kind == "rules.add_perm" for name in place.permissions}
    known = set()
    for record in inspection.permissions:
        permission = _stored(record, rules)
        known.add(permission.name)
        yield _placed(permission, registrations, inspection)
    for name in sorted(set(rules) - known):
        permission = Permission(name, _model_of(name, inspection), "rule", "", None, rules[name])
        yield _placed(permission, registrations, inspection)


def _stored(record: PermissionRecord, rules: Mapping[str, Predicate]) -> Permission:
    name = f"{record.app}.{record.codename}"
    return Permission(
        name, record.model, "default" if record.default else "custom", record.name, record.origin, rules.get(name)
    )


def _placed(permission: Permission, registrations: Mapping[str, Place], inspection: Inspection) -> Permission:
    """With the place where its rule is registered: ``add_perm``, else the model's ``Meta.rules_permissions``."""
    if permission.rule is None:
        return permission
    place = registrations.get(permission.name)
    if place is not None:
        return replace(permission, origin=place.origin, source=place.source)
    model = next((model for model in inspection.models if model.label == permission.model), None)
    return replace(permission, origin=permission.origin or (model.origin if model else None))


def _model_of(name: str, inspection: Inspection) -> str | None:
    """The model whose name ends the codename: ``processn.audit_project`` -> ``processn.Project``."""
    app, _, codename = name.partition(".")
    labels = [model.label for model in inspection.models if model.app == app]
    fitting = [label for label in labels if codename.endswith("_" + label.split(".")[1].lower())]
    return max(fitting, key=len) if fitting else None


def _view(item: Mapping[str, Any], places: tuple[Place, ...]) -> View:
    guards = _joined([_guard(guard, item, places) for guard in item["guards"]], item["methods"])
    named = (item["route"], item["name"], item["view"], item["own"], item["model"])
    return View(*named, Origin(**item["origin"]), guards, tuple(item["methods"]), item.get("actions", {}))


def _joined(guards: Sequence[Guard], methods: Sequence[str]) -> tuple[Guard, ...]:
    """Those that ask the same of an object before several methods are one."""
    found: dict[Guard, list[str]] = {}
    for guard in guards:
        key = replace(guard, methods=()) if guard.about is not None else guard
        found.setdefault(key, []).extend(guard.methods)
    return tuple(
        guard if guard.about is None or set(asked) == set(methods) else replace(guard, methods=tuple(asked))
        for guard, asked in found.items()
    )


def _guard(item: Mapping[str, Any], view: Mapping[str, Any], places: tuple[Place, ...]) -> Guard:
    """A guard as it stands at run time, with the place in the source where it was written, if that was found."""
    test = read_body(item["test"]) if item["test"] else None
    tree = read_predicate(item["tree"]) if item["tree"] else None
    permissions = tuple(item["permissions"])
    place = _written(item, view, places)
    written = test is not None or item["kind"] == "decorator"
    origin = place.origin if place else Origin(**(item["origin"] if written else view["origin"]))
    source = (test.source if test else "") or (place.source if place else "") or item["source"]
    explored = condition_of(item["explored"]) if item.get("explored") else None
    known = (item["kind"], origin, permissions, source, test, tree, tuple(item["refusal"]), tuple(item["methods"]))
    early = item.get("early")
    about = with_object(item["tree"], early["method"], early["action"], early["alone"]) if early else None
    return Guard(*known, explored, item.get("unread", ""), about)


def _written(item: Mapping[str, Any], view: Mapping[str, Any], places: tuple[Place, ...]) -> Place | None:
    """The place of the same kind inside the view, else the one that names the view: in a URLconf."""
    kind = item["kind"].rsplit(".", 1)[-1]
    fitting = [place for place in places if place.kind.rsplit(".", 1)[-1] == kind]
    inside = [place for place in fitting if f"{place.inside}.".startswith(f"{view['view']}.")]
    short = view["view"].rsplit(".", 1)[-1]
    naming = [place for place in fitting if short in place.source and place.inside.rsplit(".", 1)[-1] == "urls"]
    exact = [place for place in inside if set(item["permissions"]) & set(place.permissions)]
    return next(iter(exact or inside or naming), None)


def _place(item: Mapping[str, Any]) -> Place:
    return Place(item["kind"], item["inside"], Origin(**item["origin"]), item["source"], tuple(item["permissions"]))


def _link(item: Mapping[str, Any]) -> Link:
    shown = tuple((text, holds) for text, holds in item["shown"])
    return Link(item["url"], item["method"], Origin(**item["origin"]), shown)


def _diagnostic(item: Mapping[str, Any]) -> Diagnostic:
    place, fidelity = Origin(**item["place"]), Fidelity(item["fidelity"])
    return Diagnostic(item["code"], place, item["thing"], item["fact"], item["help"], fidelity)
