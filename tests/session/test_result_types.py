"""The type of every column beside what Django's field yields: what TypeScript says otherwise is a diagnostic."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import workbench as wb
from workbench.inspection.records import FieldRecord
from workbench.queries.query import Output
from workbench.runtime.typescript import CompilerError, QueryTypes
from workbench.session.querysets.python_types import PYTHON
from workbench.session.querysets.query import QueryView
from workbench.session.querysets.result_types import RULES, checked, typed

COLUMNS = "Book.objects.values('id', 'price', 'isbn', 'binding', 'publisher__name', 'created_at')"
GOOD = """
db
  .select({ id: book.id, price: book.price, isbn: book.isbn, binding: book.binding, name: publisher.name,
    at: book.createdAt })
  .from(book).leftJoin(publisher, eq(book.publisherId, publisher.id)).orderBy(asc(book.title))"""


@pytest.fixture(scope="module")
def shop() -> Iterator[wb.Workbench]:
    with wb.open("sample_projects/bookshop") as opened:
        yield opened


def said(output: Output, type: str, *fields: FieldRecord) -> list[str]:
    """The codes and facts of one column."""
    known = {f"a.B.{field.name}": field for field in fields}
    (column,) = checked([output], ["x"], [("x", type)])
    return [f"{found[0]}: {found[1]}" for rule in RULES if (found := rule(column, known))]


@pytest.mark.parametrize(
    ("kind", "nullable", "type", "expected"),
    [
        ("DecimalField", False, "string", []),
        ("DecimalField", False, "number", ["type-loss: Python has Decimal, TypeScript number: "]),
        ("DateTimeField", False, "Date", ["type-loss: Python has datetime, TypeScript Date: "]),
        ("BigIntegerField", False, "number", ["type-loss: Python has int, TypeScript number: "]),
        ("BigIntegerField", False, "bigint", []),
        ("CharField", True, "string", ["type-null: it may be None in Python, and its type has no null"]),
        ("CharField", False, "string | null", ["type-null: its type has null, and it is never None in Python"]),
        ("CharField", False, "number", ["type-other: Python has str, TypeScript number; string holds its values"]),
        ("BooleanField", False, "true | false", []),
        ("BinaryField", True, "Buffer<ArrayBufferLike> | null", []),
        ("JSONField", True, "unknown", []),
        ("JSONField", False, "{ a: number; }", []),
        ("ImageField", False, "string", []),
        ("an unknown kind", False, "Date", []),
    ],
)
def test_a_column(kind, nullable, type, expected):
    found = said(Output("x", kind, "a.B.x", nullable=nullable), type)
    assert len(found) == len(expected) and all(map(str.startswith, found, expected))


def test_an_outer_join_leaves_null():
    output = Output("name", "CharField", "a.B.name", nullable=True)
    (column,) = checked([output], ["shop.name"], [("shop", "{ name: string; } | null")])
    assert column.nullable
    assert [rule(column, {}) for rule in RULES] == [None] * len(RULES)


@pytest.mark.parametrize(
    ("type", "expected"),
    [
        ('"a" | "b"', []),
        ('"a"', ['type-choices: its union leaves out "b"']),
        ("string", ["type-choices: the field has choices, and its type is not a union of them"]),
    ],
)
def test_choices_are_a_union(type, expected):
    field = FieldRecord("x", "x", "x", "CharField", "CharField", choices=[("a", "A"), ("b", "B")])
    assert said(Output("x", "CharField", "a.B.x", nullable=False), type, field) == expected


def test_what_is_generated_has_the_types_of_the_fields(shop):
    view = shop.query(COLUMNS)
    assert [note for note in view.diagnostics if note.code.startswith("type-")] == []
    page = str(view)
    assert "Decimal  │ its digits as text" in page and "datetime │ as text, with" in page


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("book.price", "sql<number>`${book.price}::float8`", "type-loss catalog.Book.price"),
        ("book.createdAt", "sql<Date>`${book.createdAt}`", "type-loss catalog.Book.created_at"),
        ("book.isbn", "sql<string>`${book.isbn}`", "type-null catalog.Book.isbn"),
        ("book.isbn", "sql<string>`${book.isbn}`", "type-value catalog.Book"),
        ("book.binding", "sql<string>`${book.binding}`", "type-choices catalog.Book.binding"),
        ("publisher.name", "sql<string>`${publisher.name}`", "type-null catalog.Publisher.name"),
    ],
)
def test_a_persons_own_types_are_checked(shop, old, new, expected):
    view = shop.query(COLUMNS)
    assert [note.code for note in shop.judge(view, GOOD).diagnostics if note.code.startswith("type-")] == []
    wrong = shop.judge(view, GOOD.replace(old, new, 1))
    assert expected in [f"{note.code} {note.thing}" for note in wrong.diagnostics]


def test_every_kind_of_field_has_a_row(shop):
    kinds = {field.kind for model in shop.inspection.models for field in model.fields if field.column}
    assert kinds - {"ForeignKey", "OneToOneField"} <= set(PYTHON)


def test_sums_and_lags_of_sqlite_may_be_null():
    with wb.open("sample_projects/bookshop", dialect="sqlite") as shop:
        view = shop.query('Author.objects.annotate(total=Sum("books__price"), most=Max("books__weight"))')
        types = dict(view.types)
        assert (types["total"], types["most"]) == ("string | null", "number | null")
        assert [note for note in view.diagnostics if note.code.startswith("type-")] == []


def test_code_that_does_not_compile_says_so_at_its_line():
    view = QueryView("Book.objects.all()", None, "one;\n  two;\n")
    (note,) = typed(view, QueryTypes((CompilerError("query.ts", 2, 3, 2304, "Cannot find name 'two'."),))).diagnostics
    assert str(note) == "Drizzle: error [typescript-error] two;: TS2304: Cannot find name 'two'."
