"""The machine interface: JSON keys, exit codes, results on stdout, messages on stderr."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parent.parent.parent
BOOKSHOP = str(ROOT / "sample_projects" / "bookshop")
SCHEMA = "CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer);"


def run(*arguments: str, **options) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from workbench.cli import main; main()", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL, **options)


def test_inspect_writes_the_documented_keys(tmp_path: Path):
    target = tmp_path / "inspection.json"
    done = run("inspect", BOOKSHOP, "--json", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    found = json.loads(target.read_text())
    wanted = {"django", "python", "apps", "models", "permissions", "call_sites", "diagnostics", "seconds"}
    assert wanted <= set(found)
    assert set(found["seconds"]) == {"setup", "inspect"}
    (book,) = [model for model in found["models"] if model["label"] == "catalog.Book"]
    assert (book["table"], book["origin"]["file"]) == ("catalog_book", "catalog/models.py")
    assert "price" in [field["name"] for field in book["fields"]]


def test_translate_writes_an_array(tmp_path: Path):
    lines = tmp_path / "querysets.txt"
    lines.write_text("# a comment\nBook.objects.count()\n")
    done = run("translate", BOOKSHOP, "--queryset", "Book.objects.filter(price__gt=10)", "--querysets", str(lines))
    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout)
    assert set(first) == {"queryset", "django", "drizzle", "diagnostics", "verdict"}
    assert set(first["drizzle"]) == {"code", "sql", "params", "types"}
    assert first["django"]["params"] == [{"$": "decimal", "v": "10"}]
    assert first["drizzle"]["types"]["price"] == "string"
    assert [one["verdict"]["verdict"] for one in (first, second)] == ["equivalent", "equivalent"]


def test_translate_says_what_it_cannot_read():
    done = run("translate", BOOKSHOP, "--queryset", "Book.objects.filter(colour=1)")
    (view,) = json.loads(done.stdout)
    assert done.returncode == 1
    assert (view["verdict"], view["diagnostics"][0]["thing"]) == (None, "colour")


def test_check_judges_everything(tmp_path: Path):
    report, junit = tmp_path / "check.json", tmp_path / "check.xml"
    done = run("check", BOOKSHOP, "--json", str(report), "--junit", str(junit))
    assert done.returncode == 0, done.stderr
    found = json.loads(report.read_text())
    assert set(found["summary"]) == {"model", "schema", "query", "typescript", "permission", "guard"}
    assert found["summary"]["typescript"] == {"equivalent": 1}
    assert found["summary"]["model"] == {"equivalent": 23}
    assert {"id", "kind", "origin", "verdict", "method", "diagnostics", "ms"} <= set(found["items"][0])
    suite = ElementTree.parse(junit).getroot()
    assert suite.get("tests") == str(len(found["items"]))
    assert suite.findall(".//failure") == []


def pairs(tmp_path: Path, *lines: object) -> str:
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines))
    return str(path)


def pair(left: str, right: str, schema: str = SCHEMA) -> dict[str, str]:
    return {"id": "p", "dialect": "postgres", "schema": schema, "left": left, "right": right}


@pytest.mark.parametrize(
    ("left", "right", "verdict", "code"),
    [
        ("SELECT a FROM t WHERE a > 1", "SELECT x.a FROM t AS x WHERE 1 < x.a", "equivalent", 0),
        ("SELECT count(*) FROM t", "SELECT count(b) FROM t", "different", 1),
    ],
)
def test_equiv_answers(tmp_path: Path, left: str, right: str, verdict: str, code: int):
    done = run("equiv", "--pairs", pairs(tmp_path, pair(left, right)))
    (answer,) = map(json.loads, done.stdout.splitlines())
    assert (answer["verdict"], done.returncode) == (verdict, code)
    wanted = {"id", "verdict", "method", "assumptions", "bounded_rows", "databases_tried", "witness", "reasons", "ms"}
    assert wanted <= set(answer)
    assert (answer["witness"] is None) == (verdict == "equivalent")


@pytest.mark.parametrize(
    ("right", "verdict", "code"),
    [
        ("SELECT x.a FROM t AS x WHERE 1 < x.a", "equivalent", 0),
        ("SELECT a FROM t WHERE a >= 1", "different", 1),
        ("SELECT a FROM t WHERE a > 1 AND random() < 2", "undecided", 1),
    ],
)
def test_equiv_shows_a_pair_as_text(tmp_path: Path, right: str, verdict: str, code: int):
    schema, target = tmp_path / "schema.sql", tmp_path / "shown.txt"
    schema.write_text(SCHEMA)
    sides = ("--left", "SELECT a FROM t WHERE a > 1", "--right", right, "--schema", str(schema), "--dialect", "sqlite")
    done = run("equiv", *sides)
    assert done.returncode == code, done.stderr
    assert verdict in done.stdout.splitlines()[0]
    assert "WHERE t.a > 1" in done.stdout
    assert run("equiv", *sides, "--out", str(target)).stdout == ""
    assert target.read_text() == done.stdout


BAD_PAIRS = {
    "no SQL": pair("SELEC a FROM t", "SELECT a FROM t"),
    "no such table": pair("SELECT a FROM nowhere", "SELECT a FROM t"),
    "ambiguous": pair("SELECT a FROM t CROSS JOIN t AS u", "SELECT a FROM t"),
    "two statements": pair("SELECT a FROM t; SELECT a FROM t", "SELECT a FROM t"),
    "no query": pair("DELETE FROM t", "SELECT a FROM t"),
    "contradiction": pair("SELECT 1", "SELECT 1", "CREATE TABLE t (a integer, a text);"),
    "no JSON": "{\n",
}


def test_a_bad_pair_has_its_reason_and_the_rest_goes_on(tmp_path: Path):
    good = pair("SELECT a FROM t", "SELECT a FROM t")
    done = run("equiv", "--pairs", pairs(tmp_path, *BAD_PAIRS.values(), good))
    *bad, last = map(json.loads, done.stdout.splitlines())
    assert (last["verdict"], done.returncode) == ("equivalent", 0)
    assert len(bad) == len(BAD_PAIRS)
    for name, answer in zip(BAD_PAIRS, bad, strict=True):
        assert (answer["verdict"], len(answer["reasons"])) == ("undecided", 1), name
        assert "\n" not in answer["reasons"][0]


MISTAKES = {
    "no project": (("inspect", "{tmp}"), "no Django project found"),
    "no queryset": (("translate", BOOKSHOP), "--queryset"),
    "malformed variable": (("inspect", BOOKSHOP, "--env", "NOVALUE"), "K=V"),
    "no such file": (("equiv", "--pairs", "{tmp}/none.jsonl"), "does not exist"),
    "half a pair": (("equiv", "--left", "SELECT 1"), "--right"),
    "a pair and a file": (("equiv", "--pairs", "{tmp}/bad.jsonl", "--left", "SELECT 1"), "or --left"),
    "no schema": (("equiv", "--left", "SELECT 1", "--right", "SELECT 1", "--schema", "{tmp}/none.sql"), "none.sql"),
    "no query": (("equiv", "--left", "SELEC 1", "--right", "SELECT 1", "--schema", "{tmp}/schema.sql"), "left: error"),
    "unknown command": (("frobnicate",), "frobnicate"),
    "settings that are not there": (("inspect", BOOKSHOP, "--settings", "nowhere.settings"), "nowhere"),
    "an interpreter that is not there": (("inspect", BOOKSHOP, "--python", "/nonexistent/python"), "/nonexistent"),
    "nothing readable": (("equiv", "--pairs", "{tmp}/bad.jsonl"), "no pair of it"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_a_message_and_exit_code_2(tmp_path: Path, name: str):
    (tmp_path / "bad.jsonl").write_text("{\n")
    (tmp_path / "schema.sql").write_text(SCHEMA)
    arguments, said = MISTAKES[name]
    done = run(*(argument.replace("{tmp}", str(tmp_path)) for argument in arguments))
    assert done.returncode == 2, done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_is_content():
    done = run("doctor")
    assert done.returncode == 0, done.stdout
    assert "Traceback" not in done.stderr
