"""The TypeScript compiler: errors at their place, and the type of a row."""

from __future__ import annotations

import os
import signal
from contextlib import suppress

import pytest

from workbench.diagnostic import WorkbenchError
from workbench.runtime.typescript import CompilerError, QueryTypes, TypeChecker

SCHEMA = {
    "index.ts": 'export * from "./book";\n',
    "book.ts": """import { relations } from "drizzle-orm";
import { integer, numeric, pgTable, text, timestamp } from "drizzle-orm/pg-core";
export const book = pgTable("book", {
  id: integer().primaryKey(),
  kind: text({ enum: ["novel", "poem"] }).notNull(),
  price: numeric({ precision: 8, scale: 2 }),
  made: timestamp(),
});
export const bookRelations = relations(book, () => ({}));
""",
}


def module(body: str) -> str:
    imports = 'import { eq, sql } from "drizzle-orm";\nimport { book } from "./index";\n'
    return f"{imports}export const query = {body};\n"


ROWS: list[tuple[str, str]] = [
    (
        "(db: Db) => db.select().from(book)",
        '{ id: number; kind: "novel" | "poem"; price: string | null; made: Date | null; }',
    ),
    ("(db: Db) => db.select({ n: sql<bigint>`1` }).from(book)", "{ n: bigint; }"),
    ("(db: Db) => db.$count(book)", "number"),
    ("async (db: Db) => (await db.select({ id: book.id }).from(book)).at(0)?.id", "number | undefined"),
]


@pytest.mark.parametrize(("body", "row"), ROWS)
def test_the_type_of_a_row(checker: TypeChecker, body: str, row: str) -> None:
    types = checker.query(checker.open(SCHEMA), module(body))
    assert (types.errors, types.row) == ((), row)


def test_columns_have_their_own_types(checker: TypeChecker) -> None:
    code = module("(db: Db) => db.select({ p: book.price, k: book.kind }).from(book)")
    types = checker.query(checker.open(SCHEMA), code)
    assert types == QueryTypes(
        (), '{ p: string | null; k: "novel" | "poem"; }', (("p", "string | null"), ("k", '"novel" | "poem"'))
    )


ERRORS: list[tuple[str, CompilerError]] = [
    ("(db: Db) => db.selct()", CompilerError("query.ts", 3, 38, 2551, "Property 'selct' does not exist on type")),
    ("(db: Db) => db.select(", CompilerError("query.ts", 3, 45, 1005, "")),
    ("db.select()", CompilerError("query.ts", 3, 22, 2304, "Cannot find name 'db'.")),
]


@pytest.mark.parametrize(("body", "expected"), ERRORS)
def test_errors_have_a_place(checker: TypeChecker, body: str, expected: CompilerError) -> None:
    types = checker.query(checker.open(SCHEMA), module(body))
    first = types.errors[0]
    assert types.row is None
    assert (first.file, first.line, first.code) == (expected.file, expected.line, expected.code)
    assert expected.message in first.message


def test_a_whole_schema(checker: TypeChecker) -> None:
    assert checker.check(SCHEMA) == ()
    wrong = {**SCHEMA, "more.ts": 'import { nothing } from "./book";\nexport const a: number = "x";\n'}
    assert [str(error) for error in checker.check(wrong)] == [
        "more.ts:1:10: error TS2305: Module '\"./book\"' has no exported member 'nothing'.",
        "more.ts:2:14: error TS2322: Type 'string' is not assignable to type 'number'.",
    ]


def test_relational_queries_are_typed_on_demand(checker: TypeChecker) -> None:
    code = module("(db: Db) => db.query.book.findMany({ columns: { id: true } })")
    assert checker.query(checker.open(SCHEMA), code).errors
    assert checker.query(checker.open(SCHEMA, relational=True), code).row == "{ id: number; }"


def test_sqlite(checker: TypeChecker) -> None:
    schema = {
        "schema.ts": 'import { integer, sqliteTable } from "drizzle-orm/sqlite-core";\n'
        'export const note = sqliteTable("note", { id: integer().primaryKey() });\n'
    }
    code = 'import { note } from "./schema";\nexport const query = (db: Db) => db.select().from(note);\n'
    assert checker.query(checker.open(schema, "sqlite"), code).row == "{ id: number; }"


def test_more_schemas_than_are_kept(checker: TypeChecker) -> None:
    for number in range(12):
        key = checker.open({"a.ts": f"export const a = {number};\n"})
        types = checker.query(key, 'import { a } from "./a";\nexport const query = () => [{ a }];\n')
        assert types.row == "{ a: number; }"


def test_a_killed_checker_is_replaced() -> None:
    with TypeChecker() as checker:
        key = checker.open(SCHEMA)
        code = module("(db: Db) => db.select({ id: book.id }).from(book)")
        assert checker.query(key, code).row == "{ id: number; }"
        assert checker.pid is not None
        os.killpg(checker.pid, signal.SIGKILL)
        with suppress(WorkbenchError):  # the request that meets the dying process says so
            checker.query(key, code)
        assert checker.query(key, code).row == "{ id: number; }"
