"""Nested results of both sides, compared after they ran."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.queries.nested.differing import Difference, difference
from workbench.queries.nested.instances import Unreadable, counted, of_django, of_typescript, with_items
from workbench.queries.nested.places import Place
from workbench.session.querysets.nested_view import Level
from workbench.values import Wire


@dataclass(frozen=True)
class Ran:
    """What both sides gave on the generated rows."""

    difference: Difference | None = None
    errors: tuple[str, ...] = ()
    unordered: tuple[str, ...] = ()  # places whose ORDER BY names what no row holds
    levels: tuple[Level, ...] = ()
    statements: int = 0
    values: Sequence[Wire] = ()  # Drizzle's rows


def compared(places: Sequence[Place], django: Sequence[object], drizzle: Sequence[object], statements: int) -> Ran:
    """Both results in one form, and where they first differ."""
    try:
        ours, theirs = of_django(places, django), of_typescript(with_items(places, django), drizzle)
    except Unreadable as error:
        return Ran(errors=(f"Drizzle: {error}",))
    counts = counted(places, ours)
    levels = tuple(Level(place.to or place.query.model, *counts[place.to], single=place.single) for place in places)
    unordered = tuple(place.to for place in places if place.order is None)
    return Ran(difference(places, ours, theirs), (), unordered, levels, statements, drizzle)
