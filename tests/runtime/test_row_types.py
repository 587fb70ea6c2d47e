"""Types that the compiler prints, read; values that are of them, and that are not."""

from __future__ import annotations

import pytest

from workbench.runtime.row_types import Listed, OneOf, Plain, Record, at_path, printed, read_type
from workbench.runtime.row_values import stray

ROW = '{ id: number; binding: "a|b" | "c"; shop: { name: string | null; } | null; books: { price: string; }[]; }'


def test_a_row_is_read():
    row = read_type(ROW)
    assert isinstance(row, Record)
    assert row.properties["binding"] == OneOf((Plain('"a|b"'), Plain('"c"')))
    assert row.properties["books"] == Listed(Record({"price": Plain("string")}))
    assert read_type("(string | null)[]") == Listed(OneOf((Plain("string"), Plain("null"))))
    assert read_type("Buffer<ArrayBufferLike> | null") == OneOf((Plain("Buffer<ArrayBufferLike>"), Plain("null")))


@pytest.mark.parametrize("text", ["(a: string) => void", "A & B", "{ [key: string]: number; }", "", "keyof T"])
def test_what_is_not_known_stays_as_it_is(text):
    assert read_type(text) == Plain(text)
    assert stray(None, read_type(text)) == ""


def test_an_object_on_the_way_may_be_missing():
    row = read_type(ROW)
    assert at_path(row, ("shop", "name")) == (OneOf((Plain("string"), Plain("null"))), True)
    assert at_path(row, ("id",)) == (Plain("number"), False)
    assert at_path(row, ("nothing",)) == (None, False)


def number(text: str) -> dict[str, str]:
    return {"$": "js-number", "v": text}


def js(**values: object) -> dict[str, object]:
    return {"$": "js-object", "v": values}


GOOD = js(id=number("1"), binding="c", shop=None, books=[js(price="1.50")])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, ""),
        ({"id": "1"}, 'id: a string, "1"'),
        ({"id": None}, "id: null"),
        ({"binding": "d"}, 'binding: a string, "d"'),
        ({"shop": js(name=None)}, ""),
        ({"shop": js(name=number("1"))}, "shop.name: a number, 1"),
        ({"books": [js(price=number("1.5"))]}, "books[0].price: a number, 1.5"),
        ({"books": None}, "books: null"),
        ({"more": 1}, ".more: a property that its type does not have"),
    ],
)
def test_a_value_is_of_its_type_or_told(change, said):
    assert stray({"$": "js-object", "v": {**GOOD["v"], **change}}, read_type(ROW)) == said


@pytest.mark.parametrize(
    ("value", "type", "good"),
    [
        ({"$": "js-bigint", "v": "5"}, "bigint", True),
        (number("5"), "bigint", False),
        (number("5"), "1 | 5", True),
        (number("5"), "1 | 2", False),
        ({"$": "js-bigint", "v": "5"}, "5n", True),
        ({"$": "js-date", "v": "2024-01-01T00:00:00.000Z"}, "Date", True),
        ("2024-01-01", "Date", False),
        ({"$": "bytes", "v": "00"}, "Buffer<ArrayBufferLike>", True),
        (True, "boolean", True),
        (True, "false", False),
        ([None], "(string | null)[]", True),
        (["a", number("1")], "string[]", False),
        (js(a=1), "unknown", True),
    ],
)
def test_every_kind(value, type, good):
    assert (stray(value, read_type(type)) == "") is good


def test_it_is_printed_over_lines():
    assert printed(read_type("{ a: { b: string; }[]; c: number | null; }")) == (
        "{\n  a: {\n    b: string;\n  }[];\n  c: number | null;\n}"
    )
