"""Values of a call site are parameters of a function, and the verdict holds for any value of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import workbench as wb

CASES = (Path(__file__).parents[1] / "cases" / "bookshop" / "parameters.txt").read_text(encoding="utf-8").splitlines()
HALF = "Book.objects.filter(in_print=variable('in_print'), pages=variable('pages'))"


@pytest.fixture(scope="module")
def shop():
    with wb.open("sample_projects/bookshop") as opened:
        yield opened


@pytest.mark.parametrize("text", CASES)
def test_it_holds_for_any_value(shop, text):
    view = shop.query(text)
    assert view.drizzle_body.startswith(("export function", "const ")) and view.variants
    assert view.verdict.word == "equivalent", view.verdict
    names = [variant.name for variant in view.variants]
    (said,) = [line for line in view.verdict.assumptions if line.startswith("parameters $")]
    assert [name for name in names if f"${name}" not in said] == []


def test_the_code_calls_the_function_with_the_values_that_stand_in(shop):
    view = shop.query("Book.objects.filter(author=variable('author_id'))")
    assert "export function booksByAuthor(db: Db, { authorId }: { authorId: number }) {" in view.drizzle_code
    assert view.drizzle_code.endswith("export const query = (db: Db) => booksByAuthor(db, { authorId: 15 });\n")
    assert view.as_record()["drizzle"]["code"] == view.drizzle_code


def test_a_value_that_decides_the_text_is_no_parameter(shop):
    view = shop.query(HALF)
    assert [(note.code, note.thing) for note in view.diagnostics] == [("query-constant", "in_print")]
    assert [variant.name for variant in view.variants] == ["pages"]


def test_a_write_holds_for_any_value(shop):
    view = shop.query("Book.objects.filter(pk=variable('pk')).update(price=variable('price'))")
    assert "export function updateBooksById(db: Db, { id, price }: { id: number; price: string })" in view.drizzle_code
    assert view.verdict.word == "equivalent"
