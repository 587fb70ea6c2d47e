"""What decides a permission, asked about an object that a body refers to."""

from __future__ import annotations

import ast
from dataclasses import replace

from workbench.policies.calling import entered
from workbench.policies.condition import Condition, ViewerIs
from workbench.policies.policy import Atom, Predicate
from workbench.policies.reasoning import answered, either, every, moved
from workbench.policies.references import Reference, Thing
from workbench.policies.scope import Scope, unknown
from workbench.policies.translating.backends import granted_on_object
from workbench.policies.translating.predicates import asked_about, built_in, combined


def permitted(name: str, thing: Reference, node: ast.AST, scope: Scope) -> Condition:
    """``user.has_perm(name, thing)``: a superuser may, others what decides the permission says."""
    policies = scope.project.policies
    if "has_perm" in policies.user_methods:
        raise unknown(node, "is answered by has_perm() of the project's own user model")
    stored = any(item.name == name and item.kind != "rule" for item in policies.permissions)
    if not isinstance(thing, Thing) or f"has_perm {name}" in scope.reading or (thing.maybe and stored):
        raise unknown(node, "asks about an object: the rule of that permission has to be called instead")
    if thing.maybe:  # asked about nothing, nobody grants it
        thing = replace(thing, maybe=False)
    superuser = every((ViewerIs("active"), ViewerIs("superuser")))
    rule = scope.project.rules.get(name)
    if rule is None:
        return superuser
    asked = scope.reading_permission(name)
    return either((superuser, answered(ruled(rule, thing, node, asked))))


def ruled(rule: Predicate, thing: Thing, node: ast.AST, scope: Scope) -> Condition:
    """A rule about a thing, as a condition."""
    if isinstance(rule, Atom):
        return _asked(rule.key, thing, node, scope)
    return combined(rule.op, [ruled(part, thing, node, scope) for part in rule.of], node)


def _asked(key: str, thing: Thing, node: ast.AST, scope: Scope) -> Condition:
    kind, _, rest = key.partition(" ")
    if kind in ("guardian", "backend"):
        granted = granted_on_object(kind, rest, thing.model, scope.project)
        if granted.condition is None:
            raise unknown(node, granted.reason)
        whole: Condition = moved(granted.condition, "", thing.root, thing.through)
        return whole
    body = scope.project.policies.bodies[key]
    if key.startswith("rules.predicates."):
        found = built_in(body)
        if found.condition is None:
            raise unknown(node, found.reason)
        return found.condition
    if len(body.parameters) > 2 + body.bind or body.name in scope.reading:
        raise unknown(node, "asks a rule that has no translation here")
    return entered(scope.of_helper(body, asked_about(body, thing)))
