"""Rules on subqueries that can have one row at most: they are joins."""

from __future__ import annotations

from functools import partial

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import Name, identifies_rows
from workbench.equivalence.normal_form.facts import Facts, conjuncts, source_alias
from workbench.equivalence.normal_form.shape import (
    is_plain,
    joins_of,
    one_sided,
    set_where,
    where_parts,
)
from workbench.equivalence.normal_form.strictness import null_in, of_table
from workbench.equivalence.walking import find_all, has


def unread_row(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """FROM one row of constants that nothing names is no FROM."""
    origin = node.args.get("from_")
    if origin is None or not _is_constant_row(origin.this) or joins_of(node):
        return None
    if any(node.args.get(part) for part in ("laterals", "locks")) or any(item.is_star for item in node.expressions):
        return None
    changed = node.copy()
    changed.set("from_", None)
    named = any(c.table in ("", source_alias(origin.this)) for c in find_all(changed, exp.Column))
    return None if named else changed


def _is_constant_row(source: exp.Expr) -> bool:
    rows = source.expressions if isinstance(source, exp.Values) else []
    return len(rows) == 1 and all(isinstance(value, exp.Literal) for value in rows[0].expressions)


def exists_of_one_row(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """EXISTS of a subquery that can have one row at most is a join with it."""
    if not one_sided(node) or node.args.get("laterals"):
        return None
    parts = where_parts(node)
    for index, part in enumerate(parts):
        inner = part.this.unnest() if isinstance(part, exp.Exists) else None
        if (
            isinstance(inner, exp.Select)
            and can_have_one_row_only(inner, facts)
            and all(not j.side for j in joins_of(inner))
        ):
            return _joined(node, index)
    return None


def _joined(node: exp.Expr, index: int) -> exp.Expr:
    changed = node.copy()
    parts = where_parts(changed)
    inner = parts[index].this.unnest()
    sources = [inner.args["from_"].this, *(join.this for join in joins_of(inner))]
    first = [exp.Join(this=source) for source in sources]
    if not changed.args.get("from_"):
        changed.set("from_", exp.From(this=sources[0]))
        first = first[1:]
    conditions = [*parts[:index], *where_parts(inner), *_ons(inner), *parts[index + 1 :]]
    changed.set("joins", [*first, *joins_of(changed)])
    set_where(changed, conditions)
    return changed


def _ons(select: exp.Expr) -> list[exp.Expr]:
    return [part for join in joins_of(select) if not join.side for part in conjuncts(join.args.get("on"))]


def can_have_one_row_only(select: exp.Select, facts: Facts) -> bool:
    """Can a plain subquery have one row at most, with the columns of the queries around it fixed?"""
    if not is_plain(select) or not one_sided(select) or not select.args.get("from_"):
        return False
    return identifies_rows(fixed_from_outside(select), select, facts)


def fixed_from_outside(select: exp.Select) -> set[Name]:
    """The columns of the queries around it that it reads."""
    own = {source_alias(select.args["from_"].this), *(source_alias(join.this) for join in joins_of(select))}
    return {(c.table, c.name) for c in find_all(select, exp.Column) if c.table not in own}


def scalar_of_one_row(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A scalar subquery on one table that can have one row at most is a LEFT join with it."""
    if not one_sided(node) or node.args.get("group") or node.args.get("laterals") or not node.args.get("from_"):
        return None
    for subquery in find_all(node, exp.Subquery):
        inner = subquery.this
        if not isinstance(inner, exp.Select) or subquery.parent_select is not node:
            continue
        if isinstance(
            subquery.parent, (exp.In, exp.Exists, exp.Any, exp.All, exp.From, exp.Join, exp.Lateral)
        ) or joins_of(inner):
            continue
        alias = source_alias(inner.args["from_"].this) if inner.args.get("from_") else ""
        padded = null_in(inner.expressions[0].unalias(), partial(of_table, alias))  # no row: the value is NULL
        if padded and can_have_one_row_only(inner, facts) and where_parts(inner) and _in_rows(subquery, node):
            return _left_joined(node, subquery)
    return None


def _in_rows(subquery: exp.Expr, select: exp.Expr) -> bool:
    """Is the subquery evaluated once a row: in the select list, WHERE, or ORDER BY, outside of aggregates?"""
    if subquery.find_ancestor(exp.AggFunc, exp.Join, exp.Having, exp.Group, exp.Window) is not None:
        return False
    return not any(has(part, exp.AggFunc) for part in select.expressions)


def _left_joined(node: exp.Expr, subquery: exp.Subquery) -> exp.Expr:
    place = list(find_all(node, exp.Subquery)).index(subquery)
    changed = node.copy()
    target = list(find_all(changed, exp.Subquery))[place]
    inner = target.this
    value = inner.expressions[0].unalias()
    condition = inner.args["where"].this
    target.replace(exp.alias_(value, target.alias, quoted=True) if target.alias else value)
    join = exp.Join(this=inner.args["from_"].this, side="LEFT", on=condition)
    changed.set("joins", [*joins_of(changed), join])
    return changed


def lateral_of_one_row(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """LEFT JOIN LATERAL (… LIMIT 1) ON TRUE, read in one place, is a scalar subquery there."""
    for join in joins_of(node):
        lateral = join.this
        inner = (
            lateral.this.this if isinstance(lateral, exp.Lateral) and isinstance(lateral.this, exp.Subquery) else None
        )
        on = join.args.get("on")
        if join.side != "LEFT" or not isinstance(inner, exp.Select) or not isinstance(on, exp.Boolean) or not on.this:
            continue
        limit = inner.args.get("limit")
        one = (
            isinstance(limit, exp.Limit) and isinstance(limit.expression, exp.Literal) and limit.expression.name == "1"
        )
        uses = [c for c in find_all(node, exp.Column) if c.table == source_alias(lateral)]
        named = {part.alias_or_name for part in inner.expressions}
        if one and len(uses) == 1 and uses[0].name in named and uses[0].parent_select is node:
            return _lateral_inline(node, source_alias(lateral))
    return None


def _lateral_inline(node: exp.Expr, alias: str) -> exp.Expr:
    changed = node.copy()
    join = next(j for j in joins_of(changed) if source_alias(j.this) == alias)
    inner = join.this.this.this
    changed.set("joins", [j for j in joins_of(changed) if j is not join])
    use = next(c for c in find_all(changed, exp.Column) if c.table == alias)
    inner.set("expressions", [part for part in inner.expressions if part.alias_or_name == use.name])
    use.replace(exp.Subquery(this=inner))
    return changed
