"""The prover proves what is equal, never what is not, and says by which steps."""

from __future__ import annotations

import json

import pytest

from tests.equivalence.proof.cases_report import CASES, Case, cases, outcome, told
from tests.equivalence.proof.mutants import mutants
from tests.equivalence.proof.report import decide, pairs_file
from workbench.catalog.ddl import read_ddl
from workbench.equivalence.parse import parse_query
from workbench.equivalence.proof.prove import NotProved, Proved, prove

# Equal, and not proved: at most one row follows from an order here, not from a key.
OPEN = {"latest per group: ordered subquery against lateral"}
GATE = 120


@pytest.mark.parametrize("case", [c for c in cases() if c.equal and c.name not in OPEN], ids=lambda c: c.name)
def test_equal(case: Case) -> None:
    word = outcome(case)
    assert isinstance(word, Proved), word
    assert word.steps[-1].rule == "the same rows equally often"


@pytest.mark.parametrize("case", [c for c in cases() if not c.equal], ids=lambda c: c.name)
def test_different(case: Case) -> None:
    assert isinstance(outcome(case), NotProved)


@pytest.mark.parametrize("case", [c for c in cases() if c.name in OPEN], ids=lambda c: c.name)
@pytest.mark.xfail(strict=True, reason="at most one row is read off keys only")
def test_open(case: Case) -> None:
    assert isinstance(outcome(case), Proved)


@pytest.mark.parametrize("case", [c for c in cases() if "volatile" not in c.name], ids=lambda c: c.name)
def test_symmetric(case: Case) -> None:
    turned = Case(case.name, case.right, case.left, case.equal)
    assert isinstance(outcome(case), Proved) == isinstance(outcome(turned), Proved)


def test_a_step_names_its_constraint() -> None:
    word = outcome(next(c for c in cases() if c.name == "join to a foreign key's row"))
    assert isinstance(word, Proved)
    assert "FOREIGN KEY (book.author_id) REFERENCES author" in [u for step in word.steps for u in step.using]


def test_a_proof_is_told_step_by_step() -> None:
    assert told() == (CASES / "told.txt").read_text()


def test_what_is_taken_for_granted_is_said() -> None:
    word = outcome(next(c for c in cases() if c.name == "the same parameter on both sides"))
    assert isinstance(word, Proved)
    assert word.assumptions == ("a parameter has the type of what it stands beside",)


@pytest.mark.parametrize(
    ("left", "right", "reason"),
    [
        ("SELECT random()", "SELECT random()", "rand() gives another value at each call"),
        ("SELECT id FROM book", "SELECT id, title FROM book", "one side has 1 columns, the other 2"),
        ("SELECT id FROM book ORDER BY id", "SELECT id FROM book", "the two sides are ordered differently"),
        (
            "SELECT DISTINCT weight FROM book",
            "SELECT weight FROM book GROUP BY weight",
            "float values are grouped: equal ones may differ",
        ),
        (
            "SELECT json_agg(id) FROM book",
            "SELECT json_agg(id) FROM book",
            "the aggregate jsonarrayagg",
        ),
        (
            'SELECT id FROM book WHERE title COLLATE "C" < $1',
            'SELECT id FROM book WHERE title COLLATE "C" < $1',
            "collate is not read here",
        ),
    ],
)
def test_a_refusal_says_why(left: str, right: str, reason: str) -> None:
    catalog = read_ddl((CASES / "orm.sql").read_text(), "postgres")
    sides = [parse_query(sql, catalog, "postgres", "dollar") for sql in (left, right)]
    assert prove(sides[0], sides[1], catalog) == NotProved((reason,))


def test_escape_is_part_of_like() -> None:
    catalog = read_ddl((CASES / "orm.sql").read_text(), "postgres")
    both = "SELECT id FROM book WHERE title LIKE '_a' AND title LIKE '_b' AND title LIKE '{}' ESCAPE '!'"
    sides = [parse_query(both.format(pattern), catalog, "postgres", "dollar") for pattern in "ab"]
    assert isinstance(prove(sides[0], sides[1], catalog), NotProved)


@pytest.mark.skipif(not pairs_file().exists(), reason="the pairs file is not here: set WORKBENCH_PAIRS")
def test_calcite() -> None:
    words = {p["id"]: decide(p) for p in map(json.loads, pairs_file().read_text().splitlines())}
    proved = [name for name, word in words.items() if isinstance(word, Proved)]
    assert len(proved) >= GATE
    # AVG and SUM / COUNT, and what is built on them, differ in PostgreSQL: integer division truncates
    assert not {"sqlsolver_calcite-116", "sqlsolver_calcite-127"} & set(proved)


def test_mutants_change_the_query() -> None:
    from random import Random

    catalog = read_ddl((CASES / "orm.sql").read_text(), "postgres")
    query = parse_query("SELECT id FROM book WHERE pages > 3 AND active", catalog, "postgres", "dollar")
    changed = {mutant.sql for _, mutant in mutants(query, Random(1), 5)}
    assert len(changed) >= 4
    assert query.tree.sql("postgres") not in changed
