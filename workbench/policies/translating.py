"""Every predicate of a rule, for the model that the rule is about: a condition, or the reason why there is none."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from workbench.diagnostic import Origin
from workbench.inspection.records import Inspection
from workbench.policies import access, resolving, truths
from workbench.policies.calling import called, entered, sought
from workbench.policies.condition import Always, Condition, ViewerIn, ViewerIs, ViewerMay
from workbench.policies.grants import granted_on
from workbench.policies.models import Models
from workbench.policies.policy import Atom, Body, Policies, Predicate
from workbench.policies.reasoning import FALSE, TRUE, answered, choice, either, every, moved, negated, skips, then
from workbench.policies.references import (
    PREDICATE,
    Given,
    Helper,
    Judged,
    Reference,
    Request,
    Thing,
    Untranslatable,
    Viewer,
)
from workbench.policies.scope import Arguments, Project, Scope, unknown

_MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"

# Backends that grant nothing in general beyond what Django's own does
_SILENT = {_MODEL_BACKEND, "rules.permissions.ObjectPermissionBackend", "guardian.backends.ObjectPermissionBackend"}

# django-rules' own predicates
_BUILT_IN: dict[str, Condition] = {
    "is_authenticated": ViewerIs("authenticated"),
    "is_superuser": ViewerIs("superuser"),
    "is_staff": ViewerIs("staff"),
    "is_active": ViewerIs("active"),
    "always_true": Always(True),
    "always_allow": Always(True),
    "always_false": Always(False),
    "always_deny": Always(False),
}


@dataclass(frozen=True)
class Translated:
    """A predicate for one model: its condition, or None and the reason, with the line of the file it stands on."""

    body: Body
    condition: Condition | None
    reason: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Translator:
    """Translates bodies within one project."""

    policies: Policies
    models: Models
    zone: str = "UTC"

    @classmethod
    def of(cls, policies: Policies, inspection: Inspection) -> Translator:
        """A translator for the project's models and rules."""
        models = Models(inspection.models, inspection.auth_user_model, policies.hiding, inspection.use_tz)
        return cls(policies, models, inspection.time_zone)

    def atom(self, key: str, model: str | None) -> Translated:
        """The predicate of that key as a question about an object of ``model`` (None: about nobody but the user)."""
        kind, _, rest = key.partition(" ")
        if kind in ("guardian", "backend"):
            return self._granted(kind, rest, str(model))
        if kind == "user":
            return self._of_user_model(rest, str(model))
        if kind == "general":
            return self._in_general(*rest.split(" ", 1))
        if kind in access.KINDS:
            return self._accessed(key, model)
        body = self.policies.bodies[key]
        if key.startswith("rules.predicates."):
            return _built_in(body)
        if len(body.parameters) > 2 + body.bind:
            return Translated(body, None, "it takes more than a user and an object")
        return self._read(body, _asked_about(body, Thing(model) if model else None))

    def _accessed(self, key: str, model: str | None) -> Translated:
        """What a view decides."""
        body = access.body_of(key, self.policies)
        try:
            return Translated(body, access.accessed(key, model, self.project, self.policies))
        except Untranslatable as error:
            line = (body.origin.line or 1) + error.line - 1 if body.source else None
            return Translated(body, None, error.reason, line)

    def _granted(self, kind: str, rest: str, model: str) -> Translated:
        """What a backend other than django-rules' says about an object of ``model``."""
        backend, permission = ("", rest) if kind == "guardian" else rest.split(" ", 1)
        codename = permission.partition(".")[2]
        if kind == "guardian":
            body = Body("guardian", Origin("guardian"), "", (), label=f"granted_{codename}")
            assert self.policies.guardian is not None
            return Translated(body, granted_on(permission, model, self.policies.guardian, self.models))
        body = replace(self.policies.backend_bodies[backend], label=f"{backend.rsplit('.', 1)[-1]}_{codename}")
        known: dict[str, Reference] = dict(
            zip(body.parameters[1:], (Viewer(), Given(permission), Thing(model)), strict=False)
        )
        return self._read(body, known)

    def _of_user_model(self, rest: str, model: str, beneath: Condition | None = None) -> Translated:
        """What ``has_perm()`` of the project's own user model says; a visitor is none of that model.

        ``beneath``: what the backends say about the object, where that is to be something else than they do.
        """
        permission, _, general = rest.partition(" ")
        words = f"user_{permission.partition('.')[2]}{'_in_general' if general else ''}"
        body = replace(self.policies.user_methods["has_perm"], label=words)
        passed: tuple[Reference, ...] = (Viewer(), Given(permission), Given(None) if general else Thing(model))
        known = dict(zip(body.parameters, passed, strict=False))
        node = ast.Call(ast.Attribute(ast.Name("super()"), "has_perm"), [ast.Constant(permission)], [])
        try:
            before = self._backends(permission, node) if general else self._beneath(permission, model, node, beneath)
            scope = Scope(body, self.project, known, (body.name,), inherited={"has_perm": Judged(before)})
            return Translated(body, choice(ViewerIs("authenticated"), answered(entered(scope)), before))
        except Untranslatable as error:
            return Translated(body, None, error.reason, (body.origin.line or 1) + error.line - 1)

    def above(self, permission: str, model: str, beneath: Condition) -> Condition | None:
        """What ``has_perm()`` of the project's own user model would say if that were what the backends say."""
        return self._of_user_model(permission, model, beneath).condition

    def _beneath(self, permission: str, model: str, node: ast.AST, instead: Condition | None) -> Condition:
        """What Django answers about an object: a superuser may, others what the backends say."""
        superuser = every((ViewerIs("active"), ViewerIs("superuser")))
        if instead is not None:
            return either((superuser, answered(instead)))
        item = next(item for item in self.policies.permissions if item.name == permission)
        if item.beneath is None:
            return superuser
        scope = Scope(self.policies.user_methods["has_perm"], self.project, {}, (f"has_perm {permission}",))
        return either((superuser, answered(self._ruled(item.beneath, Thing(model), node, scope))))

    def _in_general(self, backend: str, permission: str) -> Translated:
        """What a backend of the project says without an object."""
        words = permission.partition(".")[2]
        body = replace(self.policies.backend_bodies[backend], label=f"{backend.rsplit('.', 1)[-1]}_{words}_in_general")
        passed: tuple[Reference, ...] = (Viewer(), Given(permission), Given(None))
        return self._read(body, dict(zip(body.parameters[1:], passed, strict=False)))

    def granted(self, permission: str, node: ast.AST) -> Condition:
        """``user.has_perm(permission)``; a user model that answers itself is not read here."""
        if "has_perm" in self.policies.user_methods:
            raise unknown(node, "is answered by has_perm() of the project's own user model")
        return self._backends(permission, node)

    def _backends(self, permission: str, node: ast.AST) -> Condition:
        """Without an object: a superuser, then the backends, Django's and the project's, in their order."""
        parts: list[Condition] = []
        for backend in self.policies.backends:
            if backend in self.policies.backend_bodies:
                found = self._in_general(backend, permission)
                if found.condition is None:
                    raise unknown(node, f"is answered by a backend of the project: {found.reason}")
                parts.append(answered(found.condition))
            elif backend == _MODEL_BACKEND:
                parts.append(ViewerMay(permission))
            elif backend not in _SILENT:
                raise unknown(node, "is answered by a backend whose text is not known")
        return either([every((ViewerIs("active"), ViewerIs("superuser"))), *parts]) if len(parts) > 1 else parts[0]

    def test(self, body: Body, model: str | None) -> Translated:
        """The test of a guard: ``test(user)``, a view's ``test_func(self)``, or a permission class's method."""
        known: dict[str, Reference] = {}
        for name in body.parameters:
            if name in ("self", "view"):
                known[name] = Request(2)
            elif name == "request":
                known[name] = Request(1)
            elif name == "obj" and model:
                known[name] = Thing(model)
        if not known and len(body.parameters) == 1:
            known[body.parameters[0]] = Viewer()
        return self._read(body, known)

    def _read(self, body: Body, known: dict[str, Reference]) -> Translated:
        scope = Scope(body, self.project, known, (body.name,))
        try:
            return Translated(body, entered(scope))
        except Untranslatable as error:
            line = (body.origin.line or 1) + error.line - 1
            return Translated(body, None, error.reason, line)

    @cached_property
    def project(self) -> Project:
        """What all bodies share."""
        policies = self.policies
        backends = set(policies.backends)
        rules = {item.name: item.about_object for item in policies.permissions if item.about_object}
        return Project(
            reader=self,
            policies=policies,
            models=self.models,
            bodies=policies.bodies,
            methods=policies.methods,
            querysets=policies.querysets,
            rules=rules,
            ruled=frozenset(item.name for item in policies.permissions if item.rule),
            general=_MODEL_BACKEND in backends and backends <= {*_SILENT, *policies.backend_bodies},
            zone=self.zone,
        )

    def resolve(self, node: ast.expr, scope: Scope) -> Reference:
        """What an expression refers to."""
        return resolving.resolve(node, scope)

    def attribute(self, base: Reference, name: str, node: ast.AST, scope: Scope) -> Reference:
        """``base.name``."""
        return resolving.attribute_of(base, name, node, scope)

    def truth(self, node: ast.expr, scope: Scope) -> Condition:
        """When an expression is true."""
        return truths.truth(node, scope)

    def sought(self, helper: Helper, arguments: Arguments, node: ast.AST, scope: Scope) -> Condition:
        """Whether the object that is looked for is in the queryset that a function of the project returns."""
        return sought(helper, arguments, node, scope)

    def called(self, helper: Helper, arguments: Arguments, node: ast.AST, scope: Scope) -> Reference:
        """The value of a function of the project, put in place of its call."""
        return called(helper, arguments, node, scope)

    def permitted(self, name: str, thing: Reference, node: ast.AST, scope: Scope) -> Condition:
        """``user.has_perm(name, thing)``: a superuser may, others what decides the permission says."""
        if "has_perm" in self.policies.user_methods:
            raise unknown(node, "is answered by has_perm() of the project's own user model")
        stored = any(item.name == name and item.kind != "rule" for item in self.policies.permissions)
        if not isinstance(thing, Thing) or f"has_perm {name}" in scope.reading or (thing.maybe and stored):
            raise unknown(node, "asks about an object: the rule of that permission has to be called instead")
        if thing.maybe:  # asked about nothing, nobody grants it
            thing = replace(thing, maybe=False)
        superuser = every((ViewerIs("active"), ViewerIs("superuser")))
        rule = scope.project.rules.get(name)
        if rule is None:
            return superuser
        asked = scope.reading_permission(name)
        return either((superuser, answered(self._ruled(rule, thing, node, asked))))

    def _ruled(self, rule: Predicate, thing: Thing, node: ast.AST, scope: Scope) -> Condition:
        """A rule about a thing, as a condition."""
        if isinstance(rule, Atom):
            return self._asked(rule.key, thing, node, scope)
        return combined(rule.op, [self._ruled(part, thing, node, scope) for part in rule.of], node)

    def _asked(self, key: str, thing: Thing, node: ast.AST, scope: Scope) -> Condition:
        if key.partition(" ")[0] in ("guardian", "backend"):
            granted = self.atom(key, thing.model)
            if granted.condition is None:
                raise unknown(node, granted.reason)
            whole: Condition = moved(granted.condition, "", thing.root, thing.through)
            return whole
        body = self.policies.bodies[key]
        if key.startswith("rules.predicates."):
            found = _built_in(body)
            if found.condition is None:
                raise unknown(node, found.reason)
            return found.condition
        if len(body.parameters) > 2 + body.bind or body.name in scope.reading:
            raise unknown(node, "asks a rule that has no translation here")
        return entered(scope.of_helper(body, _asked_about(body, thing)))


