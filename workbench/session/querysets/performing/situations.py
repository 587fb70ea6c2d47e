"""The databases that a write of several statements is tried on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from workbench.equivalence.engine import Refused
from workbench.equivalence.generation import Hints, generate_database
from workbench.queries.plan import Plan, PlannedWrite
from workbench.session.querysets import generic_rows
from workbench.session.querysets.performing.outcome import Situation
from workbench.session.querysets.performing.sides import Sides
from workbench.values import Wire

if TYPE_CHECKING:
    from workbench.session.querysets.querying import Querying


# (rows a table, seed): small ones first, since the first that differs is shown
SIZES = ((2, 1), (3, 2), (5, 3), (8, 4), (0, 1), (40, 20))
FURTHER = ((30, 11), (60, 12), (60, 13), (25, 14))
LOOSE = ((2, 21), (3, 22), (4, 23), (3, 24), (6, 25))
DONE_BEFORE = "after Django did the same write once"


class Situations:
    """Makes the databases that writes are tried on."""

    def __init__(self, querying: Querying, sides: Sides) -> None:
        self._querying, self._sides = querying, sides

    @cached_property
    def shared(self) -> tuple[Situation, ...]:
        """Small databases, an empty one, a larger one."""
        return tuple(found for size in SIZES if (found := self._generated(*size)) is not None)

    def of(self, planned: PlannedWrite) -> Iterator[Situation]:
        """The shared ones, then those made for this write."""
        if generic_rows.asked_types(planned.plan):  # migrate made them, and Django makes those that are missing
            for count, number in SIZES:
                yield from self._lent(planned, count, number, "")
        else:
            yield from self.shared
        for size, seed, note in self._of_its_own(planned.plan):
            yield from self._lent(planned, size, seed, note)

    def further(self, planned: PlannedWrite) -> Iterator[Situation]:
        """Larger ones, on which a row that is wanted, or one that is not there, is likelier."""
        note = "" if planned.plan.form == "delete" else DONE_BEFORE
        guarding = _guarding(planned.plan)
        for size, seed in FURTHER:
            counts = self._without(guarding, size) if guarding else size
            yield from self._lent(planned, counts, seed, note)

    def _lent(self, planned: PlannedWrite, size: int | dict[str, int], seed: int, note: str) -> Iterator[Situation]:
        """A database for one run."""
        plan, catalog = planned.plan, self._querying.shop.catalog
        generic = generic_rows.asked_types(plan), generic_rows.generic_tables(plan, catalog)
        situation = self._generated(size, seed, note, _hints(plan), *generic)
        if situation is None:
            return
        try:
            if note == DONE_BEFORE:
                self._sides.django(planned, situation, keep=True)
            yield situation
        finally:
            situation.database.drop()

    def _of_its_own(self, plan: Plan) -> Iterator[tuple[int | dict[str, int], int, str]]:
        """Rows that hold the values of the write; some where nothing protects; some where the row is there already."""
        yield 12, 9, ""
        guarding = _guarding(plan)
        if guarding:
            yield self._without(guarding, 8), 5, "no row that protects"
        for size, seed in LOOSE if (loose := _guarding(plan, loosely=True)) != guarding else ():
            yield self._without(loose, size), seed, "no row that protects, whatever else is deleted"
        if plan.form != "delete":
            yield 40, 7, DONE_BEFORE

    def _without(self, tables: set[str], count: int) -> dict[str, int]:
        return {table.name: 0 if table.name in tables else count for table in self._querying.shop.catalog.tables}

    def _generated(
        self,
        count: int | dict[str, int],
        seed: int,
        note: str = "",
        hints: Hints | None = None,
        types: Sequence[tuple[Wire, Wire]] = (),
        tables: Mapping[str, tuple[str, str]] | None = None,
    ) -> Situation | None:
        """A database of generated rows with these content types; None where the database refuses them."""
        shop = self._querying.shop
        plain = generate_database(shop.catalog, seed, count, hints)
        rows = generic_rows.with_types(plain, types, shop.inspection, tables)
        database = shop.backend.create(shop.django_tables.all)
        try:
            shop.backend.fill(database, rows)
        except Refused:
            database.drop()
            return None
        return Situation(database, tuple(rows), note)

    def close(self) -> None:
        """Drops those that are shared."""
        for situation in self.__dict__.get("shared", ()):
            situation.database.drop()


def _guarding(plan: Plan, loosely: bool = False) -> set[str]:
    """The tables whose rows forbid the deletion; ``loosely``: whatever else it deletes."""
    deleted = {step.query.model for step in plan.steps if step.kind == "delete" and loosely}
    guards = (s.query for s in plan.steps if s.guards and (s.rule == "PROTECT" or s.query.model not in deleted))
    return {source.table for query in guards for source in query.sources if not (source.depth or source.path)}


def _hints(plan: Plan) -> Hints:
    """The values of the statements: rows that hold them are found by them."""
    held = {repr(value): value for step in plan.steps for value in step.query.parameters}
    return Hints(anywhere=tuple(value for value in held.values() if value is not None and not isinstance(value, list)))
