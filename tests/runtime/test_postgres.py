"""Databases of one server."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.runtime.postgres import Database, PostgresServer

_DDL = ["CREATE TABLE book (id integer PRIMARY KEY)", "INSERT INTO book VALUES (1)"]


def _ids(database: Database) -> list[int]:
    with database.connect() as connection:
        return [row[0] for row in connection.execute("SELECT id FROM book ORDER BY id")]


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
