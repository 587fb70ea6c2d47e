"""Whatever a line of a file of pairs holds: one sentence says what is wrong with it, and the next line is decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from workbench.cli import commands
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.batch import decide_pairs
from workbench.equivalence.engine import Engine

GOOD = {
    "id": "good",
    "dialect": "postgres",
    "schema": "CREATE TABLE t (a integer PRIMARY KEY, b integer);",
    "left": "SELECT a FROM t",
    "right": "SELECT x.a FROM t x",
}
AMBIGUOUS = "left: a: an ambiguous column: t, u have it"
NOT_READ = "not a SELECT or a set operation: only queries are compared"
WITHOUT = "a placeholder without values: numbered ones ($1, $2 …) may go without"
VALUE = "not a value: null, true, a number, a text, a list, or {$, v}"

LINES = (
    ("{", "line 1: not JSON: Expecting property name enclosed in double quotes at column 2"),
    ("[]", "line 1: pair: not a JSON object"),
    ('"pair"', "line 1: pair: not a JSON object"),
    ('{"id": NaN}', "line 1: not JSON: NaN is no JSON number"),
    ("[" * 5000, "line 1: not JSON: nested too deeply"),
    ("{}", "line 1: id: the pair lacks this key"),
)
KEYS = (
    ({"left": None}, "line 1: left: not a text"),
    ({"schema": 5}, "line 1: schema: not a text"),
    ({"id": None}, "line 1: id: neither a text nor a whole number"),
    ({"id": {"a": 1}}, "line 1: id: neither a text nor a whole number"),
    ({"dialect": "oracle"}, 'line 1: dialect: "oracle" is not a dialect; one of postgres, sqlite'),
    ({"dialect": 5}, "line 1: dialect: 5 is not a dialect; one of postgres, sqlite"),
    ({"dialects": []}, 'line 1: dialects: not an object with "left" and "right"'),
    ({"dialects": {"lft": "sqlite"}}, 'line 1: dialects.lft: no such side; "left" and "right" are'),
    ({"dialects": {"left": "db2"}}, 'line 1: dialects.left: "db2" is not a dialect; one of postgres, sqlite'),
    ({"params": []}, 'line 1: params: not an object with "left" and "right"'),
    ({"params": {"left": 5}}, "line 1: params.left: not a list of values"),
    ({"params": {"left": [{"x": 1}]}}, f"line 1: params.left[1]: {VALUE}"),
    ({"params": {"left": [1, {"$": "decimal", "v": 5}]}}, f"line 1: params.left[2]: {VALUE}"),
    ({"params": {"left": [{"$": "date", "v": "soon"}]}}, f"line 1: params.left[1]: {VALUE}"),
    ({"left": "SELECT '\ud800'"}, "line 1: not text: half of a surrogate pair, which no database can hold"),
)
SCHEMAS = (
    ("", "left: t: a table that the schema lacks"),
    ("SELECT 1", "schema: SELECT 1: is not a statement that makes a table, an index or a constraint"),
    ("CREATE TABLE t (a int", "schema: CREATE TABLE t (a int: does not parse: Expecting )"),
    ("CREATE TABLE t (a int); CREATE TABLE t (b int)", "schema: t: the schema creates this table twice"),
    ("CREATE TABLE t (a int, a int)", "schema: t.a: the table has this column twice"),
    ("CREATE TABLE t (a int NOT NULL DEFAULT NULL)", "schema: t.a: NOT NULL contradicts DEFAULT NULL"),
    ("CREATE TABLE t (a int PRIMARY KEY, b int PRIMARY KEY)", "schema: t: the table has two primary keys"),
    (
        "CREATE TABLE t (a int REFERENCES u (id))",
        "schema: t(a): the foreign key refers to table u, which the schema lacks",
    ),
    (
        "CREATE TABLE u (id int); CREATE TABLE t (a int REFERENCES u (id))",
        "schema: t(a): the foreign key refers to u(id), which is not unique",
    ),
    ("CREATE TABLE t (a int, PRIMARY KEY (z))", "schema: t.z: a constraint names a column that the table lacks"),
    (
        "CREATE TABLE t (a int NOT NULL CHECK (a > 1 AND a < 0))",
        "schema: t: the schema contradicts itself: no row can satisfy CHECK (a > 1 AND a < 0)",
    ),
    (
        "CREATE TABLE t (a int NOT NULL CHECK (a IS NULL))",
        "schema: t: the schema contradicts itself: no row can satisfy CHECK (a IS NULL)",
    ),
    (
        "CREATE TABLE t (a int CHECK (z > 1))",
        'schema: CREATE TABLE "t" ( "a" integer, CHECK (z > 1) ): column "z" does not exist',
    ),
)
QUERIES = (
    ("", "left: (empty): 0 statements; exactly one is compared"),
    ("SELECT a FROM", "left: SELECT a FROM: does not parse: Expected table name but got the end"),
    ("SELECT 'x FROM t", "left: SELECT 'x FROM t: does not parse: Error tokenizing 'SELECT 'x FROM '"),
    ("SELECT 1; SELECT 2", "left: SELECT 1; SELECT 2: 2 statements; exactly one is compared"),
    ("DELETE FROM t", f"left: DELETE FROM t: {NOT_READ}"),
    ("SELECT a INTO z FROM t", f"left: SELECT a INTO z FROM t: {NOT_READ}"),
    (
        "WITH d AS (DELETE FROM t RETURNING a) SELECT a FROM d",
        f"left: WITH d AS (DELETE FROM t RETURNING a) SELECT a FROM d: {NOT_READ}",
    ),
    ("SELECT a FROM u", "left: u: a table that the schema lacks"),
    ("SELECT c FROM t", "left: c: a column that no table in its place has"),
    ("SELECT a FROM t, t u", AMBIGUOUS),
    ("SELECT a FROM t WHERE b = %s", f"left: %s or ?: {WITHOUT}"),
    ("SELECT a FROM t WHERE b = $0", "left: $0: not a parameter: PostgreSQL numbers them from 1 to 65535"),
    ("SELECT a FROM t WHERE b = $99999", "left: $99999: not a parameter: PostgreSQL numbers them from 1 to 65535"),
)  # fmt: skip


def _cases() -> Iterator[tuple[str, str]]:
    yield from LINES
    yield json.dumps({k: v for k, v in GOOD.items() if k != "right"}), "line 1: right: the pair lacks this key"
    for changes, message in KEYS:
        yield json.dumps({**GOOD, **changes}), message
    for schema, message in SCHEMAS:
        yield json.dumps({**GOOD, "schema": schema}), message
    for left, message in QUERIES:
        yield json.dumps({**GOOD, "left": left}), message
    values = {"left": "SELECT a FROM t WHERE b = %s", "params": {"left": []}}
    yield json.dumps({**GOOD, **values}), "left: $1: the query has this parameter and 0 values"


@pytest.mark.parametrize(("line", "reason"), list(_cases()))
def test_one_sentence_and_the_batch_goes_on(line: str, reason: str, postgres: Engine) -> None:
    bad, good = decide_pairs([line, json.dumps(GOOD)], lambda _: postgres, 5.0)
    assert (bad["verdict"], bad["method"], bad["reasons"]) == ("undecided", "none", [reason])
    assert (good["id"], good["verdict"]) == ("good", "equivalent")


def test_an_answer_keeps_the_id_of_its_line(postgres: Engine) -> None:
    lines = ["", json.dumps({**GOOD, "left": 5}), "{", json.dumps({**GOOD, "id": 7})]
    assert [answer["id"] for answer in decide_pairs(lines, lambda _: postgres)] == ["good", 3, 7]


def test_what_the_server_lacks_is_said_beside_the_verdict(postgres: Engine) -> None:
    line = json.dumps({**GOOD, "schema": "CREATE TABLE t (a geometry PRIMARY KEY, b integer);"})
    (answer,) = decide_pairs([line], lambda _: postgres)
    lacking = 'not executed: the database lacks what the schema needs: type "geometry" does not exist'
    assert (answer["verdict"], answer["assumptions"][-1]) == ("equivalent", lacking)


def test_a_fraction_is_an_exact_decimal(postgres: Engine) -> None:
    sides = {"left": "SELECT a FROM t WHERE b > %s", "right": "SELECT a FROM t WHERE b > $1"}
    line = json.dumps({**GOOD, **sides, "params": {"left": [0.1], "right": [0.1]}})
    (answer,) = decide_pairs([line], lambda _: postgres)
    assert answer["verdict"] == "equivalent"


def test_a_defect_of_ours_is_said_and_the_batch_goes_on(postgres: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any, **__: Any) -> None:
        monkeypatch.undo()
        raise KeyError("lost")

    monkeypatch.setattr("workbench.equivalence.batch.decide", broken)
    bad, good = decide_pairs([json.dumps(GOOD)] * 2, lambda _: postgres)
    assert (bad["method"], bad["reasons"]) == ("defect", ["a defect of the workbench: KeyError: 'lost'"])
    assert good["verdict"] == "equivalent"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "pairs.jsonl: error [pairs-unreadable] file: it holds no pair"),
        (b"\xff\n", "pairs.jsonl: error [pairs-unreadable] file: not UTF-8: invalid start byte at byte 0"),
        (b"[]\n5\n", "pairs.jsonl: error [pairs-unreadable] no pair of it: line 1: pair: not a JSON object"),
    ],
)
def test_a_file_without_a_pair_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_bytes(content)
    with pytest.raises(WorkbenchError) as caught:
        CliRunner().invoke(commands, ["equiv", "--pairs", str(file)], standalone_mode=False, catch_exceptions=False)
    assert str(caught.value) == message