def _asked_about(body: Body, thing: Thing | None) -> dict[str, Reference]:
    """What the parameters of a predicate stand for; django-rules passes a bound one itself first."""
    references: tuple[Reference, ...] = (Viewer(), thing) if thing else (Viewer(),)
    passed = (PREDICATE, *references) if body.bind else references
    return dict(zip(body.parameters, passed, strict=False))


def combined(op: str, parts: list[Condition], node: ast.AST) -> Condition:
    """django-rules' combination: a part without an answer is left out."""
    if op == "not":
        return then(parts[0], FALSE, TRUE)
    first, second = parts
    if not skips(first) and not skips(second):
        if op == "xor":
            return choice(first, negated(second), second)
        return every((first, second)) if op == "and" else either((first, second))
    if op == "xor":
        raise unknown(node, "combines answers of which one may be missing")
    after = then(second, TRUE, FALSE, TRUE if op == "and" else FALSE)
    return then(first, after, FALSE, second) if op == "and" else then(first, TRUE, after, second)


def atoms(predicate: Predicate) -> Iterator[str]:
    """The keys of a rule's atoms, from left to right."""
    if isinstance(predicate, Atom):
        yield predicate.key
    else:
        for part in predicate.of:
            yield from atoms(part)


def _built_in(body: Body) -> Translated:
    if body.groups:
        return Translated(body, ViewerIn(body.groups, every=True))
    condition = _BUILT_IN.get(body.label)
    return Translated(body, condition, "" if condition else "it is none of django-rules' own predicates")
