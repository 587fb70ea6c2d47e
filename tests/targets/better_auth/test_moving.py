"""The SQL that moves the users: what it makes of a row, what it counts, and when it moves nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from workbench.runtime.postgres import Database
from workbench.session.opening import worker
from workbench.session.workbench import Workbench
from workbench.targets.better_auth.render import schema_files
from workbench.targets.rendering import Rendering

INSERT = """INSERT INTO auth_user (id, username, password, email, first_name, last_name, is_active, is_staff,
is_superuser, date_joined) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, '2020-02-29 12:00+01')"""


@pytest.fixture
def database(bookshop: Workbench) -> Iterator[Database]:
    """Django's tables and Better Auth's, both empty."""
    made = bookshop.backend.create(bookshop.django_tables.all)
    node = worker()
    with made.connect() as connection:
        for statement in node.migrate(node.load(schema_files(bookshop.sign_in.rendering))):
            connection.execute(statement.encode())
    yield made
    made.drop()


def add(database: Database, *users: tuple[Any, ...]) -> None:
    with database.connect() as connection:
        for number, user in enumerate(users, 1):
            connection.execute(INSERT, (number, *user))


def run(database: Database, rendering: Rendering, name: str) -> list[tuple[Any, ...]]:
    with database.connect() as connection:
        found = connection.execute(rendering.artifact(f"auth/{name}").text.encode())
        return found.fetchall() if found.description else []


def rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    with database.connect() as connection:
        return connection.execute(sql.encode()).fetchall()


def test_a_row_becomes_a_user_and_an_account(bookshop: Workbench, database: Database) -> None:
    add(database, ("Ann", "scrypt$x", "Ann@Example.org", "Ann", "Bee", True, True, False))
    run(database, bookshop.sign_in.rendering, "migrate_users.sql")
    moved = rows(database, 'SELECT id, name, email, username, is_site_admin, is_staff, deactivated_at FROM "user"')
    assert moved == [("1", "Ann Bee", "ann@example.org", "Ann", False, True, None)]
    assert rows(database, "SELECT created_at = '2020-02-29 11:00+00' FROM \"user\"") == [(True,)]
    account = rows(database, "SELECT id, user_id, provider_id, account_id, password FROM account")
    assert account == [("django-1", "1", "credential", "1", "scrypt$x")]


ADDRESSES = (
    (["a@x.org"], ["a@x.org"]),
    ([""], ["user-1@placeholder.invalid"]),
    (["a@x.org", "A@x.org"], ["user-1@placeholder.invalid", "user-2@placeholder.invalid"]),
    (["a@localhost"], ["user-1@placeholder.invalid"]),
    (["å@x.org"], ["user-1@placeholder.invalid"]),
    (["a..b@x.org"], ["user-1@placeholder.invalid"]),
    (["o'brien+x@sub.x.org"], ["o'brien+x@sub.x.org"]),
)


@pytest.mark.parametrize(("given", "moved"), ADDRESSES)
def test_addresses(bookshop: Workbench, database: Database, given: list[str], moved: list[str]) -> None:
    add(database, *((f"u{n}", "!", address, "", "", True, False, False) for n, address in enumerate(given)))
    run(database, bookshop.sign_in.rendering, "migrate_users.sql")
    assert [email for (email,) in rows(database, 'SELECT email FROM "user" ORDER BY id')] == moved


def test_a_second_move_moves_nobody(bookshop: Workbench, database: Database) -> None:
    add(database, ("ann", "!", "", "", "", False, False, False))
    run(database, bookshop.sign_in.rendering, "migrate_users.sql")
    counted = run(database, bookshop.sign_in.rendering, "preflight.sql")
    assert ("moved already", 1, "a move is made once", True, ["1"]) in counted
    with pytest.raises(psycopg.errors.RaiseException, match='nothing was moved: 1 users are in "user" already'):
        run(database, bookshop.sign_in.rendering, "migrate_users.sql")
    assert rows(database, 'SELECT count(*), count(deactivated_at) FROM "user"') == [(1, 1)]


def test_one_name_of_two_users_stops_the_move(bookshop: Workbench, database: Database) -> None:
    with database.connect() as connection:  # no constraint of Django forbids it where a backend knows more than a name
        connection.execute("ALTER TABLE auth_user DROP CONSTRAINT auth_user_username_key")
    add(database, *(("ann", "!", "", "", "", True, False, False) for _ in range(2)))
    counted = run(database, bookshop.sign_in.rendering, "preflight.sql")
    assert [(what, users, stops) for what, users, _, stops, _ in counted][:2] == [
        ("users", 2, False),
        ("login name used by several users", 2, True),
    ]
    with pytest.raises(psycopg.errors.RaiseException, match="1 login names are used by several users"):
        run(database, bookshop.sign_in.rendering, "migrate_users.sql")
    assert rows(database, 'SELECT count(*) FROM "user"') == [(0,)]
