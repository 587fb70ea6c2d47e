"""A user and an object of the matrix, told in words: what a witness shows of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbench.policies.cases.plan import Subject
from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.worlds import Node
from workbench.session.permissions.data import MatrixData, Rows
from workbench.values import Wire

_DEEP = 3  # references followed


def facts_of_user(profile: Profile, data: MatrixData) -> str:
    """``user 1003: staff, in auditors``."""
    if not profile.present:
        return "a visitor"
    flags = {"inactive": not profile.active, "staff": profile.staff, "superuser": profile.superuser}
    facts = [name for name, holds in flags.items() if holds] or ["active"]
    facts += [f"in {name}" for name in profile.groups]
    for names, how in ((profile.granted, "granted"), (profile.through, "granted by a group")):
        facts += [f"{how} {names[0]}" + (f" and {len(names) - 1} more" if names[1:] else "")] if names else []
    return f"user {data.users[profile.name]}: {', '.join(facts)}"


def facts_of_thing(subject: Subject, key: Wire, data: Rows) -> str:
    """``processn.Project 1007: archived false; processn.Member (role owner, user 1003)``."""
    own = f"{subject.model} {_text(key)}"
    parts = list(_facts(subject.node, data.row(subject.model, key), data, _DEEP))
    return f"{own}: {'; '.join(parts)}" if parts else own


def _facts(node: Node, row: Mapping[str, Wire], data: Rows, deep: int) -> Iterator[str]:
    """What rules look at of a row, as it is in the database."""
    for name in node.columns:
        yield f"{name} {_text(data.value(node.model, row, name))}"
    for name, inner in (*node.objects.items(), *node.chains.items()):
        found = data.referred(node.model, row, name) if deep else None
        yield f"{name} ({_inside(inner, found, data, deep)})" if found else f"no {name}"
    for (model, link), inner in node.rows.items():
        rows = data.referring(model, link, node.model, row) if deep else []
        yield from (f"{model} ({_inside(inner, one, data, deep)})" for one in rows)
        if not rows:
            yield f"no {model}"


def _inside(node: Node, row: Mapping[str, Wire], data: Rows, deep: int) -> str:
    return ", ".join(_facts(node, row, data, deep - 1)) or "there"


def _text(value: Wire) -> str:
    if isinstance(value, dict):
        return str(value["v"])
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)
