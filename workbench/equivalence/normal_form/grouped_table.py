"""Rules on LEFT joins with a grouped table: correlated aggregates, and counts that are never NULL."""

from __future__ import annotations

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts, source_alias
from workbench.equivalence.normal_form.shape import (
    joins_of,
    one_sided,
    set_where,
    where_parts,
)
from workbench.equivalence.walking import find_all


def left_join_of_groups(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A LEFT join with a table grouped by what the join compares is a correlated aggregate; no row means NULL."""
    if not one_sided(node) or node.args.get("group"):
        return None
    for join in joins_of(node):
        inner = join.this.this if isinstance(join.this, exp.Subquery) else None
        if join.side == "LEFT" and isinstance(inner, exp.Select) and _grouped_by_join(join, inner):
            used = {c.name for c in find_all(node, exp.Column) if c.table == source_alias(join.this)}
            in_on = {c.name for c in find_all(join.args["on"], exp.Column) if c.table == source_alias(join.this)}
            if not used & in_on - _only_in_on(node, join):
                return _aggregates_inline(node, source_alias(join.this))
    return None


def _only_in_on(node: exp.Expr, join: exp.Join) -> set[str]:
    """Outputs of the derived table that nothing but its own join condition reads."""
    alias = source_alias(join.this)
    inside = [c.name for c in find_all(join.args["on"], exp.Column) if c.table == alias]
    everywhere = [c.name for c in find_all(node, exp.Column) if c.table == alias]
    return {name for name in inside if inside.count(name) == everywhere.count(name)}


def _grouped_by_join(join: exp.Join, inner: exp.Select) -> bool:
    group = inner.args.get("group")
    allowed = {"expressions", "from_", "joins", "where", "group"}
    if group is None or any(v for k, v in inner.args.items() if k not in allowed) or len(group.expressions) != 1:
        return False
    condition, alias = join.args.get("on"), source_alias(join.this)
    if not isinstance(condition, exp.EQ) or {k for k, v in group.args.items() if v} != {"expressions"}:
        return False
    outputs = {part.alias_or_name: part.unalias() for part in inner.expressions}
    sides = (condition.this, condition.expression)
    own = [s for s in sides if isinstance(s, exp.Column) and s.table == alias]
    other = [s for s in sides if isinstance(s, exp.Column) and s.table != alias]
    if len(own) != 1 or len(other) != 1 or outputs.get(own[0].name) != group.expressions[0]:
        return False
    rest = [value for name, value in outputs.items() if name != own[0].name]
    return bool(rest) and all(_plain_aggregate(value) for value in rest)


def _plain_aggregate(node: exp.Expr) -> bool:
    counts_rows = isinstance(node, exp.Count) and isinstance(node.this, exp.Star)
    return counts_rows or (isinstance(node, (exp.Sum, exp.Min, exp.Max, exp.Avg)))


def _aggregates_inline(node: exp.Expr, alias: str) -> exp.Expr:
    changed = node.copy()
    join = next(j for j in joins_of(changed) if source_alias(j.this) == alias)
    inner, condition = join.this.this, join.args["on"]
    changed.set("joins", [j for j in joins_of(changed) if j is not join])
    outputs = {part.alias_or_name: part.unalias() for part in inner.expressions}
    sides = (condition.this, condition.expression)
    other = next(s for s in sides if s.table != alias)
    key = inner.args["group"].expressions[0]
    for number, column in enumerate([c for c in find_all(changed, exp.Column) if c.table == alias]):
        aggregate = outputs[column.name]
        select = inner.copy()
        select.set("group", None)
        select.set("expressions", [aggregate.copy()])
        set_where(select, [*where_parts(select), exp.EQ(this=key.copy(), expression=other.copy())])
        _fresh(select, f"_{alias}_{number}")
        value: exp.Expr = exp.Subquery(this=select)
        if isinstance(aggregate, exp.Count):
            value = exp.Nullif(this=value, expression=exp.Literal.number(0))
        column.replace(value)
    return changed


def _fresh(select: exp.Select, suffix: str) -> None:
    """New aliases for all sources inside a copied subquery."""
    names = {node.name for node in find_all(select, exp.TableAlias)}
    for node in find_all(select, exp.TableAlias):
        node.set("this", exp.to_identifier(node.name + suffix, quoted=True))
    for column in find_all(select, exp.Column):
        if column.table in names:
            column.set("table", exp.to_identifier(column.table + suffix, quoted=True))


def coalesce_of_nullif(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """COALESCE(NULLIF(x, 0), 0) is x for a count x, which is never NULL."""
    inner = node.this
    if not isinstance(inner, exp.Nullif) or len(node.expressions) != 1 or inner.expression != node.expressions[0]:
        return None
    query = inner.this.this if isinstance(inner.this, exp.Subquery) else None
    counted = query.expressions[0].unalias() if isinstance(query, exp.Select) and len(query.expressions) == 1 else None
    grouped = isinstance(query, exp.Select) and (query.args.get("group") or query.args.get("having"))
    return inner.this if isinstance(counted, exp.Count) and not grouped else None
