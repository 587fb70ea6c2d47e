"""A database of the user's beside a session: drift of its tables, witnesses in its rows, and nothing ever written."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import workbench as wb
from tests.runtime.own_databases import state, url_of
from tests.session.own_bookshop import BOOKSHOP, migrated, migrated_on
from workbench.diagnostic import WorkbenchError
from workbench.runtime.own_reading import MOST_ROWS
from workbench.runtime.postgres import Database, PostgresServer
from workbench.session.opening import checker, worker
from workbench.session.own.comparing import MANY
from workbench.session.own.rows import METHOD
from workbench.session.own.tables import EXTRA, VIEW
from workbench.session.querysets.judging import judge_query
from workbench.session.querysets.query import QueryView
from workbench.session.workbench import Workbench
from workbench.verdict import AttributeWitness, DatabaseWitness, Different, Undecided

# Django's migrations give the keys of auth's own tables between models the project's type, its models do not
AUTH = {"auth_group_permissions", "auth_user_groups", "auth_user_user_permissions"}


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """The server of the user's databases: not the session's own."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(scope="module")
def own(server: PostgresServer) -> Database:
    """The database that the bookshop's migrations and fixtures make."""
    return migrated_on(server, "own_bookshop")


@pytest.fixture(scope="module")
def shop(own: Database) -> Iterator[Workbench]:
    with wb.open(BOOKSHOP, database_url=url_of(own)) as opened:
        yield opened


@pytest.fixture
def copy(server: PostgresServer, own: Database) -> Iterator[Database]:
    """The same, for a test that changes it."""
    with server.connect() as connection:
        connection.execute(f"CREATE DATABASE copied TEMPLATE {own.name}".encode())
    database = replace(own, name="copied")
    yield database
    database.drop()


@pytest.fixture(scope="module", autouse=True)
def _processes() -> Iterator[None]:
    yield
    for shared in (worker, checker):
        shared().close()


def change(database: Database, *statements: str) -> None:
    with database.connect() as connection:
        for statement in statements:
            connection.execute(statement.encode())


def notes(view: QueryView) -> dict[str, str]:
    """What the database said."""
    return {note.code: note.fact for note in view.diagnostics if note.place.name == "--database-url"}


def test_what_migrations_made_is_compared_with_what_the_models_mean(shop: Workbench, own: Database) -> None:
    before = state(own)
    words = {table.name: table.verdict.word for table in shop.database.tables}
    assert len(words) == 23 and {name for name, word in words.items() if word != "equivalent"} == AUTH
    (table,) = (table for table in shop.database.tables if table.name == "auth_user_groups")
    assert isinstance(table.verdict, Different)
    assert AttributeWitness(table.name, "column id: type", "integer", "bigint") in table.verdict.witnesses
    assert state(own) == before


# a change of the database, and what is said of its table
DRIFT = {
    "ALTER TABLE catalog_book ALTER price DROP NOT NULL": ("column price: nullable", "False", "True"),
    "ALTER TABLE catalog_book ALTER price TYPE numeric(9,2)": ("column price: type", "numeric(8,2)", "numeric(9,2)"),
    "ALTER TABLE catalog_book ADD hidden text": ("column hidden", "absent", "type text, nullable True, "),
    "ALTER TABLE catalog_book DROP subtitle": ("column subtitle", "type character varying(200), ", "absent"),
    "CREATE INDEX found ON catalog_book (subtitle)": ("index found", "absent", "parts (subtitle), "),
    "ALTER TABLE catalog_book ADD CHECK (pages < 9000)": ("check catalog_book_pages_check1", "absent", "expression "),
    "DROP TABLE catalog_book CASCADE": ("table", "present", "absent"),
}


@pytest.mark.parametrize("statement", DRIFT)
def test_drift_is_the_attribute_that_differs(copy: Database, statement: str) -> None:
    change(copy, statement)
    with wb.open(BOOKSHOP, database_url=url_of(copy)) as opened:
        (book,) = (table for table in opened.database.tables if table.name == "catalog_book")
        assert not opened.database.holds and "catalog_book" in str(opened.database)
    attribute, models, database = DRIFT[statement]
    assert isinstance(book.verdict, Different) and book.model == "catalog.Book"
    (found,) = (w for w in book.verdict.witnesses if isinstance(w, AttributeWitness) and w.attribute == attribute)
    assert found.left.startswith(models) and found.right.startswith(database)


