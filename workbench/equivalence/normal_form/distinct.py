"""Rules on DISTINCT and GROUP BY without aggregates."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import identifies_rows, names
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.shape import SET_RETURNING
from workbench.equivalence.walking import has


def redundant_distinct(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """DISTINCT does nothing where the outputs hold a key of every source, or every grouping column."""
    distinct = node.args.get("distinct")
    if any(has(part, *SET_RETURNING) for part in node.expressions):
        return None
    if distinct is None or distinct.args.get("on") or (node.args.get("having") and not node.args.get("group")):
        return None
    group = node.args.get("group")
    outputs = names(node.expressions)
    if group is not None:
        plain = {k for k, v in group.args.items() if v} == {"expressions"}
        redundant = (
            plain and len(names(group.expressions)) == len(group.expressions) and names(group.expressions) <= outputs
        )
    else:
        redundant = identifies_rows(outputs, node, facts) if isinstance(node, exp.Select) else False
    if not redundant:
        return None
    changed = node.copy()
    changed.set("distinct", None)
    return changed


def group_without_aggregates(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """GROUP BY of exactly the outputs, without an aggregate, is DISTINCT."""
    group = node.args.get("group")
    blocked = node.args.get("having") or node.args.get("distinct") or node.args.get("limit") or node.args.get("order")
    if group is None or blocked or {k for k, v in group.args.items() if v} != {"expressions"}:
        return None
    if has(node, exp.AggFunc, exp.Window, *SET_RETURNING) or not group.expressions:
        return None
    if set(group.expressions) != {part.unalias() for part in node.expressions}:
        return None
    changed = node.copy()
    changed.set("group", None)
    changed.set("distinct", exp.Distinct())
    return changed
