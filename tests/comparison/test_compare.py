"""``wb.compare`` shows two queries, their clauses and the verdict; ``shop.compare`` does so for two querysets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench as wb
from workbench.catalog.ddl import read_ddl

SCHEMA = "CREATE TABLE t (id integer PRIMARY KEY, a integer NOT NULL, b integer);"
BOOKSHOP = Path(__file__).parents[2] / "sample_projects" / "bookshop"


@pytest.mark.parametrize("dialect", ["postgres", "sqlite"])
def test_a_difference_shows_its_clause_and_its_witness(dialect: str) -> None:
    found = wb.compare("SELECT id FROM t WHERE a > 1", "SELECT x.id FROM t x WHERE x.a >= 1", SCHEMA, dialect)
    assert isinstance(found.verdict, wb.Different)
    shown = found.to_text().splitlines()
    assert "WHERE t.a > 1 │ ≠ │ WHERE t.a >= 1" in shown
    assert "▸ Replay it as SQL" in shown
    assert f"On this {dialect} database the answers differ:" in shown
    assert "test_queries_differ" in found.to_html()
    assert found.to_html().count('class="wb-changed"') == 1


def test_equal_queries_show_their_proof() -> None:
    found = wb.compare("SELECT count(a) FROM t", "SELECT count(*) FROM t", read_ddl(SCHEMA, "sqlite"), "sqlite")
    assert isinstance(found.verdict, wb.Equivalent)
    assert "  1. count not null, using t.a NOT NULL" in found.to_text().splitlines()


def test_values_come_with_the_texts() -> None:
    sides = ("SELECT id FROM t WHERE a = %s", "SELECT id FROM t WHERE a = $1")
    same = wb.compare(*sides, SCHEMA, "sqlite", params=([1], [1]))
    other = wb.compare(*sides, SCHEMA, "sqlite", params=([1], [2]))
    assert (same.verdict.word, other.verdict.word) == ("equivalent", "different")


@pytest.mark.parametrize(
    ("left", "schema", "said"),
    [
        ("SELECT nothing FROM t", SCHEMA, "left: error"),
        ("SELECT id FROM t", "CREATE TABLE t (id integer NOT NULL CHECK (id > 1 AND id < 0));", "t"),
        ("SELECT id FROM t", "nonsense", "nonsense"),
    ],
)
def test_what_cannot_be_read_is_said(left: str, schema: str, said: str) -> None:
    with pytest.raises(wb.WorkbenchError, match=said):
        wb.compare(left, "SELECT id FROM t", schema, "sqlite")


@pytest.fixture(scope="module")
def shop() -> Iterator[wb.Workbench]:
    with wb.open(BOOKSHOP) as opened:
        yield opened


def test_chained_and_combined_filters_along_many_rows_differ(shop: wb.Workbench) -> None:
    found = shop.compare(
        "Author.objects.filter(books__price__gt=20).filter(books__in_print=True)",
        "Author.objects.filter(books__price__gt=20, books__in_print=True)",
    )
    assert found.verdict.word == "different"
    assert [pairing.change for pairing in found.pairings if pairing.change != "same"] == [
        "left only",
        "left only",
        "changed",
    ]


def test_two_ways_to_say_that_none_exists_are_equal(shop: wb.Workbench) -> None:
    found = shop.compare(
        "Author.objects.filter(books=None)",
        "Author.objects.filter(~Exists(Book.objects.filter(author=OuterRef('pk'))))",
    )
    assert found.verdict.word == "equivalent"


@pytest.mark.parametrize("wrong", ["Author.objects.update(name=1)", "Author.objects.filter(colour=1)"])
def test_what_is_no_query_is_said(shop: wb.Workbench, wrong: str) -> None:
    with pytest.raises(wb.WorkbenchError):
        shop.compare("Author.objects.all()", wrong)
