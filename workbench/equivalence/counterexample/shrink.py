"""Makes a witness small: rows go while the two answers still contradict each other, values become NULL or plain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from workbench.catalog.table import Column, Table
from workbench.equivalence.counterexample.search import Found, Search
from workbench.equivalence.engine import Refused
from workbench.equivalence.generation.pools import pool
from workbench.values import Wire
from workbench.verdict import TableRows

Database: TypeAlias = tuple[TableRows, ...]
Edit: TypeAlias = Callable[[Database], Database]  # gives back the very same database where there is nothing to change

VALUE_TRIALS = 200  # of values only: rows are tried until none can go, and there are few


def shrink(found: Found, attempt: Search) -> Found:
    """A smaller database: no row can be left out of it without losing the contradiction.

    Values change first to NULL, then to a plain one: a parent that no reference needs any more goes in the next round.
    """
    shrinking = _Shrinking(attempt, found)
    while shrinking.tried(_tables) or shrinking.tried(_rows) or shrinking.tried(shrinking.values):
        continue
    return shrinking.found


@dataclass
class _Shrinking:
    """The smallest so far, and how many trials of values are left."""

    attempt: Search
    found: Found
    left: int = VALUE_TRIALS

    def tried(self, edits: Callable[[Database], Iterator[Edit]]) -> bool:
        """Did one of the edits keep the contradiction? Each is tried on what the ones before it left."""
        progress = False
        for edit in list(edits(self.found.database)):
            if self.attempt.expired():
                return False
            database = edit(self.found.database)
            smaller = self._still(database) if database is not self.found.database else None
            if smaller is not None:
                self.found, progress = smaller, True
        return progress

    def _still(self, database: Database) -> Found | None:
        try:
            return self.attempt.try_one(database, self.found.arguments)
        except Refused:
            return None

    def values(self, database: Database) -> Iterator[Edit]:
        """Edits of values, as long as trials are left."""
        tables = [self.attempt.catalog.table(table.table) for table in database]
        for edit in (*_null_rows(database, tables), *_plain_cells(database, tables)):
            if self.left > 0 and edit(database) is not database:
                self.left -= 1
                yield edit


def _tables(database: Database) -> Iterator[Edit]:
    """All rows of a table at once."""
    for at, table in enumerate(database):
        if len(table.rows) > 1:
            yield lambda held, at=at: _with_rows(held, at, ())  # type: ignore[misc]


def _rows(database: Database) -> Iterator[Edit]:
    """Row by row, the last first: those before keep their places. Referring tables stand after those referred to."""
    for at in reversed(range(len(database))):
        for place in reversed(range(len(database[at].rows))):
            yield lambda held, at=at, place=place: _without(held, at, place)  # type: ignore[misc]


def _without(database: Database, at: int, place: int) -> Database:
    rows = database[at].rows
    return _with_rows(database, at, rows[:place] + rows[place + 1 :]) if place < len(rows) else database


def _null_rows(database: Database, tables: list[Table]) -> Iterator[Edit]:
    """Every cell of a row that may be NULL."""
    for at, table in enumerate(tables):
        nullable = [table.column(name).nullable for name in database[at].columns]
        for place in range(len(database[at].rows)):
            yield lambda held, at=at, place=place, nullable=nullable: _changed(  # type: ignore[misc]
                held, at, place, lambda row: tuple(None if n else v for v, n in zip(row, nullable, strict=True))
            )


def _plain_cells(database: Database, tables: list[Table]) -> Iterator[Edit]:
    """One cell: NULL where it may be, the first row's value in a reference, a plain value elsewhere."""
    for at, table in enumerate(tables):
        for place in range(len(database[at].rows)):
            for index, name in enumerate(database[at].columns):
                value = _plainest(database[at], table, table.column(name), index)
                yield (
                    lambda held, at=at, place=place, index=index, value=value: _changed(  # type: ignore[misc]
                        held, at, place, lambda row: (*row[:index], value, *row[index + 1 :])
                    )
                )


def _plainest(rows: TableRows, table: Table, column: Column, index: int) -> Wire:
    if column.nullable:
        return None
    refers = any(column.name in key.columns for key in table.foreign_keys)
    return rows.rows[0][index] if refers else pool(column, ())[0]


def _changed(
    database: Database, at: int, place: int, change: Callable[[tuple[Wire, ...]], tuple[Wire, ...]]
) -> Database:
    rows = database[at].rows
    if place >= len(rows) or change(rows[place]) == rows[place]:
        return database
    return _with_rows(database, at, (*rows[:place], change(rows[place]), *rows[place + 1 :]))


def _with_rows(database: Database, at: int, rows: tuple[tuple[Wire, ...], ...]) -> Database:
    return (*database[:at], replace(database[at], rows=rows), *database[at + 1 :])