def test_columns_in_another_order_and_tables_of_nobody_are_no_drift(copy: Database) -> None:
    change(copy, "ALTER TABLE catalog_tag RENAME name TO before", "ALTER TABLE catalog_tag ADD name varchar(40)")
    change(copy, "UPDATE catalog_tag SET name = before", "ALTER TABLE catalog_tag ALTER name SET NOT NULL")
    change(copy, "ALTER TABLE catalog_tag DROP before", "CREATE TABLE legacy (id integer)")
    with wb.open(BOOKSHOP, database_url=url_of(copy)) as opened:
        found = {table.name: table.verdict for table in opened.database.tables}
    tag, legacy = found["catalog_tag"], found["legacy"]
    attributes = {w.attribute for w in getattr(tag, "witnesses", ()) if isinstance(w, AttributeWitness)}
    assert "order of columns" not in attributes
    assert isinstance(legacy, Undecided) and legacy.reasons == (EXTRA,)


def test_of_an_unmanaged_table_only_what_its_model_says_is_compared(server: PostgresServer, tmp_path: Path) -> None:
    (tmp_path / "manage.py").write_text("")
    (tmp_path / "settings.py").write_text(
        'SECRET_KEY = "x"\nINSTALLED_APPS = ["old"]\nDEFAULT_AUTO_FIELD = "django.db.models.AutoField"\n'
        'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}\n'
    )
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "models.py").write_text(
        "from django.db import models\n\n"
        "class Kept(models.Model):\n    name = models.CharField(max_length=9)\n\n"
        "    class Meta:\n        managed = False\n        db_table = 'kept'\n\n"
        "class Seen(models.Model):\n    class Meta:\n        managed = False\n        db_table = 'seen'\n\n"
        "class Wrong(models.Model):\n    class Meta:\n        managed = False\n        db_table = 'wrong'\n"
    )
    (tmp_path / "old" / "__init__.py").write_text("")
    database = server.create_database(
        ddl=[
            "CREATE TABLE kept (id integer PRIMARY KEY, name varchar(9) NOT NULL UNIQUE CHECK (name <> ''))",
            "CREATE VIEW seen AS SELECT 1 AS id",
            "CREATE TABLE wrong (id bigint PRIMARY KEY)",
        ]
    )
    with wb.open(tmp_path, settings="settings", database_url=url_of(database)) as opened:
        found = {table.name: table.verdict for table in opened.database.tables}
    database.drop()
    assert found["kept"].word == "equivalent"
    assert found["seen"] == Undecided("none", (VIEW,))
    wrong = found["wrong"]
    assert isinstance(wrong, Different)
    assert wrong.witnesses == (AttributeWitness("wrong", "column id: type", "integer", "bigint"),)


def test_equal_rows_are_said_and_prove_nothing(shop: Workbench, own: Database) -> None:
    before = state(own)
    view = shop.query('Book.objects.filter(price__gt=10).order_by("pk")')
    assert view.verdict is not None and (view.verdict.word, view.verdict.method) == ("equivalent", "normal form")
    assert notes(view)["database-rows-equal"].endswith("rows, the same on both sides")
    undecided = shop.query('Book.objects.order_by("?")')
    assert undecided.verdict is not None and undecided.verdict.word == "undecided"
    assert notes(undecided) == {"database-rows-equal": "11 rows, the same on both sides"}, "and yet undecided"
    assert state(own) == before


def test_what_answers_anew_each_time_is_no_witness(shop: Workbench) -> None:
    view = shop.query('Book.objects.annotate(r=Random()).values("r")')
    assert view.verdict is not None and view.verdict.word == "undecided"
    assert "answers differently on each call" in notes(view)["database-rows-not-compared"]


def test_a_difference_there_is_a_witness(copy: Database) -> None:
    """The database holds what the models exclude: the proof does not hold there, and the rows show it."""
    change(copy, "ALTER TABLE catalog_book ALTER price DROP NOT NULL")
    change(copy, "UPDATE catalog_book SET price = NULL WHERE id = (SELECT min(id) FROM catalog_book)")
    before = state(copy)
    with wb.open(BOOKSHOP, database_url=url_of(copy)) as opened, wb.open(BOOKSHOP) as without:
        text, own_code = 'Book.objects.order_by().values("id", "price")', "isNotNull(book.price)"
        drizzle = f"db.select({{ id: book.id, price: book.price }}).from(book).where({own_code})"
        proved = without.judge(without.query(text), drizzle)
        assert proved.verdict is not None and proved.verdict.word == "equivalent"
        view = opened.judge(opened.query(text), drizzle)
    assert isinstance(view.verdict, Different) and view.verdict.method == METHOD
    (witness,) = view.verdict.witnesses
    assert isinstance(witness, DatabaseWitness)
    assert witness.left.rows == ((1, None),) and witness.right.rows == ()
    assert "of 11 rows and 10 rows" in witness.note and witness.note.endswith("no proof counts there: catalog_book.")
    assert "10 rows in Drizzle" in notes(view)["database-rows-differ"]
    assert json.loads(json.dumps(view.as_record()))["verdict"]["witness"][0]["left"]["rows"] == [[1, None]]
    assert state(copy) == before


