"""Trials on SQLite: constraints, Django's functions, three placeholder styles, and no trace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from workbench.catalog.table import Catalog, Check, Column, ForeignKey, Index, IndexPart, Key, Table
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Refused, Statement
from workbench.runtime.sqlite import SqliteEngine, SqliteScratch
from workbench.values import Wire
from workbench.verdict import ResultRows, TableRows

SCHEMA = [
    "CREATE TABLE author (id integer PRIMARY KEY, best_id integer NOT NULL REFERENCES book (id), "
    "age integer CHECK (age > 0), doubled integer GENERATED ALWAYS AS (age * 2) STORED, born datetime)",
    "CREATE TABLE book (id integer PRIMARY KEY, "
    "author_id integer REFERENCES author (id) DEFERRABLE INITIALLY DEFERRED)",
]
AUTHOR = TableRows(
    "author",
    ("id", "best_id", "age", "doubled", "born"),
    ((1, 10, 40, 0, {"$": "datetime", "v": "2024-02-29T01:02:03.000000+00:00"}),),
)
BOOK = TableRows("book", ("id", "author_id"), ((10, 1), (11, None)))


@pytest.fixture
def scratch() -> Iterator[SqliteScratch]:
    scratch = SqliteEngine().create(SCHEMA)
    yield scratch
    scratch.close()


def test_rows_that_refer_to_each_other_and_generated_columns(scratch: SqliteScratch) -> None:
    (result,) = scratch.trial([AUTHOR, BOOK], [Statement("SELECT id, doubled, born FROM author")])
    assert result == ResultRows(("id", "doubled", "born"), ((1, 80, "2024-02-29 01:02:03"),))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([TableRows("book", ("id", "author_id"), ((10, 99),))], "book refers to a row of author that is not there"),
        ([TableRows("book", ("id",), ((10,), (10,)))], "UNIQUE constraint failed: book.id"),
        ([TableRows("author", ("id", "best_id", "age"), ((1, 10, -1),)), BOOK], "CHECK constraint failed"),
        ([TableRows("author", ("id",), ((1,),))], "NOT NULL constraint failed"),
        ([TableRows("book", ("id",), ((2**70,),))], "too large"),
    ],
)
def test_rows_that_break_a_constraint_are_refused(
    scratch: SqliteScratch, rows: Sequence[TableRows], message: str
) -> None:
    with pytest.raises(Refused, match=message):
        scratch.trial(rows, [])
    assert scratch.trial([], [Statement("SELECT count(*) FROM book")])[0].rows == ((0,),)


STATEMENTS: list[tuple[Statement, Any]] = [
    (Statement("SELECT id FROM book WHERE id = %s AND 'a%%' LIKE 'a%%'", (10,)), ((10,),)),
    (Statement("SELECT $2, $1", ("a", "b"), "dollar"), (("b", "a"),)),
    (Statement("SELECT ?, ?", ("a", {"$": "decimal", "v": "1.10"}), "qmark"), (("a", "1.10"),)),
    (Statement("SELECT django_date_trunc('month', born, 'UTC', 'UTC') FROM author"), (("2024-02-01",),)),
    (Statement("SELECT 'abc' REGEXP '^a'"), ((1,),)),
    (Statement("SELECT 1.5, x'00ff', NULL"), (({"$": "float", "v": "1.5"}, {"$": "bytes", "v": "00ff"}, None),)),
]


@pytest.mark.parametrize(("statement", "rows"), STATEMENTS)
def test_statements(scratch: SqliteScratch, statement: Statement, rows: tuple[tuple[Wire, ...], ...]) -> None:
    (result,) = scratch.trial([AUTHOR, BOOK], [statement])
    assert (result.error, result.rows) == (None, rows)


def test_a_failing_statement_is_a_result_and_the_next_one_runs(scratch: SqliteScratch) -> None:
    endless = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r"
    results = scratch.trial([], [Statement("SELECT missing"), Statement(endless), Statement("SELECT 1")])
    assert [result.error for result in results] == [
        "SQLITE_ERROR no such column: missing",
        "SQLITE_INTERRUPT interrupted",
        None,
    ]


def test_statements_do_not_see_each_other(scratch: SqliteScratch) -> None:
    count = Statement("SELECT count(*) FROM book")
    results = scratch.trial([AUTHOR, BOOK], [Statement("DELETE FROM book WHERE id = 11"), count])
    assert results[1].rows == ((2,),)


def test_a_refused_statement_is_named() -> None:
    with pytest.raises(WorkbenchError) as failure:
        SqliteEngine().create(["CREATE TABLE t (id integer,)"])
    assert str(failure.value) == (
        'schema: error [ddl-refused] CREATE TABLE t (id integer,): near ")": syntax error\n'
        "    Correct this statement of the schema."
    )


def test_a_scratch_from_a_catalog() -> None:
    table = Table(
        "t",
        (Column("id", "integer", False), Column("up", "integer"), Column("n", "varchar(5)", default="'x'")),
        Key(("id",)),
        foreign_keys=(ForeignKey(("up",), "t", ("id",), deferrable="deferred"),),
        checks=(Check("id > 0", "positive"),),
        indexes=(Index("one", (IndexPart("n"),), True, condition="up IS NOT NULL"),),
    )
    scratch = SqliteEngine().create(Catalog("sqlite", (table,)))
    (result,) = scratch.trial([TableRows("t", ("id", "up"), ((1, 2), (2, None)))], [Statement("SELECT * FROM t")])
    assert result.rows == ((1, 2, "x"), (2, None, "x"))
    for rows, message in [(((0, None),), "positive"), (((1, 1), (2, 1)), "UNIQUE"), (((1, 7),), "FOREIGN KEY")]:
        with pytest.raises(Refused, match=message):
            scratch.trial([TableRows("t", ("id", "up"), rows)], [])
    scratch.close()
