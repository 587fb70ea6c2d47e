"""The same writes on SQLite: the text, and both sides run on the same rows; another write is found out.

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

HERE = Path(__file__).parent
TEXTS = (HERE / "bookshop.txt").read_text(encoding="utf-8").splitlines()
EXPECTED = HERE / "bookshop.sqlite.ts"
WRONG = (
    ("Review.objects.filter(stars=3).delete()", "db.delete(review).where(gte(review.stars, 3))"),
    ("Book.objects.update(pages=F('pages') + 1)", "db.update(book).set({ pages: 1, updatedAt: book.updatedAt })"),
    ("Book.objects.update(weight=None)", "db.update(book).set({ weight: null })"),  # the schema sets updatedAt anew
    (
        "Tag.objects.create(name='x', slug='y')",
        "db.insert(tag).values({ name: 'y', slug: 'x' }).returning({ id: tag.id })",
    ),
)


@pytest.fixture(scope="module")
def shop() -> Iterator[Workbench]:
    with wb.open("sample_projects/bookshop", dialect="sqlite") as opened:
        yield opened


@pytest.fixture(scope="module")
def views(shop: Workbench) -> dict[str, QueryView]:
    return {text: shop.query(text) for text in TEXTS}


def test_the_text(views: dict[str, QueryView]) -> None:
    written = "\n".join(f"// {text}\n{view.drizzle_body}\n" for text, view in views.items())
    if os.environ.get("WORKBENCH_UPDATE"):
        EXPECTED.write_text(written, encoding="utf-8")
    assert written == EXPECTED.read_text(encoding="utf-8")


def test_both_leave_the_same_rows_and_the_types_are_right(views: dict[str, QueryView]) -> None:
    found = {text: (view.verdict.word if view.verdict else "", len(view.types) > 0) for text, view in views.items()}
    assert {text: said for text, said in found.items() if said[0] != "equivalent"} == {}


@pytest.mark.parametrize(("text", "typescript"), WRONG)
def test_another_write_is_different(shop: Workbench, text: str, typescript: str) -> None:
    verdict = shop.judge(shop.query(text), typescript).verdict
    assert verdict is not None and verdict.word == "different"
