"""Trials on PostgreSQL: exact values, both clients' parameters, constraints, and no trace."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from workbench.catalog.table import Catalog, Check, Column, Exclusion, ForeignKey, Index, IndexPart, Key, Table
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Refused, Statement
from workbench.runtime import postgres_engine
from workbench.runtime.postgres import PostgresServer
from workbench.runtime.postgres_engine import PostgresEngine, PostgresScratch
from workbench.values import Wire
from workbench.verdict import ResultRows, TableRows


def tagged(kind: str, value: Any) -> Wire:
    return {"$": kind, "v": value}


NAIVE = tagged("datetime", "2024-01-02T03:04:05.000000")

# type, what goes in, what comes out (None: the same)
VALUES: list[tuple[str, Wire, Wire]] = [
    ("integer", 7, None),
    ("bigint", 2**63 - 1, None),
    ("boolean", False, None),
    ("text", "quote ' \" \\ {} , ü", None),
    ("varchar(5)", "", None),
    ("numeric(10,3)", tagged("decimal", "1.100"), None),
    ("numeric", tagged("decimal", "NaN"), None),
    ("double precision", tagged("float", "0.1"), None),
    ("double precision", tagged("float", "-inf"), None),
    ("real", tagged("float", "0.1"), None),
    ("date", tagged("date", "2024-02-29"), None),
    ("time", tagged("time", "03:04:05.000006"), None),
    ("time", tagged("time", "24:00:00"), tagged("other", {"type": "time", "text": "24:00:00"})),
    ("timestamptz", tagged("datetime", "2024-01-02T03:04:05.000006+00:00"), None),
    ("timestamp", tagged("datetime", "2024-01-02T03:04:05.120000"), None),
    ("timestamptz", "infinity", tagged("other", {"type": "timestamp", "text": "infinity"})),
    ("interval", tagged("interval", -93_784_000_001), None),
    ("interval", "1 year 2 mons -3 days", tagged("interval", (365 + 60 - 3) * 86_400_000_000)),
    ("uuid", tagged("uuid", "12345678-1234-5678-1234-567812345678"), None),
    ("bytea", tagged("bytes", "00ff27"), None),
    ("jsonb", tagged("json", {"a": [1, 2.5, None, "x"]}), None),
    ("jsonb", tagged("json", None), None),
    ("json", tagged("json", "text"), None),
    ("text[]", ["a", None, 'q"\\,{}', "", "NULL", " b "], None),
    ("integer[]", [[1, 2], [3, 4]], None),
    ("integer[]", [], None),
    ("int4range", tagged("range", {"lower": 1, "upper": 5, "bounds": "[)"}), None),
    ("int4range", tagged("range", {"empty": True}), None),
    (
        "tstzrange",
        tagged(
            "range", {"lower": tagged("datetime", "2024-01-02T03:04:05.000006+00:00"), "upper": None, "bounds": "[)"}
        ),
        None,
    ),
    ("inet", "10.0.0.1", None),
]


@pytest.mark.parametrize(
    ("type_name", "value", "expected"), VALUES, ids=[f"{name}-{index}" for index, (name, *_) in enumerate(VALUES)]
)
def test_values_keep_their_exact_form(engine: PostgresEngine, type_name: str, value: Wire, expected: Wire) -> None:
    scratch = engine.create([f"CREATE TABLE t (v {type_name})"])
    rows = [TableRows("t", ("v",), ((value,), (None,)))]
    (result,) = scratch.trial(
        rows, [Statement("SELECT v FROM t ORDER BY v NULLS LAST" if type_name != "json" else "SELECT v FROM t")]
    )
    scratch.close()
    assert result.error is None
    assert result.rows == ((value if expected is None else expected,), (None,))


SCHEMA = [
    """CREATE TABLE author (
        id integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
        best_id integer NOT NULL,
        age integer CHECK (age > 0),
        doubled integer GENERATED ALWAYS AS (age * 2) STORED
    )""",
    "CREATE TABLE book (id integer PRIMARY KEY, author_id integer REFERENCES author DEFERRABLE INITIALLY DEFERRED)",
    "ALTER TABLE author ADD FOREIGN KEY (best_id) REFERENCES book",
]
AUTHOR = TableRows("author", ("id", "best_id", "age", "doubled"), ((1, 10, 40, 0),))
BOOK = TableRows("book", ("id", "author_id"), ((10, 1), (11, None)))


@pytest.fixture
def scratch(engine: PostgresEngine) -> Iterator[PostgresScratch]:
    scratch = engine.create(SCHEMA)
    yield scratch
    scratch.close()


def test_rows_that_refer_to_each_other_and_generated_columns(scratch: PostgresScratch) -> None:
    (result,) = scratch.trial([AUTHOR, BOOK], [Statement("SELECT * FROM author")])
    assert result == ResultRows(("id", "best_id", "age", "doubled"), ((1, 10, 40, 80),), types=("int4",) * 4)


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ([TableRows("book", ("id", "author_id"), ((10, 99),))], "23503"),  # deferred: checked all the same
        ([TableRows("author", ("id", "best_id"), ((1, 99),))], "23503"),
        ([AUTHOR, TableRows("book", ("id",), ((10,), (10,)))], "23505"),
        ([TableRows("author", ("id", "best_id", "age"), ((1, 10, -1),)), BOOK], "23514"),
        ([TableRows("author", ("id", "best_id"), ((1, None),))], "23502"),
        ([TableRows("book", ("id",), ((2**40,),))], "22003"),
        ([TableRows("book", ("id",), (("1\0",),))], "PostgreSQL text fields cannot contain NUL"),
    ],
)
def test_rows_that_break_a_constraint_are_refused(
    scratch: PostgresScratch, rows: Sequence[TableRows], state: str
) -> None:
    with pytest.raises(Refused, match=f"^{state} "):
        scratch.trial(rows, [])


def test_rows_of_another_schema_are_a_mistake(scratch: PostgresScratch) -> None:
    with pytest.raises(WorkbenchError) as failure:
        scratch.trial([TableRows("book", ("id", "isbn"), ((1, "x"),))], [])
    assert str(failure.value) == (
        'trial: error [rows-refused] rows: 42703 column "isbn" of relation "book" does not exist\n'
        "    The tables and columns of the rows must be those of the schema."
    )


def test_a_failing_statement_is_a_result_and_the_next_one_runs(scratch: PostgresScratch) -> None:
    failed, passed = scratch.trial([AUTHOR, BOOK], [Statement("SELECT 1 / 0"), Statement("SELECT count(*) FROM book")])
    assert failed == ResultRows((), (), "22012 division by zero")
    assert passed.rows == ((2,),)


def test_parameters_that_the_client_refuses_are_results(scratch: PostgresScratch) -> None:
    results = scratch.trial([], [Statement("SELECT $1", ("a\0b",), "dollar"), Statement("SELECT %s, %s", (1,))])
    assert [result.error for result in results] == [
        "DataError PostgreSQL text fields cannot contain NUL (0x00) bytes",
        "ProgrammingError the query has 2 placeholders but 1 parameters were passed",
    ]


def test_statements_do_not_see_each_other_and_trials_leave_nothing(scratch: PostgresScratch) -> None:
    count = Statement("SELECT count(*) FROM book")
    results = scratch.trial([AUTHOR, BOOK], [Statement("DELETE FROM book WHERE id = 11 RETURNING id"), count])
    assert [result.rows for result in results] == [((11,),), ((2,),)]
    assert scratch.trial([], [count])[0].rows == ((0,),)


def test_a_statement_over_the_time_limit_is_a_result(server: PostgresServer) -> None:
    scratch = PostgresEngine(server, statement_timeout=50).create([])
    (result,) = scratch.trial([], [Statement("SELECT pg_sleep(600)")])
    assert result.error == "57014 canceling statement due to statement timeout"
    scratch.close()


# What each client's parameter becomes: Django writes typed literals, node-postgres sends untyped texts.
PARAMETERS: list[tuple[Statement, Wire, str]] = [
    (Statement("SELECT %s", (1,)), 1, "int4"),
    (Statement("SELECT %s", ("x",)), "x", "text"),
    (Statement("SELECT %s, '%%'", (True,)), True, "bool"),
    (Statement("SELECT %s", (tagged("decimal", "1.10"),)), tagged("decimal", "1.10"), "numeric"),
    (
        Statement("SELECT %s", (tagged("datetime", "2024-01-02T03:04:05.000006+00:00"),)),
        tagged("datetime", "2024-01-02T03:04:05.000006+00:00"),
        "timestamptz",
    ),
    (Statement("SELECT %s", (tagged("json", {"a": 1}),)), tagged("json", {"a": 1}), "jsonb"),
    (Statement("SELECT %s", ([1, None, 2],)), [1, None, 2], "_int4"),
    (Statement("SELECT %s", ([[1], [2**31]],)), [[1], [2**31]], "_int8"),
    (Statement("SELECT %s", ([True],)), [True], "_bool"),
    (
        Statement("SELECT %s", (tagged("range", {"lower": NAIVE, "upper": None, "bounds": "[)"}),)),
        tagged("range", {"lower": tagged("datetime", NAIVE["v"] + "+00:00"), "upper": None, "bounds": "[)"}),
        "tstzrange",
    ),
    (Statement("SELECT %s", (tagged("hstore", {"a": None}),)), '"a"=>NULL', "text"),
    (Statement("SELECT $1", (1,), "dollar"), "1", "text"),
    (Statement("SELECT $1::int + $1::int", (1,), "dollar"), 2, "int4"),
    (Statement("SELECT coalesce(id, $2) FROM book WHERE id = $1", (10, 5), "dollar"), 10, "int4"),
    (Statement("SELECT ? || '?'", ("x",), "qmark"), "x?", "text"),
]


@pytest.mark.parametrize(("statement", "value", "type_name"), PARAMETERS)
def test_parameters_have_the_type_their_client_gives_them(
    scratch: PostgresScratch, statement: Statement, value: Wire, type_name: str
) -> None:
    (result,) = scratch.trial([AUTHOR, BOOK], [statement])
    assert result.error is None
    assert (result.rows[0][0], result.types[0]) == (value, type_name)


def test_a_scratch_from_a_catalog_enforces_what_the_catalog_says(engine: PostgresEngine) -> None:
    table = Table(
        "t",
        (
            Column("id", "integer", False, identity="by default"),
            Column("name", "character varying(5)", default="'x'::text", collation="C"),
            Column("twice", "integer", generated="id * 2"),
        ),
        Key(("id",)),
        (Key(("name",), "one_null", nulls_distinct=False, deferrable="deferred"),),
        (ForeignKey(("id",), "t", ("id",), "own", "CASCADE"),),
        (Check("id > 0", "positive"),),
        (Exclusion("no_overlap", "gist", (("int4range(id, id + 2)", "&&"),)),),
        (Index("lower_name", (IndexPart("lower(name)", False),), True, condition="id > 100"),),
    )
    scratch = engine.create(Catalog("postgres", (table,)))
    (result,) = scratch.trial([TableRows("t", ("id",), ((1,),))], [Statement("SELECT * FROM t")])
    assert result.rows == ((1, "x", 2),)
    for rows, name in [
        (((0, "a"),), "positive"),
        (((1, "a"), (2, "b")), "no_overlap"),
        (((1, None), (5, None)), "one_null"),
        (((101, "A"), (105, "a")), "lower_name"),
    ]:
        with pytest.raises(Refused, match=name):
            scratch.trial([TableRows("t", ("id", "name"), rows)], [])
    scratch.close()


def test_two_scratches_with_the_same_tables_live_side_by_side(engine: PostgresEngine) -> None:
    first, second = engine.create(SCHEMA), engine.create(SCHEMA)
    for scratch in (first, second, first):
        assert scratch.trial([AUTHOR, BOOK], [Statement("SELECT count(*) FROM book")])[0].rows == ((2,),)
    first.close()
    second.close()


def test_a_database_that_already_has_tables_and_rows(server: PostgresServer, engine: PostgresEngine) -> None:
    database = server.create_database(ddl=["CREATE TABLE t (id integer)", "INSERT INTO t VALUES (1)"])
    scratch = engine.on(database)
    (result,) = scratch.trial([TableRows("t", ("id",), ((2,),))], [Statement("SELECT id FROM t ORDER BY id")])
    assert result.rows == ((1,), (2,))
    scratch.close()
    with database.connect() as connection:
        assert connection.execute("SELECT id FROM t").fetchall() == [(1,)]
    database.drop()


def test_many_trials_on_one_scratch(scratch: PostgresScratch) -> None:
    for number in range(1, 1100):  # the tables are made anew on the way
        rows = [TableRows("book", ("id",), ((number,),))]
        assert scratch.trial(rows, [Statement("SELECT id FROM book")])[0].rows == ((number,),)


def test_tables_are_made_anew_when_one_of_them_was_filled_often(engine: PostgresEngine, monkeypatch) -> None:
    monkeypatch.setattr(postgres_engine, "_RENEW_AFTER", 3)
    scratch = engine.create(["CREATE TABLE a (id integer)", "CREATE TABLE b (id integer)"])
    file = Statement("SELECT pg_relation_filenode('a')")
    files = [scratch.trial([TableRows(name, ("id",), ((1,),))], [file])[0].rows for name in "ababaa"]
    assert len({*files[:5]}) == 1
    assert files[5] != files[4]
    scratch.close()


def test_a_server_killed_in_the_middle_of_a_trial() -> None:
    with PostgresServer() as server:
        scratch = PostgresEngine(server).create(SCHEMA)
        os.kill(server.cluster.process.pid, signal.SIGKILL)
        with pytest.raises(WorkbenchError, match="a trial on a scratch database: the database server ended"):
            scratch.trial([], [Statement("SELECT pg_sleep(4)")])
        (result,) = scratch.trial([AUTHOR, BOOK], [Statement("SELECT count(*) FROM book")])
        assert result.rows == ((2,),)
