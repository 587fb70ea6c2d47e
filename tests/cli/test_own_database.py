"""``--database-url`` on the command line: exit codes, keys of the JSON, and no password anywhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_commands import BOOKSHOP, run
from tests.runtime.own_databases import state, url_of
from tests.session.own_bookshop import migrated_on
from workbench.runtime.postgres import Database, PostgresServer

DRIFTED = ["auth_group_permissions", "auth_user_groups", "auth_user_user_permissions"]  # Django's own


@pytest.fixture(scope="module")
def own() -> Iterator[Database]:
    with PostgresServer() as server:
        yield migrated_on(server, "own_bookshop")


@pytest.fixture(scope="module")
def url(own: Database) -> str:
    return url_of(own, "postgres", "hush/hush")


def test_inspect_tells_the_tables(own: Database, url: str, tmp_path: Path) -> None:
    before, target = state(own), tmp_path / "inspection.json"
    done = run("inspect", BOOKSHOP, "--database-url", url, "--json", str(target))
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    found = json.loads(target.read_text())
    assert {"django", "models", "database"} <= set(found)
    assert [table["table"] for table in found["database"] if table["verdict"] != "equivalent"] == DRIFTED
    assert found["database"][1]["witness"][0]["attribute"] == "column id: type"
    assert "hush" not in done.stderr + target.read_text() and state(own) == before


def test_translate_tells_the_rows(own: Database, url: str) -> None:
    before = state(own)
    texts = ("--queryset", "Book.objects.filter(price__gt=10)", "--queryset", "Book.objects.all().delete()")
    done = run("translate", BOOKSHOP, *texts, "--database-url", url)
    read, written = json.loads(done.stdout)
    assert [note["code"] for note in read["diagnostics"]] == ["database-rows-equal"]
    assert read["verdict"]["method"] == "normal form"
    assert "database" not in "".join(note["code"] for note in written["diagnostics"])
    assert "hush" not in done.stdout + done.stderr and state(own) == before


def test_check_has_a_kind_for_it(own: Database, url: str, tmp_path: Path) -> None:
    before, junit = state(own), tmp_path / "check.xml"
    done = run("check", BOOKSHOP, "--database-url", url, "--junit", str(junit))
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert found["summary"]["database"] == {"equivalent": 20, "different": 3}
    assert found["summary"]["model"] == {"equivalent": 23}
    assert "hush" not in done.stdout + done.stderr + junit.read_text() and state(own) == before
