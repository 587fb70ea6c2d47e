"""``explain()``: what asks the database for its plan, the query's own verdict, and the plans of both sides."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import workbench as wb
from tests.targets.queries.conftest import PROJECTS
from workbench.session.workbench import Workbench

BY_NAME = 'Artist.objects.filter(name=variable("name")).prefetch_related("notes").explain()'
ASKED = {
    "postgres": {
        "Artist.objects.filter(pk=1).explain()": (
            "db.execute(sql`EXPLAIN ${db.select().from(artist).where(eq(artist.id, 1))}`)"
        ),
        "Artist.objects.explain(analyze=True, format='json')": (
            "db.execute(sql`EXPLAIN (ANALYZE true, FORMAT json) ${db.select().from(artist)}`)"
        ),
        BY_NAME: """\
export function artistsByName(db: Db, { name }: { name: string }) {
  return db.execute(sql`EXPLAIN ${db.select().from(artist).where(eq(artist.name, name))}`);
}""",
    },
    "sqlite": {
        "Artist.objects.filter(pk=1).explain()": (
            "db.all(sql`EXPLAIN QUERY PLAN ${db.select().from(artist).where(eq(artist.id, 1)).getSQL()}`)"
        ),
    },
}


@pytest.fixture(scope="module", params=sorted(ASKED))
def shop(request: pytest.FixtureRequest) -> Iterator[Workbench]:
    with wb.open(PROJECTS[1] / "music", dialect=request.param) as opened:
        yield opened


def test_the_plan_is_asked_for_and_the_query_is_judged(shop: Workbench) -> None:
    for text, written in ASKED[shop.backend.dialect].items():
        view = shop.query(text)
        assert view.drizzle_body == written
        assert view.verdict is not None and view.verdict.word == "equivalent"
        assert [(note.code, note.fidelity) for note in view.diagnostics] == [("queryset-explain", "note")]
        assert view.plan is not None and view.plan.same and "songs_artist" in view.plan.django
        assert view.plan.django in str(view)
        assert shop.querying.checker.query(shop.querying.type_key, view.drizzle_code).errors == ()


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Artist.objects.none().explain()", "Django knows that no row matches, and raises EmptyResultSet"),
        ("Artist.objects.explain(nonsense=True)", "line 1 (ValueError: Unknown options: nonsense)"),
    ],
)
def test_what_has_no_plan_says_why(shop: Workbench, text: str, fact: str) -> None:
    (note,) = shop.query(text).diagnostics
    assert note.fact.casefold() == fact.casefold()
