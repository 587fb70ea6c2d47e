"""``workbench check --sign-in`` from end to end: a project, its users made by Django, real Better Auth in Node."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

from tests.cli.test_commands import BOOKSHOP, run


def test_check_signs_in_and_reports_it_as_a_kind(tmp_path: Path):
    report, junit = tmp_path / "check.json", tmp_path / "check.xml"
    done = run("check", BOOKSHOP, "--sign-in", "--json", str(report), "--junit", str(junit))
    assert done.returncode == 0, done.stderr
    found = json.loads(report.read_text())
    assert set(found["summary"]) == {"model", "schema", "query", "typescript", "permission", "guard", "sign-in"}
    items = {item["id"]: item for item in found["items"] if item["kind"] == "sign-in"}
    assert {item["verdict"] for item in items.values()} == {"equivalent"}
    hashers = {name for name in items if name.startswith("hasher ")}
    assert hashers == {
        f"hasher {name}" for name in ("pbkdf2_sha256", "pbkdf2_sha1", "argon2", "bcrypt_sha256", "scrypt")
    }
    assert {"user: inactive", "sign-in: requireSession()", "sign-in: requireSiteAdmin()", "sign-in: cut hashes"} <= set(
        items
    )
    cases = ElementTree.parse(junit).getroot().findall(".//testcase[@classname='sign-in']")
    assert {case.get("name") for case in cases} == set(items)


def test_sign_in_is_of_a_project(tmp_path: Path):
    recorded = tmp_path / "recorded.jsonl"
    recorded.write_text("")
    done = run("check", BOOKSHOP, "--sign-in", "--recorded", str(recorded))
    assert done.returncode == 2
    assert "--sign-in tries the users of a PROJECT, without --recorded" in done.stderr
