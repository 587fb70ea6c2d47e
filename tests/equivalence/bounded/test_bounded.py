"""Bounded databases: found where values must fit together, refuted where there are none, silent where not exact."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workbench.catalog.ddl import read_ddl
from workbench.catalog.table import Dialect
from workbench.equivalence import decide, parse_query
from workbench.equivalence.bounded import Bounded, bounded
from workbench.equivalence.counterexample import Search
from workbench.equivalence.engine import Engine, Statement
from workbench.verdict import DatabaseWitness, Different

PAIRS = [json.loads(line) for line in (Path(__file__).parent / "correlated.jsonl").read_text().splitlines()]
_MINUTE = 60_000


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["id"])
def test_values_that_must_fit_together_are_found(pair: dict[str, str], postgres: Engine) -> None:
    """Targeted data alone decides 13 of these 36."""
    catalog = read_ddl(pair["schema"], "postgres")
    scratch = postgres.create(catalog)
    try:
        verdict = decide(pair["left"], pair["right"], catalog, scratch=scratch)
        assert isinstance(verdict, Different)
        witness = verdict.witnesses[0]
        assert isinstance(witness, DatabaseWitness)
        statements = [Statement(pair[side], (), "dollar") for side in ("left", "right")]
        left, right = scratch.trial(witness.database, statements)
        assert (left.rows, right.rows) == (witness.left.rows, witness.right.rows)
        assert sorted(map(repr, left.rows)) != sorted(map(repr, right.rows))
    finally:
        scratch.close()


_TABLES = """
CREATE TABLE a (id integer NOT NULL PRIMARY KEY, x integer, s varchar(5), CHECK (x <> 5));
CREATE TABLE b (id integer NOT NULL PRIMARY KEY, a_id integer NOT NULL REFERENCES a (id), y integer, UNIQUE (a_id, y));
"""

# (left, right, rows a table up to which there is provably no difference, is one found?)
_BOUNDS = [
    ("SELECT id FROM a WHERE x > 3", "SELECT id FROM a WHERE NOT x <= 3", 3, False),
    ("SELECT id FROM a WHERE x = 5", "SELECT id FROM a WHERE FALSE", 3, False),  # the CHECK
    ("SELECT a_id, y FROM b WHERE y = 1", "SELECT DISTINCT a_id, y FROM b WHERE y = 1", 3, False),  # the UNIQUE
    ("SELECT b.id FROM b JOIN a ON a.id = b.a_id", "SELECT id FROM b", 3, False),  # the FOREIGN KEY
    ("SELECT s FROM a GROUP BY s HAVING COUNT(*) > 2", "SELECT s FROM a WHERE FALSE", 2, True),
    ("SELECT s FROM a GROUP BY s HAVING COUNT(*) > 3", "SELECT s FROM a WHERE FALSE", 3, False),  # four rows
    ("SELECT x FROM a EXCEPT ALL SELECT y FROM b", "SELECT x FROM a EXCEPT SELECT y FROM b", 1, True),
    ("SELECT COUNT(y) FROM b", "SELECT COUNT(DISTINCT y) FROM b", 1, True),
    ("SELECT id FROM a WHERE md5(s) = s", "SELECT id FROM a WHERE s = md5(s)", 3, False),  # whatever the function
    ("SELECT id FROM a WHERE md5(s) = 'a'", "SELECT id FROM a WHERE FALSE", 0, False),  # of which nothing is known
    ("SELECT id FROM a ORDER BY x LIMIT 1", "SELECT id FROM a ORDER BY s LIMIT 1", 0, False),  # ties
    ("SELECT id FROM a ORDER BY id", "SELECT id FROM a ORDER BY id DESC", 0, False),  # an order is not a matter of rows
]


@pytest.mark.parametrize(("left", "right", "rows", "differs"), _BOUNDS)
def test_a_bound_is_claimed_only_where_it_holds(
    left: str, right: str, rows: int, differs: bool, postgres: Engine
) -> None:
    outcome = _bounded(left, right, "postgres", postgres)
    assert (outcome.rows, outcome.found is not None) == (rows, differs), outcome


def test_sqlite_has_bounds_of_its_own(sqlite: Engine) -> None:
    assert (
        _bounded("SELECT id FROM a WHERE s LIKE 'Q%'", "SELECT id FROM a WHERE s LIKE 'q%'", "sqlite", sqlite).rows == 0
    )
    assert _bounded("SELECT SUM(x) FROM a", "SELECT SUM(x) FROM a WHERE x IS NOT NULL", "sqlite", sqlite).rows == 3


def test_the_bound_is_said_with_what_it_assumes(postgres: Engine) -> None:
    catalog = read_ddl(_TABLES, "postgres")
    four = ("SELECT s FROM a GROUP BY s HAVING COUNT(*) > 3 AND SUM(x + 1) > 0", "SELECT s FROM a WHERE FALSE")
    verdict = decide(*four, catalog, engine=postgres, databases=0)
    assert (verdict.word, verdict.tried.bounded_rows) == ("undecided", 3)
    assert (
        "no difference on databases of up to 3 rows a table, "
        "if arithmetic does not overflow (an overflow is an error, not a row)"
    ) in verdict.reasons


def test_a_match_of_a_value_of_unknown_type_has_no_reading(postgres: Engine) -> None:
    catalog = read_ddl("CREATE TABLE t (id integer NOT NULL PRIMARY KEY, value jsonb)", "postgres")
    sides = ("SELECT (value #>> $1) FROM t WHERE (value #>> $1)::text LIKE $2", "SELECT value #>> $1 FROM t")
    condition = " WHERE (value #>> $1) LIKE $2"
    values = [["bax", "foo"], "%ar%"]
    verdict = decide(sides[0], sides[1] + condition, catalog, engine=postgres, left_params=values, right_params=values)
    assert (verdict.word, verdict.tried.bounded_rows) == ("undecided", 0)


def _bounded(left: str, right: str, dialect: Dialect, engine: Engine) -> Bounded:
    catalog = read_ddl(_TABLES, dialect)
    scratch = engine.create(catalog)
    try:
        sides = [parse_query(sql, catalog, dialect, "dollar") for sql in (left, right)]
        return bounded(Search(*sides, catalog, scratch), lambda: _MINUTE)
    finally:
        scratch.close()
