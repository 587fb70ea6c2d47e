"""``raw()``: SQL written by hand as a typed template: the text, real types, and the rows of both sides.

The expected TypeScript stands beside the expressions; ``WORKBENCH_UPDATE=1`` writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

import workbench as wb
from tests.targets.queries.conftest import CASES, PROJECTS
from workbench.session.workbench import Workbench

FOLDER = CASES / "raw" / "music"
TEXTS = (FOLDER / "rows.txt").read_text(encoding="utf-8").splitlines()
ENDINGS = {"postgres": "ts", "sqlite": "sqlite.ts"}
DECLINED = {
    'Artist.objects.raw("SELECT name FROM songs_artist")': (
        "it does not give id, a primary key: Django makes no instance without it"
    ),
    'Artist.objects.raw("SELECT a.*, b.* FROM songs_artist a, songs_album b")': (
        "it gives 2 columns of the name id, of which a row holds one"
    ),
    'Artist.objects.raw("DELETE FROM songs_artist RETURNING *")': "it is no SELECT: what else it does is not seen",
    'Artist.objects.raw("SELECT * FROM songs_artist")[0]': (
        "it runs SQL written by hand, and the expression goes on with its rows"
    ),
    'Artist.objects.raw("SELECT * FROM songs_artist WHERE lower(name) = %s", [variable("x")])': (
        "what it holds is known only while the code runs, and SQL written by hand does not say its type"
    ),
}


@pytest.fixture(scope="module", params=["postgres", "sqlite"])
def shop(request: pytest.FixtureRequest) -> Iterator[Workbench]:
    with wb.open(PROJECTS[1] / "music", dialect=request.param) as opened:
        yield opened


def test_the_text(shop: Workbench) -> None:
    written = "\n".join(f"// {text}\n{shop.query(text).drizzle_body}\n" for text in TEXTS)
    expected = FOLDER / f"rows.{ENDINGS[shop.backend.dialect]}"
    if os.environ.get("WORKBENCH_UPDATE"):
        expected.write_text(written, encoding="utf-8")
    assert written == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", TEXTS)
def test_the_rows_and_the_types_are_right(shop: Workbench, text: str) -> None:
    view = shop.query(text)
    assert view.verdict is not None and view.verdict.word == "equivalent", view.verdict
    assert len(view.types) == len(view.query.outputs) > 0 if view.query else False
    assert shop.querying.checker.query(shop.querying.type_key, view.drizzle_code).errors == ()


@pytest.mark.parametrize(("text", "fact"), DECLINED.items())
def test_what_is_not_translated_says_why(shop: Workbench, text: str, fact: str) -> None:
    view = shop.query(text)
    assert (view.drizzle_code, [note.fact for note in view.diagnostics]) == ("", [fact])


def test_call_sites_are_found_with_their_values(shop: Workbench) -> None:
    views = [shop.query(site.expression) for site in shop.inspection.call_sites]
    words = [view.verdict.word if view.verdict else view.diagnostics[0].fact for view in views]
    assert words == ["equivalent", "equivalent", "the SQL itself is known only while the code runs"]
    whole = "bigint" if shop.backend.dialect == "sqlite" else "number"  # what its driver binds as an integer
    assert f"export function artists(db: Db, {{ pk }}: {{ pk: {whole} }}) {{" in views[0].drizzle_body
    assert "export function artists(db: Db, { q }: { q: string }) {" in views[1].drizzle_body


def test_an_order_that_is_no_column_is_not_promised(shop: Workbench) -> None:
    view = shop.query('Artist.objects.raw("SELECT id, name FROM songs_artist ORDER BY lower(name)")')
    assert view.verdict is not None and view.verdict.word == "undecided"
    assert [note.code for note in view.diagnostics] == ["query-nearly"]


def test_other_sql_is_found_out(shop: Workbench) -> None:
    view = shop.query(TEXTS[0])
    own = "db.select().from(artist).where(eq(artist.id, 4))"
    verdict = shop.judge(view, own).verdict
    assert verdict is not None and verdict.word == "different"
