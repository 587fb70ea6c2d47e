"""django-guardian's grants on single objects as conditions over its tables."""

from __future__ import annotations

from workbench.policies.condition import (
    Attribute,
    Condition,
    Constant,
    OfViewersGroups,
    Same,
    Some,
    Truth,
    ViewerId,
    ViewerIs,
)
from workbench.policies.models import Models
from workbench.policies.policy import GrantTables, Guardian
from workbench.policies.reasoning import FALSE, choice, either, every
from workbench.policies.references import Untranslatable

_ROW = "row"
CODENAME = "codename of the permission"  # stands for any codename
_PERMISSION = "auth.Permission"
_CONTENT_TYPE = "contenttypes.ContentType"


def granted_on(permission: str, model: str, guardian: Guardian, models: Models) -> Condition:
    """Granted to an active user, or to a group of theirs; a visitor has the grants of the user who stands for them."""
    signed_in = every((ViewerIs("active"), _holds(permission, model, guardian, models, True)))
    if guardian.visitor is None:
        return signed_in
    return choice(ViewerIs("authenticated"), signed_in, _visitors(permission, model, guardian, models, True, True))


def listed_on(permission: str, model: str, guardian: Guardian, models: Models, groups: bool) -> Condition:
    """The same of ``get_objects_for_user``, which does not ask whether an account is locked."""
    signed_in = _holds(permission, model, guardian, models, groups)
    if guardian.visitor is None:
        return every((ViewerIs("known"), signed_in))
    return choice(ViewerIs("authenticated"), signed_in, _visitors(permission, model, guardian, models, groups, False))


def _holds(permission: str, model: str, guardian: Guardian, models: Models, groups: bool) -> Condition:
    """A grant to who asks, or to one of their groups."""
    tables = guardian.tables[model]
    to_user = _rows(tables.user, tables, 0, permission, model, models, Same(_user(tables.user), ViewerId()))
    name = Attribute("auth.Group", ("group",), "name", "text", False, _ROW)
    to_groups = _rows(tables.group, tables, 1, permission, model, models, OfViewersGroups(name))
    return either((to_user, to_groups)) if groups else to_user


def _visitors(permission: str, model: str, guardian: Guardian, models: Models, groups: bool, active: bool) -> Condition:
    """What is granted to the user who stands for all visitors, and to groups of that user."""
    tables = guardian.tables[model]
    who = _stands(("user",), _ROW, guardian, models, active)
    to_user = _rows(tables.user, tables, 0, permission, model, models, who)
    through, source, target = _memberships(models)
    member = Some(through, target, "auth.Group", ("group",), _stands((source,), "member", guardian, models, active))
    inside = Some(**{**member.__dict__, "root": _ROW, "row": "member"})
    to_groups = _rows(tables.group, tables, 1, permission, model, models, inside)
    return either((to_user, to_groups)) if groups else to_user


def _stands(path: tuple[str, ...], root: str, guardian: Guardian, models: Models, asked: bool) -> Condition:
    """The user at the end of a path is the one who stands for visitors, and, where that is asked, active."""
    name = Attribute(models.user, path, guardian.name, "text", False, root)
    active = models.field(models.user, "is_active") if asked else None
    parts: list[Condition] = [Same(name, Constant(str(guardian.visitor)))]
    parts += [Truth(Attribute(models.user, path, "is_active", "boolean", False, root))] if active else []
    return every(parts)


def _memberships(models: Models) -> tuple[str, str, str]:
    """The rows that put users into groups, with their keys to the user and to the group."""
    field = models.field(models.user, "groups")
    relation = field.relation if field else None
    if relation is None or not relation.through:
        raise Untranslatable("users of this project are in no groups")
    return relation.through, str(relation.through_source), str(relation.through_target)


def _user(table: str) -> Attribute:
    return Attribute(table, (), "user", "integer", False, _ROW)


def _rows(
    table: str, tables: GrantTables, side: int, permission: str, model: str, models: Models, holder: Condition
) -> Condition:
    """A grant in this table names the object, the permission, and a holder."""
    app, kind = tables.content_type
    if not models.has(table):
        return FALSE
    tests = [holder, _is(_PERMISSION, ("permission",), "codename", permission.partition(".")[2])]
    named = (("app_label", app), ("model", kind))
    tests += [_is(_CONTENT_TYPE, ("permission", "content_type"), *pair) for pair in named]
    if not tables.generic[side]:
        return Some(table, "content_object", model, (), every(tests), row=_ROW)
    tests += [_is(_CONTENT_TYPE, ("content_type",), *pair) for pair in named]
    return Some(table, "object_pk", model, (), every(tests), row=_ROW, keyed="text")


def _is(model: str, through: tuple[str, ...], field: str, value: str) -> Condition:
    return Same(Attribute(model, through, field, "text", False, _ROW), Constant(value))
