"""Relational queries of Drizzle are offered where they give the same; what Drizzle 0.45 does to nested values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

import workbench as wb
from workbench.session.querysets.relating import RelationalView, tried
from workbench.targets.drizzle.nested import render_relational, through_json
from workbench.targets.drizzle.types import POSTGRES

OFFERED = {
    "Review.objects.select_related('reviewer')": (
        "db.query.review.findMany({ orderBy: desc(review.createdAt), with: { reviewer: true } })"
    ),
    "Publisher.objects.select_related('parent__parent')": (
        "db.query.publisher.findMany({\n"
        "  orderBy: asc(publisher.name),\n"
        "  with: { parent: { with: { parent: true } } },\n"
        "})"
    ),
}
KEPT_APART = {
    "Author.objects.prefetch_related('books')": (
        "book.price: nested rows are read as JSON, whose numbers are doubles: digits are lost, "
        "9007199254740993.10 is 9007199254740994"
    ),
    "User.objects.prefetch_related('customer')": (
        "customer.signature: nested rows are read as JSON, which has no bytes: they are text"
    ),
    "Book.objects.prefetch_related('tags')": (
        "tags: a relational query goes through the table in between: its rows would be rows of that table"
    ),
    "Book.objects.select_related('author').filter(author__name='x')": (
        "where: it names author, and a relational query knows its own table's columns only"
    ),
    "Author.objects.annotate(n=Count('books')).prefetch_related('contributions_to__reviews')": (
        "contributions_to: a relational query goes through the table in between: its rows would be rows of that table"
    ),
    "Publisher.objects.prefetch_related(Prefetch('imprints', to_attr='own'))": (
        "own: a relational query calls related rows by their relation's name"
    ),
    "User.objects.select_related('customer')": "customer: it is followed against its foreign key",
}


@pytest.fixture(scope="module")
def shop() -> Iterator[wb.Workbench]:
    with wb.open("sample_projects/bookshop") as opened:
        yield opened


@pytest.mark.parametrize("text", OFFERED)
def test_it_stands_beside_the_flat_form(shop, text):
    view = shop.query(text)
    assert (view.verdict.word, view.relational.body) == ("equivalent", OFFERED[text])
    assert view.relational.row and all(level.rows for level in view.relational.levels)
    page = " ".join(str(view).split())
    assert "Another form: one relational query" in page and "nothing is proved" in page
    assert view.as_record()["relational"]["sql"].startswith("select ")


@pytest.mark.parametrize("text", KEPT_APART)
def test_it_is_not_offered_where_values_would_differ(shop, text):
    view = shop.query(text)
    (note,) = (note for note in view.diagnostics if note.code == "query-relational")
    assert (view.relational, note.fact) == (None, f"no relational query (db.query): {KEPT_APART[text]}")


@pytest.mark.parametrize(
    ("text", "builder", "attribute"),
    [
        ("OrderLine.objects.prefetch_related('order__lines')", "numeric", "unit_price"),
        ("User.objects.prefetch_related('customer')", "bytea", "signature"),
    ],
)
def test_the_reasons_are_measured(shop, monkeypatch, text, builder, attribute):
    """Without its row in the table, the run itself refuses: Drizzle's nested values are not Django's."""
    monkeypatch.setitem(through_json.THROUGH_JSON, builder, through_json._SAME)
    view = shop.query(text)
    rendering = render_relational(view.query, shop.catalog, shop.names)
    found = tried(shop.querying, view, rendering)
    assert isinstance(found, str) and f", {attribute}: " in found


def test_every_type_of_a_column_has_a_row_or_a_reason():
    """Without a row there is a reason, made of the builder's name; these are the ones that have none."""
    without = {row.builder for row in POSTGRES.values() if not row.custom} - set(through_json.THROUGH_JSON)
    assert without == {"bigint"}  # decided by its mode


def test_a_wrong_relational_query_is_seen(shop):
    """A relational query that forgets the order is refused by the rows."""
    view = shop.query("Review.objects.select_related('reviewer')")
    rendering = render_relational(view.query, shop.catalog, shop.names)
    wrong = replace(rendering, code=rendering.code.replace("orderBy: desc(review.createdAt), ", ""))
    assert isinstance(tried(shop.querying, view, rendering), RelationalView)
    assert str(tried(shop.querying, view, wrong)).startswith("result › position")
