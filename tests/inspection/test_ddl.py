"""Django's own DDL, collected without a connection: the text, and that real databases accept it."""

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from workbench.inspection.client import Agent
from workbench.project import find_project
from workbench.runtime.postgres import PostgresServer

PROJECTS = Path(__file__).parent / "projects"
DJANGO42 = os.environ.get("WORKBENCH_DJANGO42")


def collected(name: str, dialect: str, python: str = sys.executable):
    with Agent(find_project(PROJECTS / name, python=python), dialect=dialect) as agent:
        return agent.ddl()


def statements(ddl) -> list[str]:
    return [*(entry["sql"] for entry in ddl["statements"]), *ddl["deferred"]]


@pytest.fixture(scope="module")
def server():
    with PostgresServer() as server:
        yield server


def execute(server, ddl) -> int:
    with server.create_database().connect() as connection:
        for name in ddl["extensions"]:
            connection.execute(f'CREATE EXTENSION "{name}"')
        for statement in statements(ddl):
            connection.execute(statement)
        (tables,) = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    return tables


def test_the_text_is_djangos_own():
    ddl = collected("modern", "postgres")
    assert ddl["diagnostics"] == []
    text = "".join(f"{statement};\n" for statement in statements(ddl))
    file = PROJECTS / "modern" / "ddl.sql"
    if os.environ.get("WORKBENCH_REWRITE"):
        file.write_text(text)
    assert text == file.read_text()


def test_extensions_follow_from_types_operator_classes_and_constraints():
    assert collected("core", "postgres")["extensions"] == ["btree_gist", "hstore", "pg_trgm"]


@pytest.mark.parametrize(("name", "tables"), [("core", 14), ("modern", 2)])
def test_postgresql_accepts_all_of_it(server, name, tables):
    assert execute(server, collected(name, "postgres")) == tables


@pytest.mark.skipif(DJANGO42 is None, reason="WORKBENCH_DJANGO42 names no interpreter with Django 4.2")
def test_postgresql_accepts_that_of_django_4_2(server):
    assert execute(server, collected("core", "postgres", DJANGO42)) == 14


def test_sqlite_accepts_all_of_it():
    with sqlite3.connect(":memory:") as connection:
        for statement in statements(collected("modern", "sqlite")):
            connection.execute(statement)
        rows = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'things%' ORDER BY name"
        ).fetchall()
    assert rows == [("things_item",), ("things_line",)]


def test_what_django_does_not_create_is_said():
    said = [item["place"]["name"] + " " + item["code"] for item in collected("core", "postgres")["diagnostics"]]
    assert said == ["things.Legacy ddl-not-created"]
