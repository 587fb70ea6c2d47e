"""What authentication backends answer beside django-rules': about one object, and in general."""

from __future__ import annotations

import ast
from dataclasses import replace

from workbench.diagnostic import Origin
from workbench.policies.condition import Condition, ViewerIs, ViewerMay
from workbench.policies.grants import granted_on
from workbench.policies.policy import Body, Policies
from workbench.policies.reasoning import answered, either, every
from workbench.policies.references import Given, Reference, Thing, Viewer
from workbench.policies.scope import Project, unknown
from workbench.policies.translating.translated import Translated, read

_MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"

# Backends that grant nothing in general beyond what Django's own does
_SILENT = {_MODEL_BACKEND, "rules.permissions.ObjectPermissionBackend", "guardian.backends.ObjectPermissionBackend"}


def all_known(policies: Policies) -> bool:
    """Whether all backends that answer ``has_perm()`` without an object are known."""
    backends = set(policies.backends)
    return _MODEL_BACKEND in backends and backends <= {*_SILENT, *policies.backend_bodies}


def granted_on_object(kind: str, rest: str, model: str, project: Project) -> Translated:
    """What a backend other than django-rules' says about an object of ``model``."""
    backend, permission = ("", rest) if kind == "guardian" else rest.split(" ", 1)
    codename = permission.partition(".")[2]
    if kind == "guardian":
        body = Body("guardian", Origin("guardian"), "", (), label=f"granted_{codename}")
        assert project.policies.guardian is not None
        return Translated(body, granted_on(permission, model, project.policies.guardian, project.models))
    body = replace(project.policies.backend_bodies[backend], label=f"{backend.rsplit('.', 1)[-1]}_{codename}")
    known: dict[str, Reference] = dict(
        zip(body.parameters[1:], (Viewer(), Given(permission), Thing(model)), strict=False)
    )
    return read(body, known, project)


def in_general(backend: str, permission: str, project: Project) -> Translated:
    """What a backend of the project says without an object."""
    words = permission.partition(".")[2]
    label = f"{backend.rsplit('.', 1)[-1]}_{words}_in_general"
    body = replace(project.policies.backend_bodies[backend], label=label)
    passed: tuple[Reference, ...] = (Viewer(), Given(permission), Given(None))
    return read(body, dict(zip(body.parameters[1:], passed, strict=False)), project)


def granted_in_general(permission: str, node: ast.AST, project: Project) -> Condition:
    """Without an object: a superuser, then the backends, Django's and the project's, in their order."""
    parts: list[Condition] = []
    for backend in project.policies.backends:
        if backend in project.policies.backend_bodies:
            found = in_general(backend, permission, project)
            if found.condition is None:
                raise unknown(node, f"is answered by a backend of the project: {found.reason}")
            parts.append(answered(found.condition))
        elif backend == _MODEL_BACKEND:
            parts.append(ViewerMay(permission))
        elif backend not in _SILENT:
            raise unknown(node, "is answered by a backend whose text is not known")
    return either([every((ViewerIs("active"), ViewerIs("superuser"))), *parts]) if len(parts) > 1 else parts[0]
