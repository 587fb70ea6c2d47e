"""What Django keeps in SQLite's text columns is generated as Django would read it back."""

from __future__ import annotations

import json
from uuid import UUID

from workbench.catalog.django_ddl import read_ddl
from workbench.equivalence.generation import generate_database
from workbench.runtime.sqlite import SqliteEngine
from workbench.runtime.sqlite_rows import stored

DDL = (
    """CREATE TABLE "order" ("number" char(32) NOT NULL PRIMARY KEY, "basket" char(32) NULL,
    "code" varchar(32) NOT NULL, "details" text NOT NULL UNIQUE
    CHECK ((JSON_VALID("details") OR "details" IS NULL)))""",
)
ROWS = 30


def test_uuids_and_documents_are_what_django_reads_back() -> None:
    (table,) = generate_database(read_ddl(DDL, "sqlite"), 1, ROWS)
    assert table.columns == ("number", "basket", "code", "details") and len(table.rows) == ROWS
    for number, basket, _, details in table.rows:
        assert UUID(number).hex == number
        assert basket is None or UUID(basket).hex == basket
        json.loads(str(stored(details)))
    assert len({row[0] for row in table.rows}) == ROWS


def test_sqlite_takes_them() -> None:
    scratch = SqliteEngine().create(DDL)
    assert scratch.trial(generate_database(read_ddl(DDL, "sqlite"), 1, ROWS), []) == ()
    scratch.close()


def test_a_key_that_is_a_truth_value_has_two() -> None:
    ddl = ('CREATE TABLE "answer" ("yes" bool NOT NULL PRIMARY KEY)',)
    (table,) = generate_database(read_ddl(ddl, "sqlite"), 1, ROWS)
    assert sorted(row[0] for row in table.rows) == [False, True]
