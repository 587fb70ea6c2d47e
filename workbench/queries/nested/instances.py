"""The rows of both sides in one form, each with the rows that hang on it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from workbench.queries.comparing import canonical, kinds_of, of_drizzle
from workbench.queries.nested.places import Place, hanging, place_of
from workbench.values import Wire

ABSENT = ["absent"]  # the value of an instance that select_related did not find
MISSING = ["no such property"]


@dataclass(frozen=True)
class Instance:
    """A row in the common form, and what hangs on it: instances, one, or None."""

    cells: tuple[Any, ...]
    related: Mapping[str, Related]

    def key(self) -> str:
        """What equal instances share, in whatever order their related rows come."""
        return json.dumps(_plain(self), sort_keys=True)


Related: TypeAlias = list[Instance] | Instance | None


class Unreadable(Exception):
    """A result that does not have the form it should have; the message says where."""


def with_items(places: Sequence[Place], instances: Sequence[Wire]) -> tuple[Place, ...]:
    """The places with the kinds of their arrays' items, as Django read them: JavaScript has some as text only."""
    rows: dict[str, list[list[Wire]]] = {place.to: [] for place in places}
    _collect(places, instances, "", rows)
    return tuple(_place_with_items(place, rows[place.to]) for place in places)


def _collect(places: Sequence[Place], wires: Sequence[Wire], to: str, rows: dict[str, list[list[Wire]]]) -> None:
    for wire in wires:
        rows[to].append(wire["cells"])
        for place in hanging(places, to):
            found = wire["related"][place.to]
            _collect(places, found if isinstance(found, list) else [found] if found else [], place.to, rows)


def _place_with_items(place: Place, rows: Sequence[list[Wire]]) -> Place:
    outputs = place.query.outputs
    kinds = kinds_of(outputs, rows)
    named = tuple(replace(output, kind=kind) for output, kind in zip(outputs, kinds, strict=True))
    return replace(place, query=replace(place.query, outputs=named))


def of_django(places: Sequence[Place], instances: Sequence[Wire], to: str = "") -> list[Instance]:
    """The instances of the agent's ``execute_nested`` in the common form."""
    return [_django(places, each, to) for each in instances]


def _django(places: Sequence[Place], wire: Wire, to: str) -> Instance:
    shown = place_of(places, to).shown
    cells = tuple(ABSENT if _is(wire["cells"][at], "absent") else canonical(wire["cells"][at]) for at in shown)
    related: dict[str, Related] = {}
    for place in hanging(places, to):
        found = wire["related"][place.to]
        one = found is None or place.single
        related[place.to] = (
            (None if found is None else _django(places, found, place.to)) if one else of_django(places, found, place.to)
        )
    return Instance(cells, related)


def of_typescript(places: Sequence[Place], rows: Sequence[Wire], to: str = "") -> list[Instance]:
    """Rows of nested objects, as the Node worker tells them. Unreadable where a row is none."""
    return [_typescript(places, row, to) for row in rows]


def _typescript(places: Sequence[Place], row: Wire, to: str) -> Instance:
    place = place_of(places, to)
    if not _is(row, "js-object"):
        raise Unreadable(f"a row of {to or 'the first query'} is no object")
    outputs = place.query.outputs
    cells = tuple(_cell(row, place.paths[at].split("."), outputs[at].kind) for at in place.shown)
    return Instance(cells, {each.to: _related(places, each, row) for each in hanging(places, to)})


def _related(places: Sequence[Place], place: Place, row: Wire) -> Related:
    owner = _dig(row, place.owner)
    if owner is None:
        return None
    found = _dig(owner, (place.name,))
    if isinstance(found, list) and not place.single:
        return of_typescript(places, found, place.to)
    if place.single and (found is None or _is(found, "js-object")):
        return None if found is None else _typescript(places, found, place.to)
    raise Unreadable(f"{'.'.join((*place.owner, place.name))} is no {'object' if place.single else 'list'}")


def _cell(row: Wire, path: Sequence[str], kind: str) -> Any:
    owner = _dig(row, path[:-1])
    if owner is None:
        return ABSENT
    if not _is(owner, "js-object"):
        raise Unreadable(f"there is no {'.'.join(path)}")
    return of_drizzle(owner["v"][path[-1]], kind) if path[-1] in owner["v"] else MISSING


def _dig(value: Wire, path: Sequence[str]) -> Wire:
    """The value at a path; None where an object on the way is null."""
    for name in path:
        if value is None:
            return None
        if not _is(value, "js-object") or name not in value["v"]:
            raise Unreadable(f"there is no {'.'.join(path)}")
        value = value["v"][name]
    return value


def _plain(related: Any) -> Any:
    if isinstance(related, Instance):
        return [related.cells, {to: _plain(each) for to, each in related.related.items()}]
    if isinstance(related, list):
        return sorted((_plain(each) for each in related), key=lambda each: json.dumps(each, sort_keys=True))
    return related


def _is(value: Wire, kind: str) -> bool:
    return isinstance(value, dict) and value.get("$") == kind


def counted(places: Sequence[Place], instances: Sequence[Instance]) -> dict[str, tuple[int, int]]:
    """Of each place: the rows that stand there, and the rows above it that have none."""
    found = {place.to: (0, 0) for place in places}
    found[""] = (len(instances), 0)
    for to, related in _all_related(instances):
        rows = len(related) if isinstance(related, list) else int(related is not None)
        found[to] = (found[to][0] + rows, found[to][1] + (rows == 0))
    return found


def _all_related(instances: Sequence[Instance]) -> Iterator[tuple[str, Related]]:
    for instance in instances:
        for to, related in instance.related.items():
            yield to, related
            inside = related if isinstance(related, list) else [related] if related else []
            yield from _all_related(inside)
