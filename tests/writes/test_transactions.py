"""Writes of several statements: the text, real types, and both sides run on the same databases.

The expected TypeScript stands beside the expressions; ``WORKBENCH_UPDATE=1`` writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

import workbench as wb
from workbench.session.querysets.query import QueryView
from workbench.session.workbench import Workbench

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"
PROJECTS = {
    "bookshop": ROOT / "sample_projects" / "bookshop",
    "music": ROOT / "tests" / "targets" / "queries" / "projects" / "music",
}


def texts(topic: str) -> list[str]:
    return file_of(topic, "txt").read_text(encoding="utf-8").splitlines()


def file_of(topic: str, ending: str) -> Path:
    project, _, name = topic.partition("-")
    return CASES / project / "writes" / f"{name}.{ending}"


TOPICS = sorted(f"{file.parts[-3]}-{file.stem}" for file in CASES.glob("*/writes/*.txt"))
# Django writes 3 and Drizzle casts the text "3" to numeric inside of CASE: that both are one value is not proved
UNPROVED = {("ts", text) for text in texts("bookshop-several") if '["price"' in text}
EVERY = pytest.mark.parametrize("topic", TOPICS)


class Shown:
    """The views of all cases, each made once."""

    def __init__(self, shops: dict[str, Workbench], ending: str) -> None:
        self.shops, self.ending, self._views = shops, ending, dict[tuple[str, str], QueryView]()

    @property
    def shop(self) -> Workbench:
        return self.shops["bookshop"]

    def view(self, text: str, topic: str = "bookshop") -> QueryView:
        project = topic.partition("-")[0]
        if (project, text) not in self._views:
            self._views[project, text] = self.shops[project].query(text)
        return self._views[project, text]


@pytest.fixture(scope="module", params=["postgres", "sqlite"])
def shown(request: pytest.FixtureRequest) -> Iterator[Shown]:
    with ExitStack() as opened:
        shops = {name: opened.enter_context(wb.open(at, dialect=request.param)) for name, at in PROJECTS.items()}
        yield Shown(shops, "ts" if request.param == "postgres" else "sqlite.ts")


@EVERY
def test_the_text(shown: Shown, topic: str) -> None:
    written = "\n".join(f"// {text}\n{shown.view(text, topic).drizzle_body}\n" for text in texts(topic))
    expected = file_of(topic, shown.ending)
    if os.environ.get("WORKBENCH_UPDATE"):
        expected.write_text(written, encoding="utf-8")
    assert written == expected.read_text(encoding="utf-8")


@EVERY
def test_the_compiler_accepts_it(shown: Shown, topic: str) -> None:
    querying = shown.shops[topic.partition("-")[0]].querying
    codes = {text: shown.view(text, topic).drizzle_code for text in texts(topic)}
    errors = {text: querying.checker.query(querying.type_key, code).errors for text, code in codes.items()}
    assert {text: found for text, found in errors.items() if found} == {}


@EVERY
def test_both_leave_the_same_tables(shown: Shown, topic: str) -> None:
    verdicts = {text: shown.view(text, topic).verdict for text in texts(topic)}
    assert {text: verdict for text, verdict in verdicts.items() if verdict is None or verdict.word == "different"} == {}


@EVERY
def test_every_statement_is_proved_and_was_sent(shown: Shown, topic: str) -> None:
    verdicts = {text: shown.view(text, topic).verdict for text in texts(topic) if (shown.ending, text) not in UNPROVED}
    assert {text: verdict for text, verdict in verdicts.items() if verdict and verdict.word != "equivalent"} == {}


def test_what_is_not_proved_says_so(shown: Shown) -> None:
    for ending, text in UNPROVED:
        verdict = shown.view(text).verdict if ending == shown.ending else None
        assert verdict is None or verdict.word == "undecided"


WRONG = (
    ("Book.objects.get(pk=1).delete()", "db.transaction(async (tx) => tx.delete(book).where(eq(book.id, 1)))"),
    (
        "Customer.objects.filter(pk=1).delete()",
        "db.transaction(async (tx) => { await tx.delete(bookmark).where(eq(bookmark.customerId, 1)); })",
    ),
    ("Book(pk=1).tags.set([1, 2])", "db.insert(bookTags).values([{ bookId: 1, tagId: 1 }]).onConflictDoNothing()"),
    (
        'Tag(pk=7, name="x", slug="y").save(update_fields=["slug"])',
        "db.update(tag).set({ slug: 'y' }).where(eq(tag.id, 7))",
    ),
)


# each leaves out what Django does: the rows below, what an album's notes hang on, who else sings on it
WRONG_MUSIC = (
    (
        'Genre.objects.filter(name="x").delete()',
        """
        return db.transaction(async (tx) => {
          const ids = (await tx.select({ id: genre.id }).from(genre).where(eq(genre.name, "x"))).map((each) => each.id);
          const below = await tx.select({ id: genre.id }).from(genre).where(inArray(genre.parentId, ids));
          const all = [...ids, ...below.map((each) => each.id)];
          const lists = (await tx.select({ id: playlist.id }).from(playlist).where(inArray(playlist.genreId, all)));
          await tx.delete(track).where(inArray(track.playlistId, lists.map((each) => each.id)));
          await tx.delete(playlist).where(inArray(playlist.genreId, all));
          await tx.delete(genre).where(inArray(genre.id, all));
        });""",
    ),
    ("Album.objects.filter(pk__gt=0).delete()", "db.delete(album).where(gt(album.id, 0))"),
    ("Artist(pk=1).notes.clear()", "db.delete(note).where(eq(note.objectId, 1n))"),
    ("Artist(pk=1).playlists.clear()", "db.update(playlist).set({ ownerId: null })"),
)


@pytest.mark.parametrize(("text", "typescript"), [*WRONG, *WRONG_MUSIC])
def test_another_write_is_found_out(shown: Shown, text: str, typescript: str) -> None:
    project = "music" if (text, typescript) in WRONG_MUSIC else "bookshop"
    verdict = shown.shops[project].judge(shown.view(text, project), typescript).verdict
    assert verdict is not None and verdict.word == "different", verdict


def test_the_same_in_other_words_leaves_the_same_tables(shown: Shown) -> None:
    own = """
    return db.transaction(async (tx) => {
      const found = await tx.select({ id: tag.id }).from(tag).where(eq(tag.name, "x"));
      if (found.length === 0) await tx.insert(tag).values({ name: "x", slug: "" });
      return { created: found.length === 0 };
    });"""
    verdict = shown.shop.judge(shown.view('Tag.objects.get_or_create(name="x")'), own).verdict
    assert verdict is not None and verdict.word == "undecided"
    assert any("all tables were equal" in reason for reason in verdict.reasons), verdict


def test_a_document_that_is_written_back_is_no_equal_text_on_sqlite(shown: Shown) -> None:
    """Whether a generated row shows it (``different``) or not (``undecided``): never equivalent, and it says why."""
    for key in (1, 2):
        view = shown.view(f"artist = Artist.objects.get(pk={key}); artist.name = 'x'; artist.save()", "music")
        told = [note.thing for note in view.diagnostics if note.code == "query-nearly"]
        expected = ["songs_artist.likes"] if shown.ending == "sqlite.ts" else []
        assert view.verdict is not None
        assert (told, view.verdict.word == "equivalent") == (expected, not expected)
