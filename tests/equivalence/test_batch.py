"""``workbench equiv``: one answer a line, whatever the line."""

from __future__ import annotations

import json

from workbench.equivalence.batch import decide_pairs
from workbench.equivalence.engine import Engine

SCHEMA = "CREATE TABLE t (a integer PRIMARY KEY, b integer);"
VALUES = {"left": [1], "right": [1]}
KEYS = {
    "id", "verdict", "method", "assumptions", "bounded_rows", "databases_tried", "witness", "reasons", "ms",
}  # fmt: skip


def _line(**pair: object) -> str:
    return json.dumps({"id": "x", "dialect": "postgres", "schema": SCHEMA, **pair})


def test_answers_and_reasons(postgres: Engine) -> None:
    lines = [
        _line(left="SELECT a FROM t", right="SELECT x.a FROM t x"),
        _line(left="SELECT a FROM t WHERE b = 1", right="SELECT a FROM t WHERE b <> 1"),
        _line(
            left="SELECT a FROM t WHERE b = %s",
            right="SELECT a FROM t WHERE b = $1",
            params={"left": [1], "right": [1]},
        ),
        "{",
        _line(left="SELECT a FROM", right="SELECT a FROM t"),
        _line(left="SELECT a FROM t", right="SELECT a FROM t", schema="CREATE TABLE t (a int, a int)"),
        _line(left="SELECT a FROM t", right="SELECT a FROM t", dialect="oracle"),
        _line(left="SELECT a FROM t"),
        "",
        _line(left="SELECT a FROM t", right="SELECT a FROM t", dialects={"left": "postgres", "right": "sqlite"}),
    ]
    answers = list(decide_pairs(lines, lambda dialect: postgres if dialect == "postgres" else None, 5.0))
    words = [answer["verdict"] for answer in answers]
    assert words == ["equivalent", "different", "equivalent", *["undecided"] * 6]
    assert all(set(answer) == KEYS for answer in answers)
    assert all(answer["reasons"] for answer in answers if answer["verdict"] == "undecided")
    assert answers[1]["witness"]["sql"].startswith("BEGIN;")
    assert json.loads(json.dumps(answers)) == answers
    assert answers[3]["reasons"] == ["line 4: not JSON: Expecting property name enclosed in double quotes"]
    assert answers[5]["reasons"] == ["schema: t.a: the table has this column twice"]
    assert answers[6]["reasons"] == ["dialect: oracle: not a dialect; one of postgres, sqlite"]
    assert answers[7]["reasons"] == ["line 8: right: the pair lacks this key"]
