"""Where the rows of each query of a nested result stand in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.queries.query import Link, Query

_INTERNAL = "_prefetch_related_val_"


@dataclass(frozen=True)
class Place:
    """Where the rows of one query stand in the result.

    ``paths``: of each output in a row of it; ``owner`` and ``name``: the object inside of the parent's row that they
    are put into, and as what.
    """

    to: str
    query: Query
    paths: tuple[str, ...]
    owner: tuple[str, ...] = ()
    name: str = ""
    order: tuple[int, ...] | None = ()  # outputs that ORDER BY names; None where it names anything else

    @property
    def link(self) -> Link:
        """How they find their row; the first query has none."""
        assert self.query.link is not None
        return self.query.link

    @property
    def shown(self) -> tuple[int, ...]:
        """The outputs that a caller sees: not the keys by which Django finds the rows of a many-to-many relation."""
        return tuple(at for at, output in enumerate(self.query.outputs) if not output.name.startswith(_INTERNAL))

    @property
    def single(self) -> bool:
        """Whether a row has one of them at most."""
        return self.query.link is not None and self.query.link.single


def place_of(places: Sequence[Place], to: str) -> Place:
    """The place of that name."""
    return next(place for place in places if place.to == to)


def hanging(places: Sequence[Place], to: str) -> Iterator[Place]:
    """Those whose rows hang on the rows of another."""
    return (place for place in places if place.query.link and place.link.parent == to)
