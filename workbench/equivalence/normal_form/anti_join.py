"""A rule on LEFT joins of which only the padded rows are kept."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts, source_alias
from workbench.equivalence.normal_form.shape import (
    joins_of,
    one_sided,
    set_where,
    where_parts,
)
from workbench.equivalence.normal_form.strictness import rejects_null
from workbench.equivalence.walking import find_all


def anti_join(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A LEFT join of which WHERE keeps only the padded rows is NOT EXISTS."""
    if not one_sided(node):
        return None
    for join in joins_of(node):
        alias, on = source_alias(join.this), join.args.get("on")
        if join.side != "LEFT" or on is None or not isinstance(join.this, (exp.Table, exp.Subquery)):
            continue
        for index, part in enumerate(where_parts(node)):
            if _only_when_padded(part, alias, on, facts) and _unused_elsewhere(node, alias, join, part):
                return _without_match(node, alias, index)
    return None


def _only_when_padded(part: exp.Expr, alias: str, on: exp.Expr, facts: Facts) -> bool:
    tested = part.this if isinstance(part, exp.Is) and isinstance(part.expression, exp.Null) else None
    if not isinstance(tested, exp.Column) or tested.table != alias:
        return False
    column = facts.column(tested)
    declared = column is not None and not column.nullable
    return declared or rejects_null(on, lambda c: (c.table, c.name) == (alias, tested.name))


def _unused_elsewhere(node: exp.Expr, alias: str, join: exp.Join, part: exp.Expr) -> bool:
    uses = sum(1 for column in find_all(node, exp.Column) if column.table == alias)
    inside = sum(1 for place in (join.args["on"], part) for c in find_all(place, exp.Column) if c.table == alias)
    return uses == inside


def _without_match(node: exp.Expr, alias: str, index: int) -> exp.Expr:
    changed = node.copy()
    parts = where_parts(changed)
    join = next(j for j in joins_of(changed) if source_alias(j.this) == alias)
    inner = exp.Select(expressions=[exp.Literal.number(1)], from_=exp.From(this=join.this))
    inner.set("where", exp.Where(this=join.args["on"]))
    changed.set("joins", [j for j in joins_of(changed) if j is not join])
    set_where(changed, [*parts[:index], exp.Not(this=exp.Exists(this=inner)), *parts[index + 1 :]])
    return changed
