"""The rules on scalar expressions, by the node they look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sqlglot import exp

from workbench.equivalence.normal_form.arithmetic import constant_arithmetic
from workbench.equivalence.normal_form.casts import constant_cast, idle_cast, typed_literal
from workbench.equivalence.normal_form.comparisons import (
    all_array,
    any_array,
    between,
    case_without_branches,
    distinct_from,
    distinct_from_null,
    in_list,
)
from workbench.equivalence.normal_form.conditions import true_in_condition
from workbench.equivalence.normal_form.existence import exists_select_list
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.logic import boolean_test, equals_true, logic_constants, parentheses, push_not
from workbench.equivalence.normal_form.nulls import coalesce_not_null, count_not_null, is_not_null

Rule: TypeAlias = Callable[[exp.Expr, Facts], exp.Expr | None]

SCALAR_RULES: dict[type[exp.Expr], tuple[Rule, ...]] = {
    exp.Paren: (parentheses,),
    exp.Not: (push_not,),
    exp.Between: (between,),
    exp.In: (in_list,),
    exp.EQ: (any_array, equals_true, typed_literal),
    exp.NEQ: (all_array, equals_true, typed_literal),
    exp.LT: (typed_literal,),
    exp.LTE: (typed_literal,),
    exp.GT: (typed_literal,),
    exp.GTE: (typed_literal,),
    exp.Is: (is_not_null, boolean_test),
    exp.NullSafeEQ: (distinct_from, distinct_from_null),
    exp.NullSafeNEQ: (distinct_from, distinct_from_null),
    exp.Coalesce: (coalesce_not_null,),
    exp.Count: (count_not_null,),
    exp.Cast: (idle_cast, constant_cast),
    exp.Exists: (exists_select_list,),
    exp.Where: (true_in_condition,),
    exp.Having: (true_in_condition,),
    exp.Add: (constant_arithmetic,),
    exp.Sub: (constant_arithmetic,),
    exp.Mul: (constant_arithmetic,),
    exp.And: (logic_constants,),
    exp.Or: (logic_constants,),
    exp.Case: (case_without_branches,),
}
