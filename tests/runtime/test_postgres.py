"""Databases of one server, and reading a database of the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.runtime.driver import psycopg
from workbench.runtime.postgres import Database, PostgresServer
from workbench.runtime.read_only import ReadOnlyDatabase

_DDL = ["CREATE TABLE book (id integer PRIMARY KEY)", "INSERT INTO book VALUES (1)"]


def _ids(database: Database) -> list[int]:
    with database.connect() as connection:
        return [row[0] for row in connection.execute("SELECT id FROM book ORDER BY id")]


def _url(database: Database) -> str:
    settings = database.node_settings()
    return f"host='{settings['host']}' user={settings['user']} dbname={settings['database']}"


def test_the_same_statements_give_equal_and_separate_databases(server: PostgresServer) -> None:
    first, second = server.create_database(ddl=_DDL), server.create_database(ddl=_DDL)
    with first.connect() as connection:
        connection.execute("INSERT INTO book VALUES (2)")
    assert _ids(first) == [1, 2]
    assert _ids(second) == [1]
    first.drop()
    second.drop()


def test_django_can_use_it(server: PostgresServer) -> None:
    database = server.create_database("for_django")
    settings = database.django_settings()
    assert settings == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "for_django",
        "USER": "postgres",
        "HOST": server.host,
    }
    assert Path(settings["HOST"]).is_dir()
    database.drop()


def test_a_refused_statement_is_named(server: PostgresServer) -> None:
    with pytest.raises(WorkbenchError) as failure:
        server.create_database(ddl=["CREATE TABLE a (\n  id integr\n)"])
    assert str(failure.value) == (
        'schema: error [ddl-refused] CREATE TABLE a ( id integr ): type "integr" does not exist\n'
        "    Correct this statement of the schema."
    )


def test_two_sessions_share_a_time_zone(server: PostgresServer) -> None:
    database = server.create_database()
    with database.connect(time_zone="Europe/Paris") as connection:
        assert connection.execute("SHOW timezone").fetchall() == [("Europe/Paris",)]
    database.drop()


def test_a_users_database_is_only_read(server: PostgresServer) -> None:
    database = server.create_database(ddl=_DDL)
    reader = ReadOnlyDatabase(_url(database))
    assert reader.rows("SELECT id FROM book WHERE id = %s", [1]) == [(1,)]
    with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        reader.rows("INSERT INTO book VALUES (9) RETURNING id")
    assert _ids(database) == [1]
    database.drop()


def test_a_users_database_does_not_wait_for_ever(server: PostgresServer) -> None:
    database = server.create_database(ddl=_DDL)
    with pytest.raises(psycopg.errors.QueryCanceled):
        ReadOnlyDatabase(_url(database), timeout=50).rows("SELECT pg_sleep(600)")
    database.drop()


def test_a_url_that_leads_nowhere_is_a_message() -> None:
    reader = ReadOnlyDatabase("postgresql://nobody@127.0.0.1:9/nothing")
    with pytest.raises(WorkbenchError) as failure:
        reader.rows("SELECT 1")
    (diagnostic,) = failure.value.diagnostics
    assert diagnostic.code == "database-url"
    assert "127.0.0.1" in diagnostic.fact
    assert "host, user and password" in diagnostic.help
