"""guardian's ``get_objects_for_user``: the objects on which a user holds permissions."""

from __future__ import annotations

import ast

from workbench.policies.condition import Condition, ViewerIs
from workbench.policies.grants import listed_on
from workbench.policies.questioning import in_general
from workbench.policies.reasoning import either, every
from workbench.policies.references import Given, ModelClass, Thing, Viewer
from workbench.policies.scope import Scope, unknown

# What guardian takes where nothing is given
_OPTIONS = {"use_groups": True, "any_perm": False, "with_superuser": True, "accept_global_perms": True}
_PLACES = ("user", "perms", "klass", "use_groups", "any_perm", "with_superuser", "accept_global_perms")


def listed(node: ast.Call, scope: Scope) -> Condition:
    """Whether the object that is looked for is in the list."""
    given = dict(zip(_PLACES, node.args, strict=False)) | {str(word.arg): word.value for word in node.keywords}
    if not set(given) <= set(_PLACES) or scope.resolve(given["user"]) != Viewer():
        raise unknown(node, "asks for somebody else")
    thing = scope.sought
    assert thing is not None
    if "klass" in given and _model(given["klass"], scope) != thing.model:
        raise unknown(node, "lists other objects, or fewer of them")
    options = _OPTIONS | {name: _option(given[name], node, scope) for name in _OPTIONS if name in given}
    names = _names(given["perms"], thing, node, scope)
    if len(names) > 1 and not options["any_perm"]:
        raise unknown(node, "asks for several permissions at once")
    parts = [_held(name, thing, options, node, scope) for name in names]
    above: list[Condition] = [ViewerIs("superuser")] if options["with_superuser"] else []
    return either([*above, *parts])


def _held(name: str, thing: Thing, options: dict[str, bool], node: ast.Call, scope: Scope) -> Condition:
    """Granted in general where that counts, or on the object; there also to an account that is locked.

    What is granted in general to the user who stands for visitors does not count here.
    """
    guardian = scope.project.policies.guardian
    if guardian is None or thing.model not in guardian.tables:
        raise unknown(node, "asks guardian, whose tables are not known")
    everywhere = options["accept_global_perms"] and options["with_superuser"]
    general = [every((ViewerIs("authenticated"), in_general(name, node, scope)))] if everywhere else []
    return either([*general, listed_on(name, thing.model, guardian, scope.models, options["use_groups"])])


def _model(node: ast.expr, scope: Scope) -> str:
    found = scope.resolve(node)
    return found.label if isinstance(found, ModelClass) and scope.models.plain_rows(found.label) else ""


def _option(node: ast.expr, call: ast.Call, scope: Scope) -> bool:
    found = scope.resolve(node)
    if not isinstance(found, Given) or not isinstance(found.value, bool):
        raise unknown(call, "has an option that is known only while it runs")
    return found.value


def _names(node: ast.expr, thing: Thing, call: ast.Call, scope: Scope) -> list[str]:
    """The permissions by full name, all of the object's app."""
    found = scope.resolve(node)
    values = found.value if isinstance(found, Given) else None
    names = [values] if isinstance(values, str) else list(values) if isinstance(values, tuple) else []
    app = thing.model.partition(".")[0]
    full = [name if "." in str(name) else f"{app}.{name}" for name in names if isinstance(name, str)]
    if not full or len(full) != len(names) or any(name.partition(".")[0] != app for name in full):
        raise unknown(call, "asks for permissions whose names are not known")
    return full
