"""What ``has_perm()`` of the project's own user model says."""

from __future__ import annotations

import ast
from dataclasses import replace

from workbench.policies.calling import entered
from workbench.policies.condition import Condition, ViewerIs
from workbench.policies.reasoning import answered, choice, either, every
from workbench.policies.references import Given, Judged, Reference, Thing, Untranslatable, Viewer
from workbench.policies.scope import Project, Scope
from workbench.policies.translating.backends import granted_in_general
from workbench.policies.translating.rules import ruled
from workbench.policies.translating.translated import Translated


def of_user_model(rest: str, model: str, project: Project, beneath: Condition | None = None) -> Translated:
    """What ``has_perm()`` of the project's own user model says; a visitor is none of that model.

    ``beneath``: what the backends say about the object, where that is to be something else than they do.
    """
    permission, _, general = rest.partition(" ")
    words = f"user_{permission.partition('.')[2]}{'_in_general' if general else ''}"
    body = replace(project.policies.user_methods["has_perm"], label=words)
    passed: tuple[Reference, ...] = (Viewer(), Given(permission), Given(None) if general else Thing(model))
    known = dict(zip(body.parameters, passed, strict=False))
    node = ast.Call(ast.Attribute(ast.Name("super()"), "has_perm"), [ast.Constant(permission)], [])
    try:
        if general:
            before = granted_in_general(permission, node, project)
        else:
            before = _beneath(permission, model, node, project, beneath)
        scope = Scope(body, project, known, (body.name,), inherited={"has_perm": Judged(before)})
        return Translated(body, choice(ViewerIs("authenticated"), answered(entered(scope)), before))
    except Untranslatable as error:
        return Translated(body, None, error.reason, (body.origin.line or 1) + error.line - 1)


def _beneath(permission: str, model: str, node: ast.AST, project: Project, instead: Condition | None) -> Condition:
    """What Django answers about an object: a superuser may, others what the backends say."""
    superuser = every((ViewerIs("active"), ViewerIs("superuser")))
    if instead is not None:
        return either((superuser, answered(instead)))
    item = next(item for item in project.policies.permissions if item.name == permission)
    if item.beneath is None:
        return superuser
    scope = Scope(project.policies.user_methods["has_perm"], project, {}, (f"has_perm {permission}",))
    return either((superuser, answered(ruled(item.beneath, Thing(model), node, scope))))
