"""Rules on aggregates: FILTER and CASE, COUNT of a key."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import identifies_rows
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.shape import (
    set_where,
    where_parts,
)


def filtered_case(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """An aggregate that skips NULL, over CASE WHEN p THEN x END, is the aggregate of x with FILTER (WHERE p)."""
    case = node.this
    if node.expressions or not isinstance(case, exp.Case) or case.this or len(case.args["ifs"]) != 1:
        return None
    default = case.args.get("default")
    if (default is not None and not isinstance(default, exp.Null)) or isinstance(node.parent, (exp.Filter, exp.Window)):
        return None
    branch = case.args["ifs"][0]
    aggregate = type(node)(this=branch.args["true"], **{k: v for k, v in node.args.items() if k != "this"})
    return exp.Filter(this=aggregate, expression=exp.Where(this=branch.this))


def count_distinct_key(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """COUNT(DISTINCT key) over one table's rows is COUNT(*)."""
    counted = node.this if isinstance(node.this, exp.Distinct) else None
    select = node.parent_select
    if counted is None or len(counted.expressions) != 1 or not isinstance(select, exp.Select) or node.expressions:
        return None
    column = counted.expressions[0]
    grouped = select.args.get("group") or isinstance(node.parent, (exp.Filter, exp.Window))
    if not isinstance(column, exp.Column) or grouped or not facts.not_null(column):
        return None
    if not identifies_rows({(column.table, column.name)}, select, facts):
        return None
    return exp.Count(this=exp.Star())


def filter_to_where(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """The FILTER of the only aggregate of an ungrouped SELECT may stand in WHERE."""
    listed = node.expressions
    filtered = listed[0].unalias() if len(listed) == 1 else None
    parts = ("group", "having", "distinct", "order", "limit", "windows", "qualify")
    if not isinstance(filtered, exp.Filter) or any(node.args.get(part) for part in parts):
        return None
    changed = node.copy()
    target = changed.expressions[0].unalias()
    condition = target.expression.this
    target.replace(target.this)
    set_where(changed, [*where_parts(changed), condition])
    return changed
