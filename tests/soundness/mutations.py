"""Small changes of a query, each of which may change its meaning, by name."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import sqlglot
from sqlglot import exp

from tests.soundness import aggregate_mutations, predicate_mutations, structure_mutations
from tests.soundness.disguises import DISGUISES

Change = Callable[[exp.Expr, Random], bool]

# The kinds of the issue: drop or flip a predicate, INNER and LEFT, < and <=, UNION and UNION ALL, COUNT forms,
# add DISTINCT, ON to WHERE, a constant, MIN and MAX, where NULL sorts; and further ones.
MUTATIONS: tuple[Change, ...] = (
    predicate_mutations.drop_predicate,
    predicate_mutations.drop_where,
    predicate_mutations.flip_comparison,
    predicate_mutations.and_or,
    predicate_mutations.negate,
    predicate_mutations.constant,
    predicate_mutations.spelling,
    predicate_mutations.other_column,
    predicate_mutations.coalesce_null,
    predicate_mutations.drop_null_test,
    structure_mutations.inner_left,
    structure_mutations.on_to_where,
    structure_mutations.union_all,
    structure_mutations.toggle_distinct,
    structure_mutations.order_direction,
    structure_mutations.nulls_order,
    structure_mutations.limit,
    structure_mutations.set_operator,
    structure_mutations.drop_having,
    structure_mutations.where_to_on,
    structure_mutations.other_way_round,
    aggregate_mutations.count_forms,
    aggregate_mutations.min_max,
    aggregate_mutations.count_distinct,
    aggregate_mutations.sum_of_distinct,
    aggregate_mutations.no_row_as_zero,
)

__all__ = ["DISGUISES", "MUTATIONS", "changed"]


def changed(sql: str, random: Random, changes: tuple[Change, ...], count: int) -> tuple[str, tuple[str, ...]]:
    """The query after up to ``count`` of the changes, and their names."""
    tree = sqlglot.parse_one(sql, dialect="postgres")
    names: list[str] = []
    for _ in range(count * 8):
        change = random.choice(changes)
        if len(names) < count and change(tree, random):
            names.append(change.__name__)
    return tree.sql("postgres"), tuple(names)
