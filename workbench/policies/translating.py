"""Every predicate of a rule, for the model that the rule is about: a condition, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.inspection.records import Inspection
from workbench.policies.condition import Always, Condition, ViewerIn, ViewerIs
from workbench.policies.lowering import lower
from workbench.policies.models import Models
from workbench.policies.policy import Atom, Body, Policies, Predicate
from workbench.policies.references import Reference, Request, Thing, Untranslatable, Viewer
from workbench.policies.resolving import Scope

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

    @classmethod
    def of(cls, policies: Policies, inspection: Inspection) -> Translator:
        """A translator for the project's models and rules."""
        return cls(policies, Models(inspection.models, inspection.auth_user_model, policies.hiding))

    def atom(self, key: str, model: str | None) -> Translated:
        """The predicate of that key as a question about an object of ``model`` (None: about nobody but the user)."""
        body = self.policies.bodies[key]
        if key.startswith("rules.predicates."):
            return _built_in(body)
        if body.bind or len(body.parameters) > 2:
            return Translated(body, None, "it is bound to its predicate, or takes more than a user and an object")
        references: tuple[Reference, ...] = (Viewer(), Thing(model)) if model else (Viewer(),)
        return self._read(body, dict(zip(body.parameters, references, strict=False)))

    def test(self, body: Body, model: str | None) -> Translated:
        """The test of a guard: ``test(user)``, a view's ``test_func(self)``, or a permission class's method."""
        known: dict[str, Reference] = {}
        for name in body.parameters:
            if name == "self":
                known[name] = Request(2)
            elif name == "request":
                known[name] = Request(1)
            elif name == "obj" and model:
                known[name] = Thing(model)
        if not known and len(body.parameters) == 1:
            known[body.parameters[0]] = Viewer()
        return self._read(body, known)

    def _read(self, body: Body, known: dict[str, Reference]) -> Translated:
        ruled = frozenset(permission.name for permission in self.policies.permissions if permission.rule)
        general = _MODEL_BACKEND in self.policies.backends and set(self.policies.backends) <= _SILENT
        scope = Scope(body, self.models, self.policies.bodies, ruled, general, known, (body.name,))
        try:
            return Translated(body, lower(scope))
        except Untranslatable as error:
            line = (body.origin.line or 1) + error.line - 1
            return Translated(body, None, error.reason, line)


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
