"""One value has several spellings as a literal, and what a literal says depends on what it stands beside.

A line of ``literals.txt`` is a type and literals of it. Every two of them are put into the same forms, the proof is
asked without a database, and what it claims must hold of what the database answers over a column of all the values.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Dialect
from workbench.equivalence import decide
from workbench.runtime.postgres import PostgresServer

LINES = Path(__file__).with_name("literals.txt").read_text().splitlines()
TYPES = {kind: tuple(literals) for kind, *literals in (line.split(" | ") for line in LINES)}
FORMS = (
    "SELECT id FROM t WHERE x = {0}",
    "SELECT id FROM t WHERE x IN ({0}) OR x IS NULL",
    "SELECT id FROM t WHERE NOT x <> {0}",
    "SELECT id, COALESCE(x, {0}) FROM t",
    "SELECT id, CASE WHEN id > 2 THEN x ELSE {0} END FROM t",
    "SELECT id, CAST({0} AS {kind}) FROM t",
    "SELECT id FROM t WHERE COALESCE(x, {0}) = {0}",
    "SELECT id, CAST(COALESCE(x, {0}) AS text) FROM t",
    "SELECT id, CAST(CAST({0} AS {kind}) AS text) FROM t",
    "SELECT CAST(MAX(COALESCE(x, {0})) AS text) FROM t WHERE x IS NULL",
)
CLAIMS = (
    ("SELECT id FROM t WHERE x = {0} AND x = {1}", "SELECT id FROM t WHERE 1 = 0"),
    ("SELECT id FROM t WHERE x = {0} AND x = {1}", "SELECT id FROM t WHERE x = {0}"),
    ("SELECT id FROM t WHERE x IN ({0}, {1})", "SELECT id FROM t WHERE x = {0}"),
    ("SELECT id FROM t WHERE x = {0} OR x <> {1}", "SELECT id FROM t WHERE x IS NOT NULL"),
    ("SELECT id FROM t WHERE x < {0} OR x >= {1}", "SELECT id FROM t WHERE x IS NOT NULL"),
    ("SELECT id, CASE x WHEN {0} THEN 1 WHEN {1} THEN 2 END FROM t", "SELECT id, CASE x WHEN {0} THEN 1 END FROM t"),
    ("SELECT id FROM t WHERE CAST({0} AS {kind}) = CAST({1} AS {kind})", "SELECT id FROM t"),
)
READ = ("integer", "boolean", "date", "timestamp", "timestamptz", "uuid")  # of which one value is told to be one

Run = Callable[[str], Counter[str] | None]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    with PostgresServer() as server:
        yield server


@pytest.mark.parametrize("kind", TYPES)
def test_what_is_proved_of_spellings_holds_on_postgresql(kind: str, server: PostgresServer) -> None:
    with server.connect() as connection:
        connection.execute("DROP TABLE IF EXISTS t")
        connection.execute(f"CREATE TABLE t (id integer PRIMARY KEY, x {kind})")
        _fill(connection, kind)
        assert _wrong(kind, "postgres", lambda text: _rows(connection, text)) == []


@pytest.mark.parametrize("kind", TYPES)
def test_what_is_proved_of_spellings_holds_on_sqlite(kind: str) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute(f"CREATE TABLE t (id integer PRIMARY KEY, x {kind})")
        _fill(connection, kind)
        assert _wrong(kind, "sqlite", lambda text: _rows(connection, text)) == []


@pytest.mark.parametrize("kind", READ)
def test_two_spellings_of_a_value_are_one(kind: str, server: PostgresServer) -> None:
    """Where a text literal is read: those that differ in value stay apart (the tests above), the others are equal."""
    catalog = read_ddl(f"CREATE TABLE t (id integer PRIMARY KEY, x {kind})", "postgres")
    read = [literal for literal in TYPES[kind] if not (kind == "date" and literal not in TYPES[kind][0])]
    assert decide(FORMS[0].format(read[0]), FORMS[2].format(read[0]), catalog).word == "equivalent"


def _fill(connection: psycopg.Connection[Any] | sqlite3.Connection, kind: str) -> None:
    for number, literal in enumerate((*TYPES[kind], "NULL")):
        connection.execute(f"INSERT INTO t VALUES ({number}, {literal})")


def _rows(connection: psycopg.Connection[Any] | sqlite3.Connection, text: str) -> Counter[str] | None:
    """The bag of rows with the types of their values; None where the database refuses the query."""
    try:
        return Counter(map(repr, connection.execute(text).fetchall()))
    except (psycopg.Error, sqlite3.Error):
        return None


def _wrong(kind: str, dialect: Dialect, run: Run) -> list[tuple[str, str]]:
    """Of the pairs that differ over these rows, those that are called equivalent where nothing is run."""
    catalog = read_ddl(f"CREATE TABLE t (id integer PRIMARY KEY, x {kind})", dialect)
    answers = ((pair, [run(side) for side in pair]) for pair in _pairs(kind))
    apart = [pair for pair, rows in answers if None not in rows and rows[0] != rows[1]]
    return [pair for pair in apart if decide(*pair, catalog, dialect=dialect).word == "equivalent"]


def _pairs(kind: str) -> Iterator[tuple[str, str]]:
    for one, other in itertools.combinations(TYPES[kind], 2):
        yield from ((form.format(one, kind=kind), form.format(other, kind=kind)) for form in FORMS)
        yield from ((left.format(one, other, kind=kind), right.format(one, other, kind=kind)) for left, right in CLAIMS)