def test_a_witness_of_the_database_stands_beside_the_smallest_one(shop: Workbench) -> None:
    view = shop.query('Book.objects.order_by("id").values("id", "title")')
    other = shop.judge(view, "db.select({ id: book.id, title: book.slug }).from(book).orderBy(book.id)")
    assert isinstance(other.verdict, Different) and other.verdict.method == "counterexample"
    smallest, there = other.verdict.witnesses
    assert isinstance(there, DatabaseWitness) and isinstance(smallest, DatabaseWitness)
    assert there.database == () and there.left.rows[0][0] == there.right.rows[0][0] == 1
    assert len(there.left.rows) == 10 and smallest.database


def test_what_a_limit_picks_among_ties_is_no_witness(shop: Workbench) -> None:
    view = shop.query('Book.objects.order_by("in_print").values("id")[:3]')
    other = shop.judge(
        view,
        "db.select({ id: book.id }).from(book).orderBy(book.inPrint, desc(book.id)).limit(3)",
    )
    assert other.verdict is not None and other.verdict.word != "different"
    assert "LIMIT without a total ORDER BY" in notes(other)["database-rows-not-compared"]


def test_writes_are_never_sent(shop: Workbench, own: Database) -> None:
    before = state(own)
    for text in (
        "Book.objects.filter(pk=1).update(price=0)",
        "Book.objects.filter(pk=1).delete()",
        'Tag.objects.create(name="new", slug="new")',
    ):
        assert notes(shop.query(text)) == {}
    assert state(own) == before


INJECTIONS = (
    "db.select({ id: sql<number>`1 from catalog_book; commit; delete from catalog_tag; select 1` }).from(book)",
    "sql`with gone as (delete from catalog_book_tags returning id) select id from gone`",
    "sql`select 1 as id; commit; drop table catalog_tag cascade; begin`",
    "sql`select nextval('catalog_tag_id_seq') as id`",
    "sql`commit`",
    "db.delete(book)",
    "async (db: any) => { await db.execute(sql`commit`); return db.select({ id: book.id }).from(book); }",
)


@pytest.mark.parametrize("typescript", INJECTIONS)
def test_no_typescript_of_a_person_changes_it(shop: Workbench, own: Database, typescript: str) -> None:
    """Judged past the type checker, which would refuse some of them."""
    before = state(own)
    view = shop.query('Book.objects.values("id")')
    assert view.query is not None
    judged = judge_query(shop.querying, QueryView(view.text, view.query, _module(typescript)), view.query)
    assert "database-error" in notes(judged) or judged.verdict is None
    assert state(own) == before


def _module(body: str) -> str:
    return (
        'import { sql } from "drizzle-orm";\nimport { book } from "./schema";\n'
        f"export const query = {body if body.startswith('async') else f'(db: any) => {body}'};\n"
    )


def test_what_cannot_be_read_is_a_line_and_the_session_goes_on(server: PostgresServer, copy: Database) -> None:
    change(copy, "DROP ROLE IF EXISTS half_reader", "CREATE ROLE half_reader LOGIN PASSWORD 'hush'")
    change(copy, "GRANT SELECT ON catalog_tag TO half_reader", "DROP TABLE catalog_review CASCADE")
    with wb.open(BOOKSHOP, database_url=url_of(copy, "half_reader", "hush")) as opened:
        book, tag, review = (opened.query(f"{name}.objects.all()") for name in ("Book", "Tag", "Review"))
        assert notes(book)["database-error"].startswith("Django: 42501 permission denied for table catalog_book; Dri")
        assert notes(review)["database-error"].startswith('Django: 42P01 relation "catalog_review" does not exist')
        assert "database-rows-equal" in notes(tag)
        assert {view.verdict.word for view in (book, tag, review) if view.verdict} == {"equivalent"}
        assert len(opened.database.tables) == 23, "the catalog is everybody's"
        shown = [str(opened), repr(opened.own), *map(str, (book, tag, review)), opened.database.to_html()]
        change(copy, "DROP OWNED BY half_reader", "REVOKE CONNECT ON DATABASE copied FROM public")
        refused = opened.query("Tag.objects.all()")
        assert "permission denied for database" in notes(refused)["database-url-privilege"]
        copy.drop()
        gone = opened.query("Tag.objects.all()")
        assert "does not exist" in notes(gone)["database-url-missing"]
        assert gone.verdict is not None and gone.verdict.word == "equivalent"
        assert "hush" not in "".join([*shown, str(refused), str(gone), json.dumps(gone.as_record())])
    change(replace(copy, name="postgres"), "DROP ROLE half_reader")


