"""The rules on whole SELECTs, in the order they are tried. Each keeps the bag of rows, or checks its condition."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.anti_join import anti_join
from workbench.equivalence.normal_form.bounds import all_quantifier, moment_literal, strict_bound
from workbench.equivalence.normal_form.counting import count_distinct_key, filter_to_where, filtered_case
from workbench.equivalence.normal_form.derived_tables import inline_cte, merge_derived_table, order_in_subquery
from workbench.equivalence.normal_form.distinct import group_without_aggregates, redundant_distinct
from workbench.equivalence.normal_form.grouped_join import grouped_left_join
from workbench.equivalence.normal_form.grouped_table import coalesce_of_nullif, left_join_of_groups
from workbench.equivalence.normal_form.joins import implied_not_null, inner_on_to_where, left_join_to_inner, true_where
from workbench.equivalence.normal_form.membership import count_above_zero, in_subquery
from workbench.equivalence.normal_form.orders import determined_order_key, null_test_before_key
from workbench.equivalence.normal_form.predicates import Rule
from workbench.equivalence.normal_form.single_row import (
    exists_of_one_row,
    lateral_of_one_row,
    scalar_of_one_row,
    unread_row,
)

SELECT_RULES: tuple[Rule, ...] = (
    inline_cte,
    unread_row,
    inner_on_to_where,
    true_where,
    left_join_to_inner,
    in_subquery,
    implied_not_null,
    merge_derived_table,
    lateral_of_one_row,
    left_join_of_groups,
    grouped_left_join,
    filter_to_where,
    anti_join,
    exists_of_one_row,
    scalar_of_one_row,
    determined_order_key,
    group_without_aggregates,
    redundant_distinct,
)
QUERY_RULES: dict[type[exp.Expr], tuple[Rule, ...]] = {
    exp.Select: SELECT_RULES,
    exp.Union: (inline_cte,),
    exp.Intersect: (inline_cte,),
    exp.Except: (inline_cte,),
    exp.Subquery: (order_in_subquery,),
    exp.Order: (null_test_before_key,),
    exp.EQ: (all_quantifier, moment_literal),
    exp.NEQ: (all_quantifier, moment_literal),
    exp.GT: (all_quantifier, moment_literal, count_above_zero, strict_bound),
    exp.LT: (all_quantifier, moment_literal, count_above_zero, strict_bound),
    exp.GTE: (all_quantifier, moment_literal),
    exp.LTE: (all_quantifier, moment_literal),
    exp.Coalesce: (coalesce_of_nullif,),
    exp.Count: (filtered_case, count_distinct_key),
    exp.Sum: (filtered_case,),
    exp.Avg: (filtered_case,),
    exp.Min: (filtered_case,),
    exp.Max: (filtered_case,),
}
