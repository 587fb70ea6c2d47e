"""The translator of one project: each atom of its rules, each test of its guards; it reads all kinds of expressions."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property

from workbench.inspection.records import Inspection
from workbench.policies import access, calling, resolving, truths
from workbench.policies.condition import Condition
from workbench.policies.models import Models
from workbench.policies.policy import Body, Policies
from workbench.policies.references import Helper, Reference, Request, Thing, Untranslatable, Viewer
from workbench.policies.scope import Arguments, Project, Scope, unknown
from workbench.policies.translating import rules
from workbench.policies.translating.backends import all_known, granted_in_general, granted_on_object, in_general
from workbench.policies.translating.predicates import asked_about, built_in
from workbench.policies.translating.translated import Translated, read
from workbench.policies.translating.user_model import of_user_model


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
            return granted_on_object(kind, rest, str(model), self.project)
        if kind == "user":
            return of_user_model(rest, str(model), self.project)
        if kind == "general":
            backend, permission = rest.split(" ", 1)
            return in_general(backend, permission, self.project)
        if kind in access.KINDS:
            return self._accessed(key, model)
        body = self.policies.bodies[key]
        if key.startswith("rules.predicates."):
            return built_in(body)
        if len(body.parameters) > 2 + body.bind:
            return Translated(body, None, "it takes more than a user and an object")
        return read(body, asked_about(body, Thing(model) if model else None), self.project)

    def _accessed(self, key: str, model: str | None) -> Translated:
        """What a view decides."""
        body = access.body_of(key, self.policies)
        try:
            return Translated(body, access.accessed(key, model, self.project, self.policies))
        except Untranslatable as error:
            line = (body.origin.line or 1) + error.line - 1 if body.source else None
            return Translated(body, None, error.reason, line)

    def above(self, permission: str, model: str, beneath: Condition) -> Condition | None:
        """What ``has_perm()`` of the project's own user model would say if that were what the backends say."""
        return of_user_model(permission, model, self.project, beneath).condition

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
        return read(body, known, self.project)

    @cached_property
    def project(self) -> Project:
        """What all bodies share."""
        policies = self.policies
        return Project(
            reader=self,
            policies=policies,
            models=self.models,
            bodies=policies.bodies,
            methods=policies.methods,
            querysets=policies.querysets,
            rules={item.name: item.about_object for item in policies.permissions if item.about_object},
            ruled=frozenset(item.name for item in policies.permissions if item.rule),
            general=all_known(policies),
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
        return calling.sought(helper, arguments, node, scope)

    def called(self, helper: Helper, arguments: Arguments, node: ast.AST, scope: Scope) -> Reference:
        """The value of a function of the project, put in place of its call."""
        return calling.called(helper, arguments, node, scope)

    def granted(self, permission: str, node: ast.AST) -> Condition:
        """``user.has_perm(permission)``; a user model that answers itself is not read here."""
        if "has_perm" in self.policies.user_methods:
            raise unknown(node, "is answered by has_perm() of the project's own user model")
        return granted_in_general(permission, node, self.project)

    def permitted(self, name: str, thing: Reference, node: ast.AST, scope: Scope) -> Condition:
        """``user.has_perm(name, thing)``: a superuser may, others what decides the permission says."""
        return rules.permitted(name, thing, node, scope)
