"""Django's own functions on SQLite beside the plain SQL that replaces them, over moments and texts at the edges.

The same statement runs on a connection that has Django's functions, and through Drizzle in Node, which has none.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.targets.queries.sqlite_sample import SqliteSample
from workbench.equivalence.engine import Statement
from workbench.queries.query import Intent, Query, Shape
from workbench.runtime.node import NodeWorker
from workbench.runtime.sqlite import SqliteEngine
from workbench.targets.drizzle.queries import render_query
from workbench.targets.drizzle.queries.helper_texts import EXPORTED
from workbench.targets.drizzle.queries.sqlite_functions import NAMED, NODES, REFUSED
from workbench.targets.drizzle.queries.sqlite_module import SqliteModule
from workbench.targets.drizzle.queries.sqlite_moments import WRITERS

MOMENTS = (
    *("1969-12-31 23:59:59.999999", "1970-01-01 00:00:00", "1970-01-01 00:00:00.000001", "2000-02-29 12:30:45"),
    *("2023-12-31 23:59:59.999999", "2024-12-30 00:00:00", "2021-01-03 05:06:07.123456", "2020-12-31 23:59:59"),
    *("2016-01-03 00:00:00.500000", "1900-03-01 10:00:00", "1582-10-15 08:09:10", "9998-06-15 01:02:03.000999"),
)
TEXTS = ("", "a", "äbc", "abcdefghij", "a'b", "x" * 30)
_UNITS = ("year", "quarter", "month", "week", "day", "hour", "minute", "second")
_PARTS = (*_UNITS, "week_day", "iso_week_day", "iso_year")
_AT, _DAY, _TEXT = ('"catalog_book"."created_at"', '"catalog_book"."published"', '"catalog_book"."subtitle"')
_MICROS = (0, 1, -1, 86_400_000_000, -86_399_999_999, 123_456_789, 31_536_000_000_000)
EXPRESSIONS = (
    *(f"django_datetime_extract('{part}', {_AT}, NULL, NULL)" for part in _PARTS),
    *(f"django_datetime_extract('{part}', {_AT}, 'UTC', 'UTC')" for part in ("hour", "week")),
    *(f"django_date_extract('{part}', {_DAY})" for part in ("year", "week", "iso_year", "week_day", "quarter")),
    *(f"django_datetime_trunc('{unit}', {_AT}, NULL, NULL)" for unit in _UNITS),
    *(f"django_date_trunc('{unit}', {_DAY}, NULL, NULL)" for unit in _UNITS[:5]),
    *(f"django_time_trunc('{unit}', django_datetime_cast_time({_AT}, NULL, NULL), NULL, NULL)" for unit in _UNITS[5:]),
    *(f"django_time_extract('{unit}', django_datetime_cast_time({_AT}, NULL, NULL))" for unit in _UNITS[5:]),
    f"django_datetime_cast_date({_AT}, NULL, NULL)",
    f"django_datetime_cast_time({_AT}, NULL, NULL)",
    f"django_timestamp_diff({_AT}, '2000-01-01 00:00:00.000001')",
    f"django_timestamp_diff({_DAY}, '2000-01-01')",
    f"django_time_diff(django_datetime_cast_time({_AT}, NULL, NULL), '12:00:00.000001')",
    *(f"django_format_dtdelta('+', {_AT}, {micros})" for micros in _MICROS),
    *(f"django_format_dtdelta('-', {_AT}, {micros})" for micros in _MICROS),
    *(f"django_format_dtdelta('+', {micros}, {_DAY})" for micros in _MICROS),
    f"django_format_dtdelta('*', {_MICROS[5]}, 3)",
    f"django_format_dtdelta('/', {_MICROS[5]}, 7)",
    "BITXOR(12, 10)",
    "BITXOR(-5, 3)",
    'BITXOR("catalog_book"."id", 255)',
    'COT("catalog_book"."audience")',
    'SIGN("catalog_book"."id" - 5)',
    *(f"{name}({_TEXT}, {size}, '{fill}')" for name in ("LPAD", "RPAD") for size in (0, 3, 12) for fill in ("0", "-+")),
    *(f"REPEAT({_TEXT}, {times})" for times in (0, 1, 3)),
    f"REVERSE({_TEXT})",
)


@pytest.fixture(scope="module")
def books() -> Iterator[SqliteSample]:
    with NodeWorker() as worker:
        opened = SqliteSample("bookshop", worker)
        with opened.database.connect() as connection:
            ids = [number for (number,) in connection.execute("SELECT id FROM catalog_book ORDER BY id")]
            for place, number in enumerate(ids):
                moment, text = MOMENTS[place % len(MOMENTS)], TEXTS[place % len(TEXTS)]
                sql = "UPDATE catalog_book SET created_at = ?, published = ?, subtitle = ? WHERE id = ?"
                connection.execute(sql, (moment, moment[:10], text, number))
        yield opened
        opened.close()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_plain_sql_gives_the_same(books: SqliteSample, expression: str) -> None:
    sql = f'SELECT "catalog_book"."id" AS "id", {expression} AS "x" FROM "catalog_book"'
    query = Query("", "sqlite", "catalog.Book", Intent.ROWS, Shape.TUPLE, sql, (), (), ())
    rendering = render_query(query, books.shop.catalog, books.shop.names)
    assert rendering.code, rendering.diagnostics
    assert "django_" not in books.worker.compile(books.key, rendering.code).sql.lower()
    observed = books.worker.run(books.key, rendering.code, books.database.node_settings())
    scratch = SqliteEngine().on(books.database)
    (django,) = scratch.trial((), (Statement(sql),))
    scratch.close()
    assert (django.error, observed.error) == (None, None)
    assert sorted(map(_row, observed.rows)) == sorted(map(_row, django.rows))


def _row(row: tuple[object, ...]) -> str:
    """Numbers by their value: JavaScript's 3 is 3.0, too."""
    cells = [cell["v"] if isinstance(cell, dict) else cell for cell in row]
    return repr([float(str(cell)) if _is_number(cell) else cell for cell in cells])


def _is_number(cell: object) -> bool:
    return not isinstance(cell, bool) and str(cell).lstrip("-").replace(".", "", 1).isdigit()


def test_every_helper_of_the_tables_exists() -> None:
    helpers = {row.helper for row in (*NODES.values(), *NAMED.values())}
    assert helpers - EXPORTED["sqlite"] == set()


def test_no_function_is_both_written_and_refused() -> None:
    assert set(REFUSED) & (set(NAMED) | set(WRITERS)) == set()
    assert (set(SqliteModule.scalars) | set(SqliteModule.conditions)) & set(SqliteModule.unsupported) == set()
