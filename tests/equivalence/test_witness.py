"""A witness is minimal, and both forms in which it can be copied show the difference when they are run."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Dialect
from workbench.equivalence import decide, parse_query
from workbench.equivalence.counterexample import Search
from workbench.equivalence.counterexample.as_test import pytest_text, split
from workbench.equivalence.engine import Engine, Refused
from workbench.runtime.postgres_engine import PostgresEngine
from workbench.verdict import DatabaseWitness, Different

SCHEMA = """
CREATE TABLE publisher (id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL);
CREATE TABLE author (
  id integer NOT NULL PRIMARY KEY, name varchar(20) NOT NULL, publisher_id integer REFERENCES publisher (id));
CREATE TABLE book (
  id integer NOT NULL PRIMARY KEY, title varchar(50) NOT NULL, author_id integer NOT NULL REFERENCES author (id),
  publisher_id integer REFERENCES publisher (id), price numeric(8,2), sold timestamp, code uuid);
"""

_LINES = Path(__file__).with_name("witness_pairs.jsonl").read_text().splitlines()
PAIRS = [(pair["left"], pair["right"]) for pair in map(json.loads, _LINES)]
DIALECTS: tuple[Dialect, ...] = ("postgres", "sqlite")


def _witness(left: str, right: str, dialect: Dialect, engine: Engine) -> DatabaseWitness:
    verdict = decide(left, right, read_ddl(SCHEMA, dialect), dialect=dialect, engine=engine)
    assert isinstance(verdict, Different), verdict
    (found,) = verdict.witnesses
    assert isinstance(found, DatabaseWitness)
    return found


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_no_row_can_be_left_out(left: str, right: str, dialect: Dialect, request: pytest.FixtureRequest) -> None:
    engine: Engine = request.getfixturevalue(dialect)
    found = _witness(left, right, dialect, engine)
    catalog = read_ddl(SCHEMA, dialect)
    scratch = engine.create(catalog)
    try:
        sides = [parse_query(sql, catalog, dialect, "dollar") for sql in (left, right)]
        attempt = Search(*sides, catalog, scratch)
        assert attempt.try_one(found.database, {}) is not None
        for at, table in enumerate(found.database):
            for place in range(len(table.rows)):
                rows = replace(table, rows=table.rows[:place] + table.rows[place + 1 :])
                smaller = (*found.database[:at], rows, *found.database[at + 1 :])
                try:
                    assert attempt.try_one(smaller, {}) is None, f"{table.table} row {place} is not needed"
                except Refused:
                    continue  # another row refers to it
    finally:
        scratch.close()


def test_a_parent_that_nothing_needs_is_gone(sqlite: Engine) -> None:
    found = _witness(*PAIRS[0], "sqlite", sqlite)
    assert {table.table: len(table.rows) for table in found.database} == {"author": 1, "book": 1}
    (author,) = found.database[0].rows
    assert author[2] is None  # its publisher


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_copied_forms_show_the_difference_on_sqlite(left: str, right: str, sqlite: Engine) -> None:
    found = _witness(left, right, "sqlite", sqlite)
    connection = sqlite3.connect(":memory:", isolation_level=None)
    answers = [connection.execute(sql).fetchall() for sql in split(found.sql, "sqlite")][-3:-1]
    assert answers[0] != answers[1]
    _fails(found, lambda: _runner(sqlite3.connect(":memory:", isolation_level=None)))


@pytest.mark.parametrize(("left", "right"), PAIRS)
def test_copied_forms_show_the_difference_on_postgres(left: str, right: str, postgres: PostgresEngine) -> None:
    found = _witness(left, right, "postgres", postgres)
    with postgres.server.connect() as connection:
        answers = list(map(_runner(connection), split(found.sql, "postgres")))
        assert answers[-3] != answers[-2]
        connection.execute("BEGIN")
        _fails(found, lambda: _runner(connection))
        connection.execute("ROLLBACK")


def _runner(connection: Any) -> Callable[[str], list[Any]]:
    def run(sql: str) -> list[Any]:
        cursor = connection.execute(sql)
        return list(cursor.fetchall()) if cursor.description else []

    return run


def _fails(found: DatabaseWitness, runner: Callable[[], Callable[[str], list[Any]]]) -> None:
    """The pytest form is a function that fails while the queries differ."""
    names: dict[str, Any] = {}
    exec(pytest_text(found), names)
    with pytest.raises(AssertionError):
        names["test_queries_differ"](runner())
