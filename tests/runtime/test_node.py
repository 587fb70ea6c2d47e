"""The Node worker: real SQL, real rows with their JavaScript types, errors at the user's line, and survival."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.runtime.conftest import eventually, gone
from workbench.diagnostic import WorkbenchError
from workbench.runtime.node import CodeError, NodeWorker
from workbench.runtime.observation import Compiled
from workbench.runtime.postgres import Database, PostgresServer

SCHEMA = {
    "index.ts": 'export * from "./shop/book";\nexport * from "./shop/author.ts";\n',
    "shop/book.ts": """import { bigint, boolean, integer, jsonb } from "drizzle-orm/pg-core";
import { numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import { author } from "./author";
export const book = pgTable("book", {
  id: integer().primaryKey(),
  title: text().notNull(),
  price: numeric({ precision: 8, scale: 2 }),
  sold: bigint({ mode: "bigint" }),
  out: boolean(),
  seen: timestamp({ withTimezone: true, mode: "string" }),
  made: timestamp({ withTimezone: true }),
  facts: jsonb(),
  tags: text().array(),
  authorId: integer("author_id").references(() => author.id),
});
export type Book = typeof book.$inferSelect;
""",
    "shop/author.ts": """import { integer, pgTable } from "drizzle-orm/pg-core";
export const author = pgTable("author", { id: integer().primaryKey() });
""",
}
ROWS = [
    "INSERT INTO author VALUES (1)",
    "INSERT INTO book VALUES (1, 'a', 1.10, 9007199254740993, true, '2024-01-01 00:00:00.000001+00',"
    " '2024-01-01 00:00:00.123+00', '{\"a\": [1.5, null]}', '{x,NULL}', 1)",
    "INSERT INTO book VALUES (2, 'b')",
]


def module(body: str, imports: str = 'import { author, book } from "./index";') -> str:
    return f'import {{ asc, eq, sql }} from "drizzle-orm";\n{imports}\nexport const query = (db: any) => {body};\n'


@pytest.fixture(scope="module")
def key(worker: NodeWorker) -> str:
    return worker.load(SCHEMA)


@pytest.fixture(scope="module")
def database(server: PostgresServer, worker: NodeWorker, key: str) -> Iterator[Database]:
    database = server.create_database(ddl=(*worker.migrate(key), *ROWS))
    yield database
    database.drop()


def test_the_sql_is_drizzles_own(worker: NodeWorker, key: str) -> None:
    code = module("db.select({ id: book.id, up: book.authorId }).from(book).where(eq(book.title, 'a')).limit(3)")
    assert worker.compile(key, code) == Compiled(
        'select "id", "author_id" from "book" where "book"."title" = $1 limit $2', ("a", 3), ("id", "up")
    )


COMPILED: list[tuple[str, str, tuple[object, ...]]] = [
    ("db.$count(book)", 'select count(*) as count from "book";', ()),
    ("sql`select ${1}`", "select $1", (1,)),
    ("db.execute(sql`select ${9007199254740993n}`)", "select $1", (9007199254740993,)),
    ("db.execute(sql`select ${0.5}`)", "select $1", ({"$": "float", "v": "0.5"},)),
    ("db.query.author.findMany()", 'select "id" from "author" "author"', ()),
    ("db.delete(author).returning({ gone: author.id })", 'delete from "author" returning "id"', ()),
]


@pytest.mark.parametrize(("body", "sql", "parameters"), COMPILED)
def test_every_kind_of_query(worker: NodeWorker, key: str, body: str, sql: str, parameters: tuple[object, ...]) -> None:
    compiled = worker.compile(key, module(body))
    assert (compiled.sql, compiled.parameters) == (sql, parameters)


def test_rows_keep_the_types_drizzle_gives_them(worker: NodeWorker, key: str, database: Database) -> None:
    body = "db.select().from(book).leftJoin(author, eq(book.authorId, author.id)).orderBy(asc(book.id))"
    seen = worker.run(key, module(body), database.node_settings())
    assert seen.error is None
    assert seen.columns[-2:] == ("book.authorId", "author.id")
    assert seen.rows[0] == (
        {"$": "js-number", "v": "1"},
        "a",
        "1.10",
        {"$": "js-bigint", "v": "9007199254740993"},
        True,
        "2024-01-01 00:00:00.000001+00",
        {"$": "js-date", "v": "2024-01-01T00:00:00.123Z"},
        {"$": "js-object", "v": {"a": [{"$": "js-number", "v": "1.5"}, None]}},
        ["x", None],
        {"$": "js-number", "v": "1"},
        {"$": "js-number", "v": "1"},
    )
    assert seen.rows[1][2:] == (None,) * 9
    assert seen.types[:4] == ("int4", "text", "numeric", "int8")


def test_the_session_has_the_asked_time_zone(worker: NodeWorker, key: str, database: Database) -> None:
    code = module("db.execute(sql`select current_setting('TimeZone') as zone`)")
    seen = worker.run(key, code, database.node_settings(), time_zone="Asia/Tokyo")
    assert seen.rows == (({"$": "js-object", "v": {"zone": "Asia/Tokyo"}},),)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("db.select({ x: sql`1 / 0` }).from(book)", "22012 division by zero"),
        ("db.delete(author)", "25006 cannot execute DELETE in a read-only transaction"),
        ("db.execute(sql`select pg_sleep(600)`)", "57014 canceling statement due to statement timeout"),
    ],
)
def test_the_databases_refusal_is_an_observation(
    worker: NodeWorker, key: str, database: Database, body: str, error: str
) -> None:
    assert worker.run(key, module(body), database.node_settings()).error == error


ERRORS: list[tuple[str, str, int, int]] = [
    ("const a = 1;\nexport const query = ;", "Expression expected", 2, 22),
    ('import { pen } from "./index";', "does not provide an export named 'pen'", 1, 10),
    ('const a = 1;\nimport { pen } from "./pens";', "Cannot find module './pens'", 2, 22),
    ("type A = {\n  a: number };\nexport const query = (db: any) => {\n  return db.selct(); };", "selct is not", 4, 13),
    ("enum A { B }", "TypeScript enum is not supported", 1, 1),
    ("\n  throw new Error('mine');", "mine", 2, 9),
]


@pytest.mark.parametrize(("code", "message", "line", "column"), ERRORS)
def test_errors_lie_in_the_users_text(
    worker: NodeWorker, key: str, code: str, message: str, line: int, column: int
) -> None:
    with pytest.raises(CodeError) as failure:
        worker.compile(key, code)
    assert message in str(failure.value)
    assert str(failure.value).startswith(f"query.ts:{line}: error [typescript-code]")
    assert (failure.value.line, failure.value.column) == (line, column)


@pytest.mark.parametrize("code", ["export const query = 1;", "export const other = 1;"])
def test_a_module_without_a_query(worker: NodeWorker, key: str, code: str) -> None:
    with pytest.raises(CodeError, match="no-query"):
        worker.compile(key, code)


def test_code_that_prints_breaks_nothing(worker: NodeWorker, key: str) -> None:
    noise = 'console.log("hello"); process.stdout.write("\\x00\\x00\\x00\\x05abc"); console.error("x");\n'
    assert worker.compile(key, noise + module("db.select().from(author)")).sql == 'select "id" from "author"'


def test_a_late_failure_of_one_query_is_not_the_next_ones(worker: NodeWorker, key: str) -> None:
    worker.compile(key, "Promise.reject(new Error('late'));\n" + module("db.select().from(author)"))
    assert worker.compile(key, module("db.select().from(author).limit(1)")).parameters == (1,)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("export const query = () => { while (true); };", "node-timeout"),
        ("process.exit(3);", "node-died.*exit code 3"),
        ("process.kill(process.pid, 'SIGKILL');", "node-died.*SIGKILL"),
    ],
)
def test_the_next_request_gets_a_fresh_worker_with_its_schemas(code: str, error: str) -> None:
    with NodeWorker() as worker:
        key = worker.load(SCHEMA)
        with pytest.raises(WorkbenchError, match=error):
            worker.compile(key, code)
        assert worker.compile(key, module("db.select().from(author)")).sql == 'select "id" from "author"'


def test_a_worker_killed_in_the_middle(server: PostgresServer, database: Database) -> None:
    with NodeWorker() as worker:
        key = worker.load(SCHEMA)
        assert worker.pid is not None
        threading.Timer(0.5, os.kill, (worker.pid, signal.SIGKILL)).start()
        with pytest.raises(WorkbenchError, match="ended by SIGKILL"):
            worker.run(key, module("db.execute(sql`select pg_sleep(4)`)"), database.node_settings())
        assert worker.run(key, module("db.$count(book)"), database.node_settings()).rows == (
            ({"$": "js-number", "v": "2"},),
        )


def test_a_database_killed_in_the_middle(worker: NodeWorker) -> None:
    key = worker.load(SCHEMA)
    with PostgresServer() as server:
        settings = server.create_database().node_settings()
        threading.Timer(0.5, os.kill, (server.cluster.process.pid, signal.SIGKILL)).start()
        for _ in range(2):  # while it runs, and when it is gone
            with pytest.raises(WorkbenchError, match=r"postgres-lost.*the database ended while this ran"):
                worker.run(key, module("db.execute(sql`select pg_sleep(4)`)"), settings)


_LOOPING_OWNER = """
from workbench.runtime.node import NodeWorker
worker = NodeWorker()
key = worker.load({"a.ts": "export const a = 1;"})
print(worker.pid, flush=True)
worker.compile(key, "while (true);")
"""


def test_a_killed_owner_takes_a_looping_worker_along() -> None:
    owner = subprocess.Popen([sys.executable, "-c", _LOOPING_OWNER], stdout=subprocess.PIPE, text=True)
    assert owner.stdout is not None
    worker = int(owner.stdout.readline())
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert eventually(lambda: gone(worker))


def test_drizzle_kit_finds_nothing_to_change_in_its_own_database(
    worker: NodeWorker, key: str, database: Database, server: PostgresServer
) -> None:
    assert worker.push_diff(key, database.node_settings()) == ()
    other = server.create_database(ddl=["CREATE TABLE author (id integer PRIMARY KEY)"])
    assert [text.split("(")[0].strip() for text in worker.push_diff(key, other.node_settings())] == [
        'CREATE TABLE "book"',
        'ALTER TABLE "book" ADD CONSTRAINT "book_author_id_author_id_fk" FOREIGN KEY',
    ]
    other.drop()


SQLITE = {
    "schema.ts": """import { blob, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
export const note = sqliteTable("note", {
  id: integer().primaryKey({ autoIncrement: true }),
  done: integer({ mode: "boolean" }),
  made: integer({ mode: "timestamp" }),
  raw: blob({ mode: "buffer" }),
  facts: text({ mode: "json" }),
});
"""
}


def test_sqlite(worker: NodeWorker, tmp_path: Path) -> None:
    key = worker.load(SQLITE, "sqlite")
    file = tmp_path / "my notes.db"
    with sqlite3.connect(file) as connection:
        for statement in worker.migrate(key):
            connection.execute(statement)
        connection.execute("INSERT INTO note VALUES (9007199254740993, 1, 1700000000, x'00ff', '{\"a\": 1}')")
    connection.close()
    code = module("db.select().from(note).limit(2)", 'import { note } from "./schema";')
    seen = worker.run(key, code, {"path": str(file)})
    assert seen.sql == 'select "id", "done", "made", "raw", "facts" from "note" limit ?'
    assert seen.rows == (
        (
            {"$": "js-bigint", "v": "9007199254740993"},
            True,
            {"$": "js-date", "v": "2023-11-14T22:13:20.000Z"},
            {"$": "bytes", "v": "00ff"},
            {"$": "js-object", "v": {"a": {"$": "js-number", "v": "1"}}},
        ),
    )
    assert worker.push_diff(key, {"path": str(file)}) == ()
    refused = worker.run(key, module("db.delete(note)", 'import { note } from "./schema";'), {"path": str(file)})
    assert refused.error == "ERR_SQLITE_ERROR attempt to write a readonly database"


def test_drizzle_kits_questions_are_answered_by_created(worker: NodeWorker, server: PostgresServer) -> None:
    key = worker.load(
        {
            "schema.ts": 'import { integer, pgTable } from "drizzle-orm/pg-core";\n'
            'export const pen = pgTable("pen", { id: integer(), ink: integer() });\n'
            'export const cap = pgTable("cap", { id: integer() });\n'
        }
    )
    database = server.create_database(
        ddl=["CREATE TABLE pen (id integer, dye integer)", "CREATE TABLE lid (id integer)"]
    )
    assert [" ".join(text.split()) for text in worker.push_diff(key, database.node_settings())] == [
        'CREATE TABLE "cap" ( "id" integer );',
        'DROP TABLE "lid" CASCADE;',
        'ALTER TABLE "pen" ADD COLUMN "ink" integer;',
        'ALTER TABLE "pen" DROP COLUMN "dye";',
    ]
    database.drop()
