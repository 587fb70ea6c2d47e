"""A user's own PostgreSQL: both sides read one snapshot, nothing is ever changed, and a failure is one line."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import product
from threading import Thread

import pytest

from tests.runtime.conftest import eventually
from tests.runtime.own_databases import state, url_of
from workbench.diagnostic import WorkbenchError
from workbench.equivalence.engine import Statement
from workbench.runtime.node import NodeWorker
from workbench.runtime.own_database import own_database
from workbench.runtime.own_reading import MOST_ROWS, NO_SELECT
from workbench.runtime.own_url import own_url
from workbench.runtime.postgres import Database, PostgresServer
from workbench.runtime.read_only import ReadOnlyDatabase

DDL = [
    "CREATE TABLE book (id integer PRIMARY KEY, title text)",
    "INSERT INTO book SELECT n, 'title ' || n FROM generate_series(1, 5) n",
    "CREATE SEQUENCE numbers",
    """CREATE FUNCTION write_one() RETURNS integer LANGUAGE plpgsql AS $$
       BEGIN INSERT INTO book VALUES (100, 'written'); RETURN 1; END $$""",
    """CREATE FUNCTION write_freely() RETURNS integer LANGUAGE plpgsql AS $$
       BEGIN SET TRANSACTION READ WRITE; DELETE FROM book; RETURN 1; END $$""",
    """CREATE FUNCTION freed() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN
       PERFORM set_config('transaction_read_only', 'off', false); DELETE FROM book; RETURN 1; END $$""",
]
SCHEMA = {
    "index.ts": 'import { integer, pgTable, text } from "drizzle-orm/pg-core";\n'
    'export const book = pgTable("book", { id: integer().primaryKey(), title: text() });\n'
}
# text -> what is said of it; "" where it is a query that answers, and changes nothing
ATTEMPTS = {
    "INSERT INTO book VALUES (9, '')": NO_SELECT,
    "UPDATE book SET title = ''": NO_SELECT,
    "DELETE FROM book": NO_SELECT,
    "TRUNCATE book": NO_SELECT,
    "DROP TABLE book": NO_SELECT,
    "COMMIT": NO_SELECT,
    "COPY book TO PROGRAM 'true'": NO_SELECT,
    "DO $$ BEGIN DELETE FROM book; END $$": NO_SELECT,
    "EXPLAIN ANALYZE DELETE FROM book": NO_SELECT,
    "SET TRANSACTION READ WRITE": NO_SELECT,
    "; DELETE FROM book": NO_SELECT,
    "-- \nDELETE FROM book": NO_SELECT,
    "SELECT 1; DELETE FROM book": "42601 cannot insert multiple commands into a prepared statement",
    "SELECT 1; COMMIT; DELETE FROM book; BEGIN; SELECT 1": "42601 cannot insert multiple commands",
    "SELECT 1; ROLLBACK TO SAVEPOINT workbench; DELETE FROM book": "42601 cannot insert multiple commands",
    "WITH gone AS (DELETE FROM book RETURNING id) SELECT id FROM gone": "0A000 DECLARE CURSOR must not contain data-",
    "WITH chosen AS (SELECT 1) DELETE FROM book": "42601 syntax error",
    "SELECT id FROM book FOR UPDATE": "25006 cannot execute SELECT FOR UPDATE in a read-only transaction",
    "SELECT id FROM book FOR KEY SHARE": "25006 cannot execute SELECT FOR KEY SHARE in a read-only transaction",
    "SELECT id INTO copied FROM book": "42601",
    "SELECT write_one()": "25006 cannot execute INSERT in a read-only transaction",
    "SELECT write_freely()": "25001 ",
    "SELECT freed()": "25001 ",
    "SELECT set_config('transaction_read_only', 'off', false)": "25001 ",
    "SELECT nextval('numbers')": "25006 cannot execute nextval() in a read-only transaction",
    "SELECT setval('numbers', 7)": "25006 cannot execute setval() in a read-only transaction",
    "SELECT lo_create(4711)": "it calls lo_create(), which may act outside of the read-only transaction",
    "SELECT dblink_exec('{own}', 'DELETE FROM book')": "it calls dblink_exec(), which may act outside",
    "SELECT \"dblink_exec\"/* */('{own}', 'DELETE FROM book')": "it calls dblink_exec(), which may act outside",
    "SELECT DBLINK_EXEC /* ( */ ('{own}', 'DELETE FROM book')": "it calls dblink_exec(), which may act outside",
    "SELECT U&\"dblink\\005fexec\"('{own}', 'DELETE FROM book')": "it has an identifier written with U&",
    "SELECT * FROM dblink('{own}', 'DELETE FROM book RETURNING id') t(id int)": "it calls dblink(), which",
    "SELECT query_to_xml('DELETE FROM book', true, true, '')": "it calls query_to_xml(), which may act outside",
    "SELECT pg_terminate_backend(pg_backend_pid())": "it calls pg_terminate_backend(), which may act outside",
    "SELECT pg_advisory_lock(1)": "it calls pg_advisory_lock(), which may act outside",
    "SELECT random() >= 0, gen_random_uuid() IS NOT NULL": "",
    "SELECT pg_notify('all', 'written')": "",
    "VALUES (1), (2)": "",
    "(SELECT 1) UNION (SELECT 2)": "",
}


@pytest.fixture(scope="module")
def own(server: PostgresServer) -> Iterator[Database]:
    """A database of the user's, with a role that may only read."""
    database = server.create_database("own_database", ddl=DDL)
    with database.connect() as connection:
        connection.execute("DROP ROLE IF EXISTS only_reader")
        connection.execute("CREATE ROLE only_reader LOGIN; GRANT SELECT ON book TO only_reader")
        connection.execute("CREATE EXTENSION dblink")
        connection.execute("CREATE TABLE secret (id integer); INSERT INTO secret VALUES (1)")
    yield database
    with database.connect() as connection:
        connection.execute("DROP OWNED BY only_reader; DROP ROLE only_reader")
    database.drop()


