"""Every kind of condition has a question, a filter and a test of rows: a new kind is forgotten in none of them."""

from __future__ import annotations

from typing import get_args

import pytest

from workbench.policies.cases import answering
from workbench.policies.condition import Asked, Condition, Skip
from workbench.targets.rules import filters, questions, row_tests

KINDS = frozenset(get_args(Condition))
TABLES = {"question": questions.SHAPES, "where": filters.SHAPES, "rows": row_tests.SHAPES}
UNMEASURED = {Asked, Skip}  # the matrix tries such a rule, and says that it did not measure its coverage


@pytest.mark.parametrize(
    "table", [questions.SHAPES, filters.SHAPES, row_tests.SHAPES], ids=["question", "where", "rows"]
)
def test_every_kind_of_condition_is_written(table: frozenset[type]) -> None:
    assert table == KINDS


def test_every_kind_of_condition_has_a_meaning_for_the_matrix() -> None:
    assert answering.ANSWERED | UNMEASURED == KINDS
