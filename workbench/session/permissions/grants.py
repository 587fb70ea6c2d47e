"""Grants on single objects, as django-guardian keeps them: to a user, to a group, and to a locked account."""

from __future__ import annotations

from workbench.equivalence.engine import Refused
from workbench.policies.cases.plan import Plan, Subject
from workbench.policies.policy import Guardian, Permission
from workbench.session.permissions.data import MatrixData
from workbench.session.permissions.questions import BARE_OBJECTS
from workbench.values import Wire

_HOLDERS = ("plain", "inactive", "staff")  # each holds a grant on an object of its own


def add_grants(tried: Plan, data: MatrixData, guardian: Guardian) -> None:
    """For every permission with a row: some users, and a group, on one of the first objects of its model."""
    for subject in tried.subjects:
        keys = data.objects(subject.model)[:BARE_OBJECTS]
        granted = [permission for permission in subject.permissions if permission.kind in ("default", "custom")]
        if keys and subject.model in guardian.tables:
            for number, permission in enumerate(granted):
                _grant(subject, permission, [*keys[number % len(keys) :], *keys], data, guardian)


def _grant(subject: Subject, permission: Permission, keys: list[Wire], data: MatrixData, guardian: Guardian) -> None:
    tables = guardian.tables[subject.model]
    row = data.permissions[permission.name]
    holders = [(tables.user, {"user": data.users[name]}, tables.generic[0]) for name in _HOLDERS]
    group = data.group_of("group_granted_all")
    holders.append((tables.group, {"group": group}, tables.generic[1]))
    for place, (table, holder, generic) in enumerate(holders):
        key = keys[place % len(keys)]
        about = {"content_type": data.content_type(*tables.content_type), "object_pk": _text(key)}
        thing: dict[str, Wire] = about if generic else {"content_object": key}
        try:
            data.add_row(table, {"permission": row, **holder, **thing})
        except Refused as refusal:
            data.refused.append(str(refusal))


def _text(key: Wire) -> str:
    return str(key["v"] if isinstance(key, dict) else key)