def test_of_many_rows_the_first_are_compared_where_an_order_says_which(copy: Database) -> None:
    change(copy, "INSERT INTO catalog_tag (name, slug) SELECT n::text, n::text FROM generate_series(1, 3000) n")
    with wb.open(BOOKSHOP, database_url=url_of(copy)) as opened:
        ordered = opened.query('Tag.objects.order_by("id")')
        assert notes(ordered) == {"database-rows-equal": f"the first {MOST_ROWS} rows, the same on both sides"}
        text = 'Tag.objects.order_by("id").values("id")'
        turned = opened.judge(opened.query(text), "db.select({ id: tag.id }).from(tag).orderBy(desc(tag.id))")
        assert isinstance(turned.verdict, Different) and len(turned.verdict.witnesses) == 2
        free = opened.query('Tag.objects.order_by().values("id")')
        other = opened.judge(free, "db.select({ id: tag.id }).from(tag).orderBy(desc(tag.id))")
        assert notes(other) == {"database-rows-not-compared": MANY}
        fewer = opened.judge(free, "db.select({ id: tag.id }).from(tag).where(lt(tag.id, 100))")
        assert isinstance(fewer.verdict, Different)
        assert "more than 1000 rows in Django, " in notes(fewer)["database-rows-differ"]


def test_a_check_has_its_tables(shop: Workbench) -> None:
    found = [item for item in shop.check().items if item.kind == "database"]
    assert {item.id: item.verdict.word for item in found}["catalog.Book"] == "equivalent"
    assert sum(item.verdict.word == "different" for item in found) == len(AUTH)
    rows = [note.code for item in shop.check().items for note in item.diagnostics if item.kind == "query"]
    assert rows.count("database-rows-equal") > 10 and "database-rows-differ" not in rows


def test_without_a_database_there_is_nothing_to_compare_with() -> None:
    with wb.open(BOOKSHOP) as opened, pytest.raises(WorkbenchError, match="opened without a database of yours"):
        _ = opened.database


def test_a_url_that_leads_nowhere_ends_before_the_project_is_run(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError) as failure:
        wb.open(tmp_path, database_url="postgresql://me:hush@127.0.0.1:9/none")
    assert "[database-url-unreachable]" in str(failure.value) and "hush" not in str(failure.value)


def test_a_sqlite_file_is_compared_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "own.sqlite3"
    migrated("sqlite3", str(file))
    before = file.read_bytes()
    with wb.open(BOOKSHOP, dialect="sqlite", database_url=f"sqlite:///{file}") as opened:
        assert {table.verdict.word for table in opened.database.tables} == {"equivalent"}
        assert len(opened.database.tables) == 23
        view = opened.query('Book.objects.order_by("pk").values("id", "title", "price", "published")')
        assert notes(view) == {"database-rows-equal": "11 rows, the same on both sides"}
        opened.query("Book.objects.all().delete()")
    assert file.read_bytes() == before and [path.name for path in tmp_path.iterdir()] == ["own.sqlite3"]


def test_a_sqlite_table_that_django_did_not_write_is_said(tmp_path: Path) -> None:
    file = tmp_path / "own.sqlite3"
    with closing(sqlite3.connect(file)) as made:
        made.execute("create table catalog_tag(id integer primary key, name text)")
        made.execute("CREATE TABLE legacy (a, b)")
    with wb.open(BOOKSHOP, dialect="sqlite", database_url=f"sqlite:///{file}") as opened:
        found = {table.name: table.verdict for table in opened.database.tables}
    tag, legacy = found["catalog_tag"], found["legacy"]
    assert isinstance(tag, Undecided)
    assert tag.reasons[0].startswith("its statement is not in the form that Django writes")
    assert isinstance(legacy, Undecided) and legacy.reasons == (EXTRA,)
    assert found["catalog_book"].word == "different"
