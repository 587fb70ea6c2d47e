"""``workbench equiv``: verdicts, the time of each rung, and a summary."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from workbench.cli import commands
from workbench.equivalence.batch import decide_pairs
from workbench.equivalence.engine import Engine
from workbench.equivalence.summary import RUNGS, Summary

SCHEMA = "CREATE TABLE t (a integer PRIMARY KEY, b integer);"
KEYS = {
    *("id", "verdict", "method", "assumptions", "proof", "bounded_rows", "databases_tried"),
    *("witness", "reasons", "ms"),
}
PAIRS: tuple[dict[str, object], ...] = (
    {"left": "SELECT a FROM t", "right": "SELECT x.a FROM t x"},
    {"left": "SELECT a FROM t WHERE b = 1", "right": "SELECT a FROM t WHERE b <> 1"},
    {
        "left": "SELECT a FROM t WHERE b = %s",
        "right": "SELECT a FROM t WHERE b = $1",
        "params": {"left": [1], "right": [1]},
        "truth": "eq",
    },
    {"left": "SELECT count(a) FROM t", "right": "SELECT count(*) FROM t"},
    {
        "left": "SELECT avg(a) FROM t",
        "right": "SELECT avg(a) FROM t",
        "dialects": {"left": "postgres", "right": "sqlite"},
    },
)
LINES = [json.dumps({"id": n, "dialect": "postgres", "schema": SCHEMA, **pair}) for n, pair in enumerate(PAIRS)]


def test_answers_with_times_by_rung(postgres: Engine) -> None:
    answers = list(decide_pairs(LINES, lambda dialect: postgres if dialect == "postgres" else None, 5.0))
    assert [answer["verdict"] for answer in answers] == [
        *("equivalent", "different", "equivalent", "equivalent", "undecided")
    ]
    assert all(set(answer) - {"ignored"} == KEYS for answer in answers)
    assert all(answer["reasons"] for answer in answers if answer["verdict"] == "undecided")
    assert answers[1]["witness"]["sql"].startswith("BEGIN;")
    assert answers[2]["ignored"] == ["truth"]
    assert answers[3]["proof"][0] == "count not null (t.a NOT NULL)"
    assert [list(answer["ms"]) for answer in answers[:2]] == [
        ["schema", "parse", "normal form", "check", "total"],
        ["schema", "parse", "normal form", "counterexample", "total"],
    ]
    assert [answer["databases_tried"] for answer in (answers[0], answers[3])] == [1, 1]
    assert json.loads(json.dumps(answers)) == answers


def test_a_summary_of_the_batch(postgres: Engine) -> None:
    summary = Summary()
    for answer in decide_pairs(LINES, lambda _: postgres, 5.0):
        summary.add(answer)
    lines = list(summary.lines())
    assert lines[0].endswith(": 3 equivalent, 1 different, 1 undecided")
    assert [line.split("  ")[0] for line in lines[2:-1]] == [rung for rung in RUNGS if rung in summary.times]
    assert lines[-1] == "keys that mean nothing here: truth (1 pairs)"


def test_the_command_writes_answers_and_says_the_summary(tmp_path: Path) -> None:
    pairs, out = tmp_path / "pairs.jsonl", tmp_path / "out.jsonl"
    separated = {"left": "SELECT a, '\u2028' FROM t", "right": "SELECT a, '\u2028' AS b FROM t"}
    first = json.dumps({**json.loads(LINES[0]), **separated}, ensure_ascii=False)
    pairs.write_text(f"{first}\n{LINES[1]}\n", encoding="utf-8")
    result = CliRunner().invoke(commands, ["equiv", "--pairs", str(pairs), "--out", str(out)])
    assert result.exit_code == 1
    assert [json.loads(line)["verdict"] for line in out.read_text().split("\n")[:-1]] == ["equivalent", "different"]
    assert "2 pairs in " in result.stderr


def test_schemas_are_closed_when_others_are_opened(postgres: Engine) -> None:
    schemas = [SCHEMA.replace("b integer", f"b integer, c{n} integer") for n in range(7)]
    lines = [
        json.dumps({"id": 1, "schema": schema, "left": "SELECT a FROM t", "right": "SELECT a FROM t"})
        for schema in schemas * 2
    ]
    assert [answer["databases_tried"] for answer in decide_pairs(lines, lambda _: postgres)] == [1] * 14
