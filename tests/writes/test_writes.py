"""Writes: the text, both sides run on the same rows, and TypeScript that writes something else is found out.

The expected TypeScript stands beside the expressions; ``WORKBENCH_UPDATE=1`` writes it anew.
"""

import os
from pathlib import Path

import pytest

import workbench as wb

HERE = Path(__file__).parent
TEXTS = (HERE / "bookshop.txt").read_text(encoding="utf-8").splitlines()
WRONG = (
    ("Review.objects.filter(pk=1).delete()", "db.delete(review)"),
    ("Review.objects.filter(pk=1).delete()", "db.delete(review).where(eq(review.id, 2))"),
    ("Review.objects.filter(stars=3).delete()", "db.delete(review).where(gte(review.stars, 3))"),
    ("Book.objects.update(pages=F('pages') + 1)", "db.update(book).set({ pages: 1, updatedAt: book.updatedAt })"),
    ("Book.objects.update(weight=None)", "db.update(book).set({ weight: null })"),  # the schema sets updatedAt anew
    (
        "Book.objects.filter(pages__gte=1).update(subtitle='a')",
        "db.update(book).set({ subtitle: 'a', updatedAt: book.updatedAt })",
    ),
    (
        "Tag.objects.create(name='x', slug='y')",
        "db.insert(tag).values({ name: 'y', slug: 'x' }).returning({ id: tag.id })",
    ),
    ("Tag.objects.create(name='x', slug='y')", "db.insert(tag).values({ name: 'x', slug: 'y' })"),
    ("Tag.objects.create(name='x')", "db.insert(tag).values({ name: 'x', slug: ' ' }).returning({ id: tag.id })"),
)
LIKEWISE = (
    (
        "Review.objects.filter(stars=3).delete()",
        "db.delete(review).where(and(gte(review.stars, 3), lte(review.stars, 3)))",
    ),
    (
        "Review.objects.filter(stars__in=[1, 2]).delete()",
        "db.delete(review).where(or(eq(review.stars, 2), eq(review.stars, 1)))",
    ),
    (
        "Book.objects.update(pages=F('pages') + 1)",
        "db.update(book).set({ pages: sql`1 + ${book.pages}`, updatedAt: book.updatedAt })",
    ),
)
REFUSED = (
    ("Tag.objects.bulk_create([])", "it writes nothing"),
    ("Tag.objects.create(nome=variable('x'))", "catalog.Tag has no such field"),
    ("instance(Tag, 'tag').save()", "what its columns hold is known only while the code runs"),
    ("Book.objects.filter(nome=1).delete()", "Cannot resolve keyword 'nome' into field"),
)


@pytest.fixture(scope="module")
def shop():
    with wb.open("sample_projects/bookshop") as opened:
        yield opened


@pytest.fixture(scope="module")
def views(shop):
    return {text: shop.query(text) for text in TEXTS}


def test_the_text(views):
    written = "\n".join(f"// {text}\n{view.drizzle_body}\n" for text, view in views.items())
    if os.environ.get("WORKBENCH_UPDATE"):
        (HERE / "bookshop.ts").write_text(written, encoding="utf-8")
    assert written == (HERE / "bookshop.ts").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", TEXTS)
def test_both_leave_the_same_rows(views, text):
    view = views[text]
    assert (view.verdict.word, view.diagnostics) == ("equivalent", ()), view.verdict


@pytest.mark.parametrize("text", TEXTS)
def test_the_compiler_accepts_it(shop, views, text):
    querying = shop.querying
    assert querying.checker.query(querying.type_key, views[text].drizzle_code).errors == ()


@pytest.mark.parametrize(("text", "typescript"), WRONG)
def test_another_write_is_different(shop, text, typescript):
    verdict = shop.judge(shop.query(text), typescript).verdict
    assert verdict.word == "different", verdict
    assert verdict.witnesses[0].left != verdict.witnesses[0].right


@pytest.mark.parametrize(("text", "typescript"), LIKEWISE)
def test_the_same_write_in_other_words_is_equivalent(shop, text, typescript):
    assert shop.judge(shop.query(text), typescript).verdict.word == "equivalent"


@pytest.mark.parametrize(("text", "fact"), REFUSED)
def test_what_is_not_translated_says_why(shop, text, fact):
    (diagnostic,) = shop.query(text).diagnostics
    assert fact in diagnostic.fact