@pytest.fixture(scope="module")
def key(worker: NodeWorker) -> str:
    return worker.load(SCHEMA)


def reader(database: Database, user: str = "postgres", timeout: int = 5000) -> ReadOnlyDatabase:
    return ReadOnlyDatabase(own_url(url_of(database, user), "postgres"), timeout=timeout)


def code(body: str) -> str:
    imports = 'import { eq, sql } from "drizzle-orm";\nimport { book } from "./index";\n'
    return f"{imports}export const query = (db: any) => {body};\n"


def raw(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("`", "\\`").replace("$", "\\$")
    return code(f"sql.raw(`{escaped}`)")


def test_both_sides_read_one_snapshot(own: Database, worker: NodeWorker, key: str) -> None:
    query = Statement('SELECT "id" FROM "book" WHERE "id" <= %s ORDER BY 1', (3,))
    with reader(own).reading() as reading:
        first = reading.answer(query)
        with own.connect() as other:
            other.execute("INSERT INTO book VALUES (0, 'between')")
        seen = worker.run(
            key,
            code("db.select({ id: book.id }).from(book).where(eq(book.id, 0))"),
            reading.node().settings,
            limits=reading.node().limits,
        )
        later = reading.again(query)
    with own.connect() as other:
        assert other.execute("DELETE FROM book WHERE id = 0").rowcount == 1
    assert (first.rows, first.types, first.error) == (((1,), (2,), (3,)), ("int4",), None)
    assert (seen.rows, seen.error, seen.types) == ((), None, ("int4",))
    assert later == first


@pytest.mark.parametrize(("text", "user"), list(product(ATTEMPTS, ["postgres", "only_reader"])))
def test_no_text_of_djangos_side_changes_anything(own: Database, text: str, user: str) -> None:
    before = state(own)
    with reader(own, user).reading() as reading:
        found = reading.answer(Statement(text.replace("%", "%%")))
        assert reading.answer(Statement("SELECT count(*) FROM book")).rows == ((5,),), "the transaction goes on"
    assert state(own) == before
    _told(found.error, ATTEMPTS[text], user)


@pytest.mark.parametrize(("text", "user"), list(product(ATTEMPTS, ["postgres", "only_reader"])))
def test_no_text_of_drizzles_side_changes_anything(
    own: Database, worker: NodeWorker, key: str, text: str, user: str
) -> None:
    before = state(own)
    with reader(own, user).reading() as reading:
        node = reading.node()
        found = worker.run(key, raw(_on(own, text)), node.settings, limits=node.limits)
    assert state(own) == before
    _told(found.error, ATTEMPTS[text], user)


def _on(own: Database, text: str) -> str:
    """The text with a way for dblink to connect to that very database."""
    return text.replace("{own}", f"host={own.server.host} user=postgres dbname={own.name}")


def _told(error: str | None, expected: str, user: str) -> None:
    if not expected:
        assert error is None
    elif user == "postgres" or expected == NO_SELECT:
        assert error is not None and error.startswith(expected)
    else:
        assert error is not None  # the role may not even try


DRIZZLE_WRITES = (
    "db.insert(book).values({ id: 9 })",
    "db.update(book).set({ title: null })",
    "db.delete(book)",
    "db.transaction(async (tx: any) => tx.delete(book))",
    "db.execute(sql`select 1`).then(() => db.execute(sql`commit`)).then(() => db.delete(book))",
    'db.select({ id: sql`1; commit; delete from "book"` }).from(book)',
    "db.select().from(book).for('update')",
)


@pytest.mark.parametrize("body", DRIZZLE_WRITES)
def test_no_drizzle_query_changes_anything(own: Database, worker: NodeWorker, key: str, body: str) -> None:
    before = state(own)
    with reader(own).reading() as reading:
        node = reading.node()
        found = worker.run(key, code(body), node.settings, limits=node.limits)
    assert found.error and state(own) == before


def test_rows_are_cut_on_both_sides(own: Database, worker: NodeWorker, key: str) -> None:
    with reader(own).reading() as reading:
        node = reading.node()
        text = "SELECT generate_series(1, 100000)"
        django, drizzle = reading.answer(Statement(text)), worker.run(key, raw(text), node.settings, limits=node.limits)
    assert len(django.rows) == len(drizzle.rows) == MOST_ROWS + 1


def test_a_statement_does_not_run_for_ever(own: Database, worker: NodeWorker, key: str) -> None:
    told = "57014 canceling statement due to statement timeout"
    with reader(own, timeout=100).reading() as reading:
        node = reading.node()
        assert reading.answer(Statement("SELECT pg_sleep(600)")).error == told
        assert worker.run(key, raw("SELECT pg_sleep(600)"), node.settings, limits=node.limits).error == told
        assert reading.answer(Statement("SELECT 1")).rows == ((1,),)


def test_a_lock_is_not_waited_for_for_ever(own: Database) -> None:
    with own.connect() as other, other.transaction():
        other.execute("LOCK TABLE book IN ACCESS EXCLUSIVE MODE")
        with reader(own, timeout=100).reading() as reading:
            found = reading.answer(Statement("SELECT id FROM book"))
    assert found.error in (
        "55P03 canceling statement due to lock timeout",
        "57014 canceling statement due to statement timeout",
    )


@pytest.mark.parametrize(
    ("text", "user", "told"),
    [
        ("SELECT id FROM secret", "only_reader", "42501 permission denied for table secret"),
        ("SELECT id FROM missing", "postgres", '42P01 relation "missing" does not exist'),
        ("SELECT missing FROM book", "postgres", '42703 column "missing" does not exist'),
    ],
)
def test_what_the_database_says_of_a_statement_is_a_line(own: Database, text: str, user: str, told: str) -> None:
    with reader(own, user).reading() as reading:
        assert reading.answer(Statement(text)).error == told


def test_a_connection_that_is_dropped_is_a_line(own: Database, worker: NodeWorker, key: str) -> None:
    with pytest.raises(WorkbenchError) as failure, reader(own).reading() as reading, own.connect() as other:
        end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        other.execute(end, [own.name])
        reading.answer(Statement("SELECT 1"))
    (diagnostic,) = failure.value.diagnostics
    assert diagnostic.code == "database-url-lost"
    assert "Traceback" not in str(failure.value)


def test_a_connection_that_node_loses_is_its_error(own: Database, worker: NodeWorker, key: str) -> None:
    """Somebody ends it in mid-work, and the worker goes on."""
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = %s"
    with reader(own).reading() as reading, ThreadPoolExecutor(1) as beside, own.connect() as other:
        node = reading.node()
        waiting = beside.submit(worker.run, key, raw("SELECT pg_sleep(4)"), node.settings, limits=node.limits)
        assert eventually(lambda: bool(other.execute(end, [own.name]).fetchall()) or waiting.done())
        found = waiting.result()
        assert found.error is not None and found.error.startswith("the connection was lost: ")
        assert worker.run(key, raw("SELECT 1"), node.settings, limits=node.limits).error is None


def test_a_snapshot_that_is_gone_is_nodes_error(own: Database, worker: NodeWorker, key: str) -> None:
    with reader(own).reading() as reading:
        node = reading.node()
    found = worker.run(key, raw("SELECT 1"), node.settings, limits=node.limits)
    assert found.error is not None and found.error.startswith("node-postgres cannot read it: ")


def test_the_catalog_is_read_in_the_same_way(own: Database) -> None:
    with reader(own).fetching() as fetch:
        assert fetch("SELECT count(*) FROM book") == [(5,)]
    with pytest.raises(WorkbenchError) as failure, reader(own).fetching() as fetch:
        fetch("SELECT 1/0")
    assert "[database-url-refused] database: 22012 division by zero" in str(failure.value)


# what a URL says -> code of the error; {host}: of the scratch server
WRONG = {
    "nonsense": "database-url",
    "mysql://user:hush@host/name": "database-url-driver",
    "sqlite:////tmp/a.db": "database-url-dialect",
    "postgresql://user:hu%sh@host/name": "database-url",
    "postgresql://postgres:hush@/none?host={host}": "database-url-missing",
    "postgresql://nobody:hush@/postgres?host={host}": "database-url-password",
    "postgresql://postgres:hush@/shut?host={host}": "database-url-privilege",
    "postgresql://postgres:hush@unheard.invalid/name": "database-url-host",
    "postgresql://postgres:hush@127.0.0.1:{closed}/name": "database-url-unreachable",
    "postgresql://postgres:hush@/postgres?host={host}&sslmode=hush": "database-url-ssl",
    "postgresql://postgres:hush@127.0.0.1:{plain}/name?sslmode=require": "database-url-ssl",
}


@pytest.mark.parametrize("text", WRONG)
def test_a_url_that_leads_nowhere_is_a_line_without_its_password(server: PostgresServer, text: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with _plain_server() as plain, server.connect() as connection:
        connection.execute("DROP DATABASE IF EXISTS shut")
        connection.execute("CREATE DATABASE shut ALLOW_CONNECTIONS true")
        connection.execute("REVOKE CONNECT ON DATABASE shut FROM public")
        connection.execute("DROP ROLE IF EXISTS kept_out")
        connection.execute("CREATE ROLE kept_out LOGIN")
        url = text.format(host=server.host, closed=port, plain=plain.getsockname()[1])
        url = url.replace("postgres:hush@/shut", "kept_out:hush@/shut")
        with pytest.raises(WorkbenchError) as failure:
            own_database(url, "postgres")
        connection.execute("DROP DATABASE shut")
        connection.execute("DROP ROLE kept_out")
    (diagnostic,) = failure.value.diagnostics
    assert diagnostic.code == WRONG[text], str(failure.value)
    assert "hush" not in str(failure.value) + repr(failure.value) + repr(diagnostic)
    assert "\n" not in diagnostic.fact and diagnostic.help


@contextmanager
def _plain_server() -> Iterator[socket.socket]:
    """Answers one request for SSL with PostgreSQL's no."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def refuse() -> None:
            try:
                with listening.accept()[0] as client:
                    client.recv(8)
                    client.sendall(b"N")
            except OSError:
                return  # nobody asked

        thread = Thread(target=refuse)
        thread.start()
        yield listening
        listening.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.fixture(scope="module")
def guarded() -> Iterator[PostgresServer]:
    """A server that asks one role for its password."""
    with PostgresServer() as server:
        with server.connect() as connection:
            connection.execute("CREATE ROLE guard LOGIN PASSWORD 'x'")
            connection.execute("ALTER ROLE guard PASSWORD 'pa:ss w@rd/%'")
        rules = server.cluster.folder / "data" / "pg_hba.conf"
        rules.write_text("local all guard scram-sha-256\n" + rules.read_text())
        with server.connect() as connection:
            connection.execute("SELECT pg_reload_conf()")
        yield server


def test_a_password_is_used_on_both_sides_and_shown_on_none(
    guarded: PostgresServer, worker: NodeWorker, key: str, capfd: pytest.CaptureFixture[str]
) -> None:
    database, secret = guarded.create_database(ddl=["CREATE TABLE book (id integer)"]), "pa:ss w@rd/%"
    url = own_url(url_of(database, "guard", secret), "postgres")
    opened = own_database(url.text, "postgres")
    with opened.reading() as reading:
        node = reading.node()
        assert worker.run(key, raw("SELECT 1"), node.settings, limits=node.limits).error is None
        assert node.settings["password"] == secret
        shown = [repr(thing) for thing in (url, opened, reading, node, vars(reading))]
    with pytest.raises(WorkbenchError) as failure:
        own_database(url_of(database, "guard", "wr:ong w@rd/%"), "postgres")
    assert failure.value.diagnostics[0].code == "database-url-password"
    with pytest.raises(WorkbenchError) as missing:
        own_database(url_of(database, "guard"), "postgres")
    assert missing.value.diagnostics[0].code == "database-url-password"
    told = "".join([*shown, str(failure.value), repr(failure.value), *capfd.readouterr()])
    assert "ss w@rd" not in told and "ong w@rd" not in told and "%40rd" not in told


def test_a_wrong_password_of_nodes_is_its_error(guarded: PostgresServer, worker: NodeWorker, key: str) -> None:
    database = guarded.create_database()
    with own_database(url_of(database), "postgres").reading() as reading:
        node = reading.node()
        settings = {**node.settings, "user": "guard", "password": "not it"}
        found = worker.run(key, raw("SELECT 1"), settings, limits=node.limits)
    assert found.error == 'node-postgres cannot read it: password authentication failed for user "guard"'
