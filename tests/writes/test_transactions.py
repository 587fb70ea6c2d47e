"""Writes of several statements: the text, real types, and both sides run on the same databases.

The expected TypeScript stands beside the expressions; ``WORKBENCH_UPDATE=1`` writes it anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench as wb
from workbench.session.querysets.query import QueryView
from workbench.session.workbench import Workbench

CASES = Path(__file__).parents[1] / "cases" / "bookshop" / "writes"


def texts(topic: str) -> list[str]:
    return (CASES / f"{topic}.txt").read_text(encoding="utf-8").splitlines()


TOPICS = sorted(file.stem for file in CASES.glob("*.txt"))
# Django writes 3 and Drizzle casts the text "3" to numeric inside of CASE: that both are one value is not proved
UNPROVED = {("ts", text) for text in texts("several") if '["price"' in text}
EVERY = pytest.mark.parametrize("topic", TOPICS)


class Shown:
    """The views of all cases, each made once."""

    def __init__(self, shop: Workbench, ending: str) -> None:
        self.shop, self.ending, self._views = shop, ending, dict[str, QueryView]()

    def view(self, text: str) -> QueryView:
        if text not in self._views:
            self._views[text] = self.shop.query(text)
        return self._views[text]


@pytest.fixture(scope="module", params=["postgres", "sqlite"])
def shown(request: pytest.FixtureRequest) -> Iterator[Shown]:
    with wb.open("sample_projects/bookshop", dialect=request.param) as shop:
        yield Shown(shop, "ts" if request.param == "postgres" else "sqlite.ts")


@EVERY
def test_the_text(shown: Shown, topic: str) -> None:
    written = "\n".join(f"// {text}\n{shown.view(text).drizzle_body}\n" for text in texts(topic))
    expected = CASES / f"{topic}.{shown.ending}"
    if os.environ.get("WORKBENCH_UPDATE"):
        expected.write_text(written, encoding="utf-8")
    assert written == expected.read_text(encoding="utf-8")


@EVERY
def test_the_compiler_accepts_it(shown: Shown, topic: str) -> None:
    querying = shown.shop.querying
    errors = {t: querying.checker.query(querying.type_key, shown.view(t).drizzle_code).errors for t in texts(topic)}
    assert {text: found for text, found in errors.items() if found} == {}


@EVERY
def test_both_leave_the_same_tables(shown: Shown, topic: str) -> None:
    verdicts = {text: shown.view(text).verdict for text in texts(topic)}
    assert {text: verdict for text, verdict in verdicts.items() if verdict is None or verdict.word == "different"} == {}


@EVERY
def test_every_statement_is_proved_and_was_sent(shown: Shown, topic: str) -> None:
    verdicts = {text: shown.view(text).verdict for text in texts(topic) if (shown.ending, text) not in UNPROVED}
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


@pytest.mark.parametrize(("text", "typescript"), WRONG)
def test_another_write_is_found_out(shown: Shown, text: str, typescript: str) -> None:
    verdict = shown.shop.judge(shown.view(text), typescript).verdict
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
