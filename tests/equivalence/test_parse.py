"""Reading queries: what is refused says so in one line, and names resolve as the dialect folds them."""

from __future__ import annotations

import pytest

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Catalog
from workbench.diagnostic import WorkbenchError
from workbench.equivalence import Shared, parse_query
from workbench.equivalence.normal_form import normal_form


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT id FROM book WHERE", "query: error [query.unreadable] SELECT id FROM book WHERE: does not parse"),
        (
            "SELECT 1; SELECT 2",
            "SELECT 1; SELECT 2: 2 statements; exactly one is compared",
        ),
        ("DELETE FROM book", "query: error [query.unreadable] DELETE FROM book: not a SELECT or a set operation"),
        ("SELECT id FROM novel", "query: error [query.unreadable] novel: a table that the schema lacks"),
        ("SELECT id FROM book, author", "id: an ambiguous column: book, author have it"),
        (
            "SELECT a.id, (SELECT COUNT(a.id) FROM book b) FROM book a",
            'COUNT("q1"."id"): an aggregate of columns of an outer query alone, which SQL takes for one of that query',
        ),
        (
            "SELECT x FROM book x CROSS JOIN book y WHERE x.id = 1",
            "x: a whole row as one value, which is not compared: its columns would be",
        ),
        ("SELECT count(DISTINCT x) FROM book x", "x: a whole row as one value"),
        ("SELECT nothing FROM book", "nothing: a column that no table in its place has"),
        ("", "0 statements; exactly one is compared"),
    ],
)
def test_refused(sql: str, message: str, bookshop: Catalog) -> None:
    with pytest.raises(WorkbenchError) as caught:
        parse_query(sql, bookshop, "postgres")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_value_too_few_is_refused(bookshop: Catalog) -> None:
    with pytest.raises(WorkbenchError, match="the query has this parameter and 1 values"):
        parse_query("SELECT id FROM book WHERE price > %s AND pages = %s", bookshop, "postgres", "format", [1])


def test_percent_signs_and_numbers_of_placeholders(bookshop: Catalog) -> None:
    query = parse_query("SELECT id FROM book WHERE title LIKE 'a%%' AND pages = %s", bookshop, "postgres", "format")
    assert query.parameters == ("1",)
    assert "'a%'" in query.tree.sql("postgres")


def test_bound_values_are_literals_and_shared_ones_stay_free(bookshop: Catalog) -> None:
    sql = "SELECT id FROM book WHERE pages = $1 LIMIT $2"
    bound = parse_query(sql, bookshop, "postgres", "dollar", [Shared("pages", 3), 5])
    assert bound.parameters == ("pages",)
    assert bound.tree.sql("postgres").endswith("LIMIT 5")


def test_a_position_may_mean_a_subquery_without_a_name(bookshop: Catalog) -> None:
    inner = "(SELECT max(price) FROM book WHERE author_id = author.id)"
    by_position = parse_query(f"SELECT {inner}, count(*) FROM author GROUP BY 1", bookshop, "postgres", "dollar")
    named = parse_query(f"SELECT {inner} AS m, count(*) FROM author GROUP BY m", bookshop, "postgres", "dollar")
    assert normal_form(by_position).text == normal_form(named).text


def test_an_inner_output_without_a_name_is_called_as_its_function(bookshop: Catalog) -> None:
    inner = "SELECT max(pages + %s), count(*) FROM book"
    query = parse_query(f"SELECT f.count, f.max FROM ({inner}) f", bookshop, "postgres", bindings=(7,))
    assert (query.outputs, query.parameters) == (("count", "max"), ())
    assert "+ 7" in query.tree.sql("postgres")
    with pytest.raises(WorkbenchError, match="max: a column that no table in its place has"):
        parse_query(f"SELECT f.max FROM ({inner.replace('max', 'sqrt')}) f", bookshop, "postgres", bindings=(7,))
    for unclear in ("lower(title), lower(slug)", "*, lower(title)"):
        with pytest.raises(WorkbenchError, match="lower: a column that no table in its place has"):
            parse_query(f"SELECT f.lower FROM (SELECT {unclear} FROM book) f", bookshop, "postgres")


def test_returning_names_a_type(bookshop: Catalog) -> None:
    written = "SELECT JSON_OBJECT('a' VALUE {title} RETURNING {type}) FROM book"
    forms = {
        (title, type): normal_form(parse_query(written.format(title=title, type=type), bookshop, "postgres")).text
        for title in ("title", "book.title")
        for type in ("JSONB", "jsonb", "JSON")
    }
    assert len(set(forms.values())) == 2
    assert forms["title", "JSONB"] == forms["book.title", "jsonb"] != forms["title", "JSON"]


def test_postgres_folds_what_is_not_quoted(bookshop: Catalog) -> None:
    one, other = (
        normal_form(parse_query(sql, bookshop, "postgres", "dollar")).text
        for sql in ("SELECT B.ID FROM BOOK AS B WHERE B.Price > 1", 'select "x"."id" from "book" "x" where 1 < price')
    )
    assert one == other


def test_sqlite_compares_names_without_case() -> None:
    catalog = read_ddl('CREATE TABLE "Book" ("Id" integer NOT NULL PRIMARY KEY, "Title" text)', "sqlite")
    query = parse_query('SELECT id, "TITLE" FROM book WHERE Title = ?', catalog, "sqlite", "qmark")
    assert (query.outputs, query.parameters) == (("id", "title"), ("1",))
