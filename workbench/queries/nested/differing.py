"""Where two nested results differ first.

Every value with its type, and the rows that hang on every row: lists are compared as bags, and their order by the
columns that ORDER BY names.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.queries.nested.instances import Instance, Related
from workbench.queries.nested.places import Place, hanging
from workbench.values import Wire


@dataclass(frozen=True)
class Difference:
    """The first place where the results differ: the row's path, the property, and both values."""

    place: str
    attribute: str
    django: Wire
    drizzle: Wire


def difference(places: Sequence[Place], django: Sequence[Instance], drizzle: Sequence[Instance]) -> Difference | None:
    """The first difference between two results; None where they are the same."""
    return _lists(places, places[0], "", django, drizzle)


def _lists(
    places: Sequence[Place], place: Place, where: str, django: Sequence[Instance], drizzle: Sequence[Instance]
) -> Difference | None:
    """As bags, then by their order."""
    where = f"{where} › {place.name}" if place.name else "result"
    if len(django) != len(drizzle):
        return Difference(where, "rows", len(django), len(drizzle))
    left, right = _unmatched(django, drizzle), _unmatched(drizzle, django)
    for ours, theirs in zip(left, right, strict=True):
        return _instances(places, place, where, ours, theirs)
    return _order(place, where, django, drizzle) or _deeper_order(places, place, where, django, drizzle)


def _unmatched(rows: Sequence[Instance], others: Sequence[Instance]) -> list[Instance]:
    """Those that the other side has less often, in an order that puts those of one key beside each other."""
    free, lonely = Counter(other.key() for other in others), []
    for row in rows:
        free[row.key()] -= 1
        if free[row.key()] < 0:
            lonely.append(row)
    return sorted(lonely, key=lambda row: json.dumps(row.cells, sort_keys=True))


def _instances(
    places: Sequence[Place], place: Place, where: str, django: Instance, drizzle: Instance
) -> Difference | None:
    """Where two rows differ."""
    here = f"{where} › {_name(place, django)}"
    outputs = [place.query.outputs[at] for at in place.shown]
    for output, ours, theirs in zip(outputs, django.cells, drizzle.cells, strict=True):
        if ours != theirs:
            return Difference(here, output.name, ours, theirs)
    for each in hanging(places, place.to):
        ours, theirs = django.related[each.to], drizzle.related[each.to]
        if isinstance(ours, list) and isinstance(theirs, list):
            found = _lists(places, each, here, ours, theirs)
        elif isinstance(ours, Instance) and isinstance(theirs, Instance):
            found = _instances(places, each, f"{here} › {each.name}", ours, theirs)
        else:
            found = None if ours is theirs is None else Difference(here, each.name, _said(ours), _said(theirs))
        if found:
            return found
    return None


def _order(place: Place, where: str, django: Sequence[Instance], drizzle: Sequence[Instance]) -> Difference | None:
    """Equal rows stand in the same order: what ORDER BY names is the same at every position."""
    named = [(place.shown.index(at), place.query.outputs[at].name) for at in place.order or () if at in place.shown]
    for number, (ours, theirs) in enumerate(zip(django, drizzle, strict=True), 1):
        for at, name in named:
            if ours.cells[at] != theirs.cells[at]:
                return Difference(f"{where} › position {number}", name, ours.cells[at], theirs.cells[at])
    return None


def _deeper_order(
    places: Sequence[Place], place: Place, where: str, django: Sequence[Instance], drizzle: Sequence[Instance]
) -> Difference | None:
    """The order of the lists inside of equal rows."""
    for ours, theirs in zip(sorted(django, key=Instance.key), sorted(drizzle, key=Instance.key), strict=True):
        if found := _instances(places, place, where, ours, theirs):
            return found
    return None


def _name(place: Place, row: Instance) -> str:
    """``Book 7``: the model and its first value, which is the key."""
    names = [place.query.outputs[at].name for at in place.shown]
    at = names.index("id") if "id" in names else 0
    cell = row.cells[at] if row.cells else None
    return f"{place.query.model.rpartition('.')[2]} {cell[-1] if isinstance(cell, list) else cell}"


def _said(related: Related) -> str:
    if isinstance(related, list):
        return f"{len(related)} rows"
    return "null" if related is None else "one row"
