"""Makes a witness small: rows go while the two answers still contradict each other, then values become plain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workbench.equivalence.counterexample.search import Found, Search
from workbench.equivalence.engine import Refused
from workbench.values import Wire
from workbench.verdict import TableRows

_TRIALS = 120  # most witnesses have under ten rows and are done in thirty


def shrink(found: Found, attempt: Search, trials: int = _TRIALS) -> Found:
    """The smallest database reached by leaving out tables' rows, then single rows, then values."""
    for candidates in (_without_tables, _without_row, _with_plain_values):
        progress = True
        while progress:
            progress = False
            for database in candidates(found.database, attempt):
                if trials <= 0 or attempt.expired():
                    return found
                trials -= 1
                smaller = _still(database, found, attempt)
                if smaller is not None:
                    found, progress = smaller, True
                    break
    return found


def _still(database: tuple[TableRows, ...], found: Found, attempt: Search) -> Found | None:
    try:
        return attempt.try_one(database, found.arguments)
    except Refused:
        return None


def _without_tables(database: tuple[TableRows, ...], attempt: Search) -> Iterator[tuple[TableRows, ...]]:
    for index, table in enumerate(database):
        if table.rows:
            yield (*database[:index], replace(table, rows=()), *database[index + 1 :])
        if len(table.rows) > 2:
            half = len(table.rows) // 2
            for rows in (table.rows[:half], table.rows[half:]):
                yield (*database[:index], replace(table, rows=rows), *database[index + 1 :])


def _without_row(database: tuple[TableRows, ...], attempt: Search) -> Iterator[tuple[TableRows, ...]]:
    for index, table in enumerate(database):
        for at in range(len(table.rows)):
            rows = table.rows[:at] + table.rows[at + 1 :]
            yield (*database[:index], replace(table, rows=rows), *database[index + 1 :])


def _with_plain_values(database: tuple[TableRows, ...], attempt: Search) -> Iterator[tuple[TableRows, ...]]:
    """One cell at a time made NULL where it may be and is not."""
    for index, table in enumerate(database):
        described = attempt.catalog.table(table.table)
        for at, row in enumerate(table.rows):
            for place, name in enumerate(table.columns):
                if row[place] is not None and described.column(name).nullable:
                    changed: tuple[Wire, ...] = (*row[:place], None, *row[place + 1 :])
                    rows = (*table.rows[:at], changed, *table.rows[at + 1 :])
                    yield (*database[:index], replace(table, rows=rows), *database[index + 1 :])
