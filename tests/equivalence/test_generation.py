"""Generated databases: accepted by the real engines, the same for the same seed, and rich."""

from __future__ import annotations

import pytest

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Catalog
from workbench.equivalence.engine import Engine, Scratch, Statement
from workbench.equivalence.generation import Hints, generate_database
from workbench.equivalence.generation.numbers import decimals

CYCLE = """
CREATE TABLE team (id integer PRIMARY KEY, lead_id integer NOT NULL, name varchar(4) NOT NULL UNIQUE);
CREATE TABLE person (
  id integer PRIMARY KEY, team_id integer NOT NULL REFERENCES team (id), boss_id integer REFERENCES person (id),
  kind varchar(3) CHECK (kind IN ('abc', 'x')), share numeric(3, 2) CHECK (share BETWEEN 0 AND 1), seen time,
  CHECK (kind <> 'x' OR share IS NOT NULL)
);
ALTER TABLE team ADD CONSTRAINT lead FOREIGN KEY (lead_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED;
CREATE UNIQUE INDEX one_boss ON person (team_id) WHERE boss_id IS NULL;
"""


@pytest.mark.parametrize("seed", range(12))
def test_the_database_accepts_the_rows(seed: int, bookshop: Catalog, scratch: Scratch) -> None:
    rows = generate_database(bookshop, seed, 6)
    counted = [Statement(f'SELECT count(*) FROM "{table.table}"', (), "dollar") for table in rows]
    answers = scratch.trial(rows, counted)
    assert [answer.rows[0][0] for answer in answers] == [len(table.rows) for table in rows]
    assert sum(len(table.rows) for table in rows) >= 24


def test_cycles_checks_and_partial_uniques(postgres: Engine) -> None:
    catalog = read_ddl(CYCLE, "postgres")
    scratch = postgres.create(catalog)
    try:
        for seed in range(12):
            rows = generate_database(catalog, seed, 4)
            (answer,) = scratch.trial(rows, [Statement("SELECT count(*) FROM person", (), "dollar")])
            assert answer.error is None
    finally:
        scratch.close()


def test_one_seed_one_database(bookshop: Catalog) -> None:
    assert generate_database(bookshop, 7, 5) == generate_database(bookshop, 7, 5)
    assert generate_database(bookshop, 7, 5) != generate_database(bookshop, 8, 5)


def test_hints_and_their_neighbours_appear(bookshop: Catalog) -> None:
    hints = Hints({("book", "pages"): (77,)})
    found = set()
    for seed in range(20):
        book = next(t for t in generate_database(bookshop, seed, 6, hints) if t.table == "book")
        found |= {row[book.columns.index("pages")] for row in book.rows}
    assert {None, 76, 77, 78} <= found


def test_a_column_may_hold_more_digits_than_python_computes_with() -> None:
    wide = {"$": "decimal", "v": "1234567890123456789012345678901234567890.5"}
    values = decimals("numeric", (80, 30), [wide])
    assert {"$": "decimal", "v": "1234567890123456789012345678901234567890.5" + "0" * 29} in values
