"""The ladder: what each rung answers, and what a verdict carries."""

from __future__ import annotations

import pytest

from workbench.catalog.table import Catalog
from workbench.equivalence import Shared, decide
from workbench.equivalence.counterexample.as_test import pytest_text
from workbench.equivalence.engine import Scratch
from workbench.verdict import DatabaseWitness, Different, Equivalent, Undecided


def _witness(verdict: object) -> DatabaseWitness:
    assert isinstance(verdict, Different)
    (witness,) = verdict.witnesses
    assert isinstance(witness, DatabaseWitness)
    return witness


def test_not_in_with_null_has_a_small_witness(bookshop: Catalog, scratch: Scratch) -> None:
    left = "SELECT id FROM author WHERE id NOT IN (SELECT reviewer_id FROM review)"
    right = "SELECT id FROM author a WHERE NOT EXISTS (SELECT 1 FROM review r WHERE r.reviewer_id = a.id)"
    witness = _witness(decide(left, right, bookshop, scratch=scratch))
    assert sum(len(table.rows) for table in witness.database) <= 4
    assert witness.left.rows == ()
    assert len(witness.right.rows) == 1
    assert left in witness.sql
    assert "INSERT INTO" in witness.sql
    compile(pytest_text(witness), "witness", "exec")


def test_the_proof_names_the_constraint(bookshop: Catalog) -> None:
    verdict = decide("SELECT count(title) FROM book", "SELECT count(*) FROM book", bookshop)
    assert isinstance(verdict, Equivalent)
    assert verdict.method == "normal form"
    assert any("book.title NOT NULL" in step.using for step in verdict.proof)


def test_volatile_functions_match_nothing(bookshop: Catalog, scratch: Scratch) -> None:
    verdict = decide("SELECT random() FROM book", "SELECT random() FROM book", bookshop, scratch=scratch)
    assert isinstance(verdict, Undecided)
    assert "answers differently on each call" in verdict.reasons[0]


def test_limit_without_order_says_so(bookshop: Catalog, scratch: Scratch) -> None:
    verdict = decide(
        "SELECT id FROM book LIMIT 1", "SELECT id FROM book ORDER BY id LIMIT 1", bookshop, scratch=scratch
    )
    assert isinstance(verdict, Undecided)
    assert any("LIMIT without a total ORDER BY" in reason for reason in verdict.reasons + verdict.assumptions)


def test_swapped_equal_values_are_noticed(bookshop: Catalog, scratch: Scratch) -> None:
    left = "SELECT id FROM review WHERE rating = %s AND id > %s"
    right = "SELECT id FROM review WHERE rating = $2 AND id > $1"
    shared = [Shared("a", 3), Shared("b", 3)]
    swapped = decide(left, right, bookshop, scratch=scratch, left_params=shared, right_params=shared)
    straight = decide(
        left,
        right.replace("$2", "$0").replace("$1", "$2").replace("$0", "$1"),
        bookshop,
        scratch=scratch,
        left_params=shared,
        right_params=shared,
    )
    assert (swapped.word, straight.word) == ("different", "equivalent")
    assert decide(left, right, bookshop, scratch=scratch, left_params=[3, 3], right_params=[3, 3]).word == "equivalent"


def test_a_refused_query_is_undecided_with_the_databases_words(bookshop: Catalog, scratch: Scratch) -> None:
    verdict = decide("SELECT no_such(id) FROM book", "SELECT id FROM book", bookshop, scratch=scratch)
    assert isinstance(verdict, Undecided)
    assert any("no_such" in reason for reason in verdict.reasons)


@pytest.mark.parametrize("order", ["", " ORDER BY title DESC", " ORDER BY title, id DESC"])
def test_order_matters(order: str, bookshop: Catalog, scratch: Scratch) -> None:
    verdict = decide("SELECT id FROM book ORDER BY title, id", f"SELECT id FROM book{order}", bookshop, scratch=scratch)
    assert _witness(verdict).left.rows != _witness(verdict).right.rows
