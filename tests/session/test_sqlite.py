"""A session in the second dialect: real files, real drizzle-kit, Django's own decoding; what only PostgreSQL has."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import workbench as wb
from workbench.queries.compiling import execute_queries
from workbench.runtime.sqlite_file import SqliteFile
from workbench.session.opening import checker, worker
from workbench.session.workbench import Workbench
from workbench.targets.drizzle.push import KIT_ITSELF
from workbench.verdict import Undecided

SAMPLES = Path(__file__).parents[2] / "sample_projects"
TABLES = {"bookshop": 23, "processn": 18}
_OWN = {"bookshop": ("Tag", "tag"), "processn": ("Label", "label")}

SETTINGS = """
SECRET_KEY = "x"
INSTALLED_APPS = ["django.contrib.postgres", "shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "x"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""
MODELS = '''
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Book(models.Model):
    title = models.CharField(max_length=100)
    search = SearchVectorField(null=True)

    class Meta:
        indexes = [GinIndex(fields=["search"], name="book_search", fastupdate=False)]


class Shelf(models.Model):
    words = ArrayField(models.CharField(max_length=10))
    name = models.CharField(max_length=30, db_collation="swedish")


class Place(models.Model):
    """Refers to a table that cannot be, and is referred to itself."""

    shelf = models.ForeignKey(Shelf, models.CASCADE)
    books = models.ManyToManyField(Book)
'''
GAPS = """
shop/models.py:10: unsupported [sqlite-type] shop.Book.search: tsvector is a type of PostgreSQL; SQLite has none like it
shop/models.py:17: unsupported [sqlite-type] shop.Shelf.words: varchar(10)[] is a type of PostgreSQL; SQLite has none like it
shop/models.py:18: unsupported [sqlite-collation] shop.Shelf.name: swedish is no collation of SQLite: it has BINARY, NOCASE and RTRIM
shop/models.py:16: unsupported [sqlite-no-table] shop.Shelf: left out: SQLite refuses its statement: near "[]": syntax error
shop/models.py:21: unsupported [sqlite-no-table] shop.Place: left out: it refers to the table shop_shelf, which is left out
shop/models.py:25: unsupported [sqlite-no-table] shop.Place_books: left out: it refers to the table shop_place, which is left out
shop/models.py:13: unsupported [sqlite-refused] shop.Book.book_search: left out: SQLite refuses its statement: near "WITH": syntax error
"""  # noqa: E501


@pytest.fixture(scope="module", params=sorted(TABLES))
def shop(request: pytest.FixtureRequest) -> Iterator[Workbench]:
    with wb.open(SAMPLES / str(request.param), dialect="sqlite") as opened:
        yield opened


@pytest.fixture(scope="module")
def postgres_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A project whose models only PostgreSQL can hold in full."""
    folder = tmp_path_factory.mktemp("postgres") / "project"
    (folder / "shop").mkdir(parents=True)
    texts = {"manage.py": "", "settings.py": SETTINGS, "shop/__init__.py": "", "shop/models.py": MODELS}
    for name, text in texts.items():
        (folder / name).write_text(text)
    with wb.open(folder, python=sys.executable, settings="settings", dialect="sqlite") as opened:
        yield opened


@pytest.fixture(scope="module", autouse=True)
def _processes() -> Iterator[None]:
    yield
    for shared in (worker, checker):
        shared().close()


def test_both_databases_are_equal_table_by_table(shop: Workbench) -> None:
    verdicts = shop.schema_checks.parity.verdicts
    assert {name for name, verdict in verdicts.items() if verdict.word != "equivalent"} == set()
    assert set(verdicts) == {table.name for table in shop.catalog.tables}
    assert len(verdicts) == TABLES[shop.project.name]


def test_the_schema_compiles_strictly(shop: Workbench) -> None:
    assert shop.compile_errors == ()
    assert "sqliteTable(" in "".join(artifact.text for artifact in shop.schema.artifacts)


def test_drizzle_kit_would_change_nothing_that_it_would_leave_in_its_own_database(shop: Workbench) -> None:
    pushed = shop.schema_checks.push
    assert pushed and {statement.reason for statement in pushed} == {KIT_ITSELF}


def test_a_model_is_shown_in_sqlites_words(shop: Workbench) -> None:
    view = next(view for view in shop.models.values() if view.table and view.table.foreign_keys)
    assert "sqliteTable(" in view.drizzle
    assert "AUTOINCREMENT" in view.sql and "AUTOINCREMENT" in view.drizzle_sql
    assert view.verdict is not None and view.verdict.word == "equivalent"
    assert f"DROP TABLE {view.record.table!r};".replace("'", '"') in view.drizzle_sql  # rebuilt: its keys are deferred


def test_django_reads_the_generated_rows_of_every_model(shop: Workbench) -> None:
    own = {app.label for app in shop.inspection.apps if app.own}
    models = [model for model in shop.inspection.models if model.app in own]
    texts = [f"{model.name}.objects.all()" for model in models if not (model.auto_created or model.proxy)]
    results = execute_queries(shop.agent, texts, shop.data.database().django_settings())
    assert {result["error"] for result in results} == {None} and {result["diagnostic"] for result in results} == {None}
    assert all(result["rows"] for result in results)


def test_the_overview_and_the_permissions_need_no_dialect(shop: Workbench) -> None:
    with wb.open(SAMPLES / shop.project.name) as other:
        assert str(shop) == str(other)
        assert shop.permissions.rows == other.permissions.rows


def test_querysets_and_typescript_are_judged(shop: Workbench) -> None:
    name, table = _OWN[shop.project.name]
    view = shop.query(f"{name}.objects.order_by().filter(pk__gt=3)")
    assert view.verdict is not None and view.verdict.word == "equivalent"
    assert shop.judge(view, f"db.select().from({table}).where(gte({table}.id, 4))").verdict.word == "equivalent"
    assert shop.judge(view, f"db.select().from({table}).where(gt({table}.id, 4))").verdict.word == "different"
    assert shop.compare(f"{name}.objects.all()", f"{name}.objects.filter(pk=1)").verdict.word == "different"
    assert shop.plan(f"{name}.objects.filter(pk=1)").same


def test_what_only_postgresql_has_is_named(postgres_project: Workbench) -> None:
    found = [d for d in postgres_project.django_tables.diagnostics if d.code.startswith("sqlite-")]
    assert [str(diagnostic).split("\n")[0] for diagnostic in found] == GAPS.strip().split("\n")


def test_the_rest_of_that_project_works(postgres_project: Workbench) -> None:
    verdicts = postgres_project.schema_checks.parity.verdicts
    assert {name: verdict.word for name, verdict in verdicts.items()} == {"shop_book": "equivalent"}
    assert postgres_project.compile_errors == ()
    shelf = postgres_project.models["shop.Shelf"]
    assert (shelf.table, shelf.drizzle, shelf.verdict) == (None, "", None)
    assert {note.code for note in shelf.diagnostics} == {
        "sqlite-type",
        "sqlite-collation",
        "sqlite-no-table",
        "drizzle-no-table",
    }


def test_check_lists_the_tables_that_cannot_be(postgres_project: Workbench) -> None:
    items = {item.id: item.verdict for item in postgres_project.check().items if item.kind == "model"}
    assert {name: verdict.word for name, verdict in items.items()} == {
        "shop.Book": "equivalent",
        "shop.Shelf": "undecided",
        "shop.Place": "undecided",
        "shop.Place_books": "undecided",
    }
    place = items["shop.Place"]
    assert isinstance(place, Undecided)
    assert place.reasons[0] == "left out: it refers to the table shop_shelf, which is left out"


def test_the_files_go_when_the_session_closes() -> None:
    with wb.open(SAMPLES / "processn", dialect="sqlite") as opened:
        database: SqliteFile = opened.data.database()
        pair = [base for base in opened.schema_checks._databases() if isinstance(base, SqliteFile)]
        paths = [base.path for base in (database, *pair)]
        assert len(set(paths)) == 3 and all(path.exists() for path in paths)
    assert not any(path.parent.exists() for path in paths)
    assert not database.alive


def test_a_database_whose_file_was_taken_away_is_made_again() -> None:
    with wb.open(SAMPLES / "processn", dialect="sqlite") as opened:
        first: SqliteFile = opened.data.database()
        first.drop()
        assert opened.data.database().path != first.path
