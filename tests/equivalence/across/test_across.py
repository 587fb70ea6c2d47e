"""One side on PostgreSQL, the other on SQLite: what is proved, what execution shows, and what is assumed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workbench.catalog.ddl import read_ddl
from workbench.equivalence import parse_query
from workbench.equivalence.across.constructs import differing
from workbench.equivalence.across.deciding import ASSUMED
from workbench.equivalence.batch import decide_pairs
from workbench.equivalence.engine import Engine

SCHEMA = """
CREATE TABLE author (id integer NOT NULL PRIMARY KEY, name varchar(20));
CREATE TABLE book (
  id integer NOT NULL PRIMARY KEY, title varchar(50), price numeric(8,2) NOT NULL, n integer NOT NULL,
  made timestamp, ok boolean NOT NULL, author_id integer REFERENCES author (id));
"""

# (PostgreSQL's query, SQLite's, the verdict, what its first reason or its witness says)
CASES = [
    ("SELECT id FROM book WHERE n = 3", "SELECT b.id FROM book b WHERE 3 = b.n", "equivalent", ""),
    ("SELECT ok, made, price FROM book", "SELECT ok, made, price FROM book", "equivalent", ""),
    (
        "SELECT b.id FROM book b JOIN author a ON a.id = b.author_id",
        "SELECT id FROM book WHERE author_id IS NOT NULL",
        "equivalent",
        "",
    ),
    ("SELECT id FROM book ORDER BY n, id LIMIT 2", "SELECT id FROM book ORDER BY n, id LIMIT 2", "equivalent", ""),
    ("SELECT id FROM book ORDER BY title, id", "SELECT id FROM book ORDER BY title, id", "different", "another order"),
    (
        "SELECT id FROM book ORDER BY title NULLS LAST, id",
        "SELECT id FROM book ORDER BY title NULLS LAST, id",
        "undecided",
        "where NULL sorts",
    ),
    ("SELECT id FROM book WHERE title LIKE 'a%'", "SELECT id FROM book WHERE title LIKE 'a%'", "different", "row"),
    ("SELECT upper(title) FROM book", "SELECT upper(title) FROM book", "different", "the rows differ"),
    ("SELECT n / 2 FROM book", "SELECT n / 2 FROM book", "undecided", "DIV"),
    (
        "SELECT id FROM book WHERE n IN ((SELECT n FROM book))",
        "SELECT id FROM book WHERE n IN ((SELECT n FROM book))",
        "undecided",
        "SUBQUERY",
    ),
    ("SELECT n / 2 FROM book", "SELECT n / 2.0 FROM book", "different", "the rows differ"),
    ("SELECT AVG(n) FROM book", "SELECT AVG(n) FROM book", "undecided", "AVG"),
    ("SELECT SUM(price) FROM book", "SELECT SUM(price) FROM book", "undecided", "not all whole numbers"),
    ("SELECT id FROM book WHERE ok", "SELECT id FROM book WHERE ok = 1", "undecided", "not all whole numbers"),
    ("SELECT ok FROM book", "SELECT NOT ok FROM book", "different", "the rows differ"),
    (
        "SELECT title, n FROM book GROUP BY title",
        "SELECT title, n FROM book GROUP BY title",
        "undecided",
        "postgres refuses its query: 42803",
    ),
    ("SELECT DISTINCT price FROM book", "SELECT DISTINCT price FROM book", "undecided", "two equal values"),
    ("SELECT id FROM book WHERE n = $1", "SELECT id FROM book WHERE n = $1", "undecided", "a free parameter"),
]


@pytest.mark.parametrize(("left", "right", "verdict", "said"), CASES)
def test_two_databases(left: str, right: str, verdict: str, said: str, postgres: Engine, sqlite: Engine) -> None:
    answer = _answer(left, right, postgres, sqlite)
    assert answer["verdict"] == verdict, answer
    texts = [*answer["reasons"], (answer["witness"] or {}).get("note", "")]
    assert any(said in text for text in texts)
    if answer["method"] != "none":
        assert set(ASSUMED) <= set(answer["assumptions"])


def test_the_witness_is_a_script_for_each(postgres: Engine, sqlite: Engine) -> None:
    answer = _answer(*CASES[6][:2], postgres, sqlite)
    first, second = answer["witness"]["sql"].split("\n-- sqlite\n")
    assert first.startswith("-- postgres\nBEGIN;")
    assert "CREATE TEMPORARY TABLE" in first
    assert "CREATE TABLE" in second
    assert all("SELECT id FROM book WHERE title LIKE 'a%';" in script for script in (first, second))


def test_without_a_database_only_shared_constructs_are_decided() -> None:
    pair = {"id": 1, "schema": SCHEMA, "dialects": {"left": "sqlite", "right": "postgres"}}
    texts = [("SELECT id FROM book", "SELECT x.id FROM book x"), ("SELECT n / 2 FROM book", "SELECT n / 2 FROM book")]
    lines = [json.dumps({**pair, "left": left, "right": right}) for left, right in texts]
    assert [answer["verdict"] for answer in decide_pairs(lines, lambda _: None)] == ["equivalent", "undecided"]


@pytest.mark.parametrize(
    ("sql", "construct"),
    [
        ("SELECT (SELECT n FROM book) FROM author", "SUBQUERY"),
        ("SELECT id FROM book UNION SELECT id FROM author INTERSECT SELECT n FROM book", "INTERSECT"),
        ("SELECT COUNT(*) FILTER (WHERE n = 1) FROM book", "FILTER"),
        ("SELECT ROW_NUMBER() OVER (ORDER BY id) FROM book", "WINDOW"),
        ("SELECT id FROM book WHERE title || 'a' = 'ba'", "DPIPE"),
        ("SELECT id FROM book WHERE n = 1.5", "LITERAL"),
        ("SELECT CAST(n AS text) FROM book", "CAST"),
    ],
)
def test_a_construct_that_is_not_listed_is_named(sql: str, construct: str) -> None:
    assert construct in differing(parse_query(sql, read_ddl(SCHEMA, "postgres"), "postgres"))


def _answer(left: str, right: str, postgres: Engine, sqlite: Engine) -> dict[str, Any]:
    pair = {
        "id": 1,
        "schema": SCHEMA,
        "dialects": {"left": "postgres", "right": "sqlite"},
        "left": left,
        "right": right,
    }
    engines = {"postgres": postgres, "sqlite": sqlite}
    return next(iter(decide_pairs([json.dumps(pair)], lambda dialect: engines[dialect])))
