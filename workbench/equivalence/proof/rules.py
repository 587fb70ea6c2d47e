"""The rewriting rules in the order they are tried, each with the sentence a proof tells it by."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from workbench.equivalence.proof.rules_distinct import (
    bind_distinct,
    drop_constant_columns,
    open_unique,
    push_into_distinct,
)
from workbench.equivalence.proof.rules_joins import join_to_exists, join_to_single
from workbench.equivalence.proof.rules_keys import drop_foreign_join, drop_hidden_foreign_join, merge_by_key
from workbench.equivalence.proof.rules_nulls import never_null_columns, read_equal, strict_same
from workbench.equivalence.proof.rules_sets import open_opaque
from workbench.equivalence.proof.steps import NOT_NULL
from workbench.equivalence.proof.terms import Source, Term, Terms
from workbench.equivalence.proof.workspace import Workspace

Rule: TypeAlias = Callable[[Workspace, Term, dict[int, Source]], Terms | None]

RULES: tuple[tuple[str, Rule], ...] = (
    (NOT_NULL, never_null_columns),
    ("IS NOT DISTINCT FROM a value that is never NULL is an equality", strict_same),
    ("DISTINCT over rows without duplicates does nothing", open_unique),
    ("a column of a DISTINCT that is the same as a value is that value", bind_distinct),
    ("a column of a DISTINCT that has one value, or repeats another, is dropped", drop_constant_columns),
    ("EXCEPT ALL and INTERSECT ALL of rows without duplicates are NOT EXISTS and EXISTS", open_opaque),
    ("rows that agree on a key are one row", merge_by_key),
    ("a join that a foreign key promises is dropped", drop_hidden_foreign_join),
    ("a condition on a DISTINCT filters its rows", push_into_distinct),
    ("a column that is the same as a value is read as that value", read_equal),
    ("a join to at most one row that no output reads is an EXISTS", join_to_exists),
    ("a join that a foreign key promises is dropped", drop_foreign_join),
    ("a join to at most one row is read as a scalar subquery", join_to_single),
)
