"""A user and an object of the matrix, told in words: what a witness shows of them."""

from __future__ import annotations

from collections.abc import Iterator

from workbench.policies.cases.plan import Subject
from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.worlds import ColumnSlot, RowsSlot
from workbench.session.permission_data import MatrixData
from workbench.values import Wire


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


def facts_of_thing(subject: Subject, key: Wire, data: MatrixData) -> str:
    """``processn.Project 1007: archived false; processn.Member: user_id 1003, role owner``."""
    own = f"{subject.model} {_text(key)}"
    parts = list(_facts(subject, key, data))
    return f"{own}: {'; '.join(parts)}" if parts else own


def _facts(subject: Subject, key: Wire, data: MatrixData) -> Iterator[str]:
    """What the rules about it read, in the order in which they do."""
    for slot in subject.pools:
        holder = data.follow(subject.model, key, slot.path)
        if isinstance(slot, ColumnSlot):
            yield f"{'.'.join((*slot.path, slot.field))} {_text(data.value(slot.model, holder, slot.field))}"
        else:
            yield from _rows(slot, holder, subject, data)


def _rows(slot: RowsSlot, holder: dict[str, Wire], subject: Subject, data: MatrixData) -> Iterator[str]:
    found = data.referring(slot, holder)
    if not found:
        yield f"no {slot.model}"
    for row in found:
        values = (f"{name} {_text(data.value(slot.model, row, name))}" for name in _fields(slot, subject))
        yield f"{slot.model}: {', '.join(values)}"


def _fields(slot: RowsSlot, subject: Subject) -> list[str]:
    """The fields that rules read of such rows."""
    options = (option for option in subject.pools[slot] if isinstance(option, tuple))
    return list(dict.fromkeys(name for option in options for row in option for name, _ in row))


def _text(value: Wire) -> str:
    if isinstance(value, dict):
        return str(value["v"])
    return str(value).lower() if isinstance(value, bool) else "null" if value is None else str(value)
