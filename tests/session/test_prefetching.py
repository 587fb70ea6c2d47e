"""prefetch_related: each further query is a function of the keys found before it, judged for any of them."""

from __future__ import annotations

import pytest

import workbench as wb

NESTED = (
    "Author.objects.prefetch_related('books__tags', Prefetch('books__reviews', "
    "queryset=Review.objects.filter(stars__gte=3).order_by('-stars'), to_attr='good'))"
)
BODIES = {
    "books": "booksByAuthor(db: Db, { authorIds }: { authorIds: number[] })",
    "books__tags": "tagsByBookTagsBook(db: Db, { bookIds }: { bookIds: number[] })",
    "books__reviews": "reviewsByBook(db: Db, { bookIds }: { bookIds: number[] })",
}


@pytest.fixture(scope="module")
def shop():
    with wb.open("sample_projects/bookshop") as opened:
        yield opened


def test_each_is_a_function_of_keys(shop):
    view = shop.query(NESTED)
    assert view.verdict.word == "equivalent"
    assert [further.text for further in view.prefetches] == [f"prefetch_related: {path}" for path in BODIES]
    for further, head in zip(view.prefetches, BODIES.values(), strict=True):
        assert head in further.drizzle_body and "inArray(" in further.drizzle_body
        assert further.verdict.word == "equivalent" and further.types
        assert any("Ids_2 may hold any value" in line for line in further.verdict.assumptions)
    note, apart = view.diagnostics
    assert note.fact.startswith("4 queries: ") and apart.code == "query-relational"
    assert [part["queryset"] for part in view.as_record()["prefetches"]] == [f.text for f in view.prefetches]


def test_keys_of_what_a_foreign_key_leads_to(shop):
    author, tags = shop.query("Book.objects.prefetch_related('author', 'tags')").prefetches
    assert "authorsById(db: Db, { authorIds }: { authorIds: number[] })" in author.drizzle_body
    assert "bookId: bookTags.bookId" in tags.drizzle_body
    assert {author.verdict.word, tags.verdict.word} == {"equivalent"}


def test_types_stand_beside_their_outputs(shop):
    text = str(shop.query("Author.objects.prefetch_related('books')"))
    assert "id         │ BigAutoField  │      │ id         │ number" in text
