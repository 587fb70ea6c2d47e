"""Grants on single objects, as django-guardian keeps them: to a user, to a group, and to a locked account."""

from __future__ import annotations

from workbench.equivalence.engine import Refused
from workbench.policies.cases.plan import Plan, Subject
from workbench.policies.cases.universe import Case
from workbench.policies.policy import GrantTables, Guardian, Permission
from workbench.policies.translating import atoms
from workbench.session.permissions.data import MatrixData
from workbench.session.permissions.questions import BARE_OBJECTS
from workbench.values import Wire

_HOLDERS = ("plain", "inactive", "staff")  # each holds a grant on an object of its own


def add_grants(tried: Plan, data: MatrixData, guardian: Guardian) -> None:
    """For every permission with a row: some users, and a group, on one of the first objects of its model."""
    for subject in tried.subjects:
        keys = data.rows.objects(subject.model)[:BARE_OBJECTS]
        granted = [permission for permission in subject.permissions if permission.kind in ("default", "custom")]
        if keys and subject.model in guardian.tables:
            for number, permission in enumerate(granted):
                _grant(subject, permission, [*keys[number % len(keys) :], *keys], data, guardian)


def cross_grants(tried: Plan, data: MatrixData, guardian: Guardian) -> None:
    """For each case of a rule the same object again with a grant to its user, and again with one to a group of theirs.

    So each way in which the rule's conditions are true together is met with no grant, with either kind of grant.
    """
    for subject in tried.subjects:
        for permission in subject.permissions:
            coverage = subject.coverages.get(permission.name)
            if coverage is not None and _grantable(permission):
                for case in coverage.cases:
                    _crossed(subject.model, permission, case, data, guardian)


def _grantable(permission: Permission) -> bool:
    """Whether guardian is asked about it beside a rule."""
    whole = permission.about_object
    return whole is not None and f"guardian {permission.name}" in atoms(whole)


def _crossed(model: str, permission: Permission, case: Case, data: MatrixData, guardian: Guardian) -> None:
    tables = guardian.tables[model]
    user = data.holder(case.who.name, guardian.visitor, guardian.name)
    if user is None:
        return
    group = data.groups.group_with(user)
    row = data.permissions[permission.name]
    for table, holder, generic in (
        (tables.user, {"user": user}, tables.generic[0]),
        (tables.group, {"group": group}, tables.generic[1]),
    ):
        key = data.add_object(case)
        if key is not None and group is not None:
            _add(table, {"permission": row, **holder, **_about(key, generic, tables, data)}, data)


def _add(table: str, given: dict[str, Wire], data: MatrixData) -> None:
    try:
        data.rows.add(table, given)
    except Refused as refusal:
        data.refused.append(str(refusal))


def _about(key: Wire, generic: bool, tables: GrantTables, data: MatrixData) -> dict[str, Wire]:
    """The object that a grant names."""
    if not generic:
        return {"content_object": key}
    return {"content_type": data.rows.content_type(*tables.content_type), "object_pk": _text(key)}


def _grant(subject: Subject, permission: Permission, keys: list[Wire], data: MatrixData, guardian: Guardian) -> None:
    tables = guardian.tables[subject.model]
    row = data.permissions[permission.name]
    holders = [(tables.user, {"user": data.users[name]}, tables.generic[0]) for name in _HOLDERS]
    group = data.groups.group_of("group_granted_all")
    holders.append((tables.group, {"group": group}, tables.generic[1]))
    for place, (table, holder, generic) in enumerate(holders):
        key = keys[place % len(keys)]
        _add(table, {"permission": row, **holder, **_about(key, generic, tables, data)}, data)


def _text(key: Wire) -> str:
    return str(key["v"] if isinstance(key, dict) else key)
