"""A person's text becomes a module in which every line keeps its number."""

from __future__ import annotations

import pytest

from workbench.runtime.node import CodeError, NodeWorker
from workbench.runtime.snippet import Snippet, snippet

SCHEMA = {
    "schema.ts": 'import { integer, pgTable } from "drizzle-orm/pg-core";\n'
    'export const book = pgTable("book", { id: integer() });\n'
}
EXPORTS = {"./schema": ("book", "author"), "drizzle-orm": ("eq", "sql", "desc")}

CASES: list[tuple[str, str]] = [
    (
        "db.select().from(book);\n",
        'import { book } from "./schema"; export const query = (db: Db) => (db.select().from(book)\n);\n',
    ),
    (
        "const b = book; // desc\nreturn db.select().from(b).where(eq(b.id, 'sql'));",
        'import { book } from "./schema"; import { eq } from "drizzle-orm"; export const query = (db: Db) => { '
        "const b = book; // desc\nreturn db.select().from(b).where(eq(b.id, 'sql'));\n};\n",
    ),
    (
        'import { eq } from "drizzle-orm";\n\ndb.select().from(book).where(eq(book.id, 1))',
        'import { eq } from "drizzle-orm";\n\n'
        'import { book } from "./schema"; export const query = (db: Db) => ('
        "db.select().from(book).where(eq(book.id, 1))\n);\n",
    ),
    ("export const query = 1;\n", "export const query = 1;\n"),
]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_the_module(text: str, code: str) -> None:
    assert snippet(text, EXPORTS).code == code


def test_places_lead_back_to_the_persons_text() -> None:
    assert Snippet("", line=3, shift=10).place(3, 14) == (3, 4)
    assert Snippet("", line=3, shift=10).place(4, 14) == (4, 14)
    assert Snippet("", line=3, shift=10).place(3, 2) == (3, 1)


def test_it_runs_and_errors_lie_where_the_person_wrote_them(worker: NodeWorker) -> None:
    key = worker.load(SCHEMA)
    names = worker.vocabulary(key)
    right = snippet("db.select().from(book)\n  .where(eq(book.id, 1))", names)
    assert worker.compile(key, right.code).sql == 'select "id" from "book" where "book"."id" = $1'
    wrong = snippet("db.selct().from(book)", names)
    with pytest.raises(CodeError) as failure:
        worker.compile(key, wrong.code)
    assert failure.value.line is not None and failure.value.column is not None
    assert wrong.place(failure.value.line, failure.value.column) == (1, 4)
