"""Pairs made to take for ever: the budget ends each, the database answers the next, and memory of them is dropped.

The bound asserted is far above the budget: it tells a hang from a slow machine, and nothing else depends on the clock.
"""

from __future__ import annotations

import json
import time

import pytest

from workbench.equivalence.batch import decide_pairs
from workbench.equivalence.engine import Engine

SCHEMA = "CREATE TABLE t (a integer PRIMARY KEY, b integer, c integer);"
BUDGET, HANGS = 1.0, 30.0  # seconds


def chain(tables: int, last: str) -> str:
    """A self join of so many tables, each with the next."""
    sources = ", ".join(f"t t{n}" for n in range(tables))
    links = " AND ".join(f"t{n}.b = t{n + 1}.c" for n in range(tables - 1))
    return f"SELECT t0.a FROM {sources} WHERE {links} AND {last}"


def nested(depth: int, first: int) -> str:
    """Subqueries in subqueries."""
    text = "SELECT a FROM t"
    for level in range(depth):
        text = f"SELECT a FROM t WHERE a IN ({text}) AND b > {level + first}"
    return text


def crossed(tables: int, counted: str) -> str:
    """Every row with every row of every table."""
    return f"SELECT {counted} FROM " + ", ".join(f"t t{n}" for n in range(tables))


ENDLESS = (
    "WITH RECURSIVE n AS (SELECT 1 AS x UNION ALL SELECT x + 1 FROM n) SELECT x{} FROM n",
    "SELECT sum(g){} FROM generate_series(1, 100000000000) g",
    "SELECT length(repeat('x', 1000000000)){} FROM t",
)
PAIRS = {
    "self join": (chain(12, "t0.b < 5"), chain(12, "t11.b < 5")),
    "interchangeable": (chain(12, "t0.b + t1.b < 5"), chain(12, "t1.b + t0.b <= 4")),
    "nesting": (nested(40, 0), nested(40, 1)),
    "cross join": (crossed(14, "count(*)"), crossed(14, "count(t0.a) + 0")),
    "left joins": (
        "SELECT t0.a FROM t t0 " + " ".join(f"LEFT JOIN t t{n} ON t{n}.a = t0.b" for n in range(1, 9)),
        "SELECT t0.a FROM t t0 " + " ".join(f"LEFT JOIN t t{n} ON t{n}.a = t0.c" for n in range(1, 9)),
    ),
    "long list": (
        f"SELECT a FROM t WHERE b IN ({', '.join(map(str, range(2000)))})",
        "SELECT a FROM t WHERE b >= 0 AND b < 2000",
    ),
    "nonlinear": ("SELECT a FROM t WHERE a*a*a + b*b*b = c*c*c AND a*b > 0", "SELECT a FROM t WHERE a*b*c*a = 7"),
    **{f"endless {n}": (text.format(""), text.format(" + 0")) for n, text in enumerate(ENDLESS)},
}


@pytest.mark.parametrize("name", PAIRS)
def test_no_pair_hangs(name: str, postgres: Engine) -> None:
    left, right = PAIRS[name]
    hard = json.dumps({"id": name, "schema": SCHEMA, "left": left, "right": right})
    easy = json.dumps({"id": "easy", "schema": SCHEMA, "left": "SELECT a FROM t", "right": "SELECT x.a FROM t x"})
    started = time.monotonic()
    answers = list(decide_pairs([hard, easy], lambda _: postgres, BUDGET))
    assert time.monotonic() - started < HANGS
    assert answers[0]["method"] != "defect", answers[0]["reasons"]
    assert (answers[1]["verdict"], answers[1]["databases_tried"]) == ("equivalent", 1)


def test_a_spent_budget_is_the_reason(postgres: Engine) -> None:
    endless = {"left": ENDLESS[0].format(""), "right": ENDLESS[0].format(" + 0")}
    line = json.dumps({"id": 1, "schema": SCHEMA, **endless})
    (answer,) = decide_pairs([line], lambda _: postgres, BUDGET)
    assert answer["verdict"] == "undecided"
    assert any("budget" in reason or "statement timeout" in reason for reason in answer["reasons"])
