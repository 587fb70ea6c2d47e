"""Rules between joins and correlated subqueries: how many rows a subquery can have decides which form is which."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import Name, identifies_rows
from workbench.equivalence.normal_form.facts import Facts, conjuncts, source_alias
from workbench.equivalence.normal_form.shape import is_plain, one_sided, set_where
from workbench.equivalence.normal_form.strictness import null_in, of_table, rejects_null
from workbench.equivalence.walking import find_all

_AGGREGATES = (exp.Count, exp.Sum, exp.Min, exp.Max, exp.Avg)
_IGNORE_REPEATS = (exp.Min, exp.Max)


def exists_of_one_row(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """EXISTS of a subquery that can have one row at most is a join with it."""
    if not one_sided(node) or node.args.get("laterals"):
        return None
    parts = _where(node)
    for index, part in enumerate(parts):
        inner = part.this.unnest() if isinstance(part, exp.Exists) else None
        if isinstance(inner, exp.Select) and _one_row(inner, facts) and all(not j.side for j in _joins(inner)):
            return _joined(node, index)
    return None


def _joined(node: exp.Expr, index: int) -> exp.Expr:
    changed = node.copy()
    parts = _where(changed)
    inner = parts[index].this.unnest()
    sources = [inner.args["from_"].this, *(join.this for join in _joins(inner))]
    first = [exp.Join(this=source) for source in sources]
    if not changed.args.get("from_"):
        changed.set("from_", exp.From(this=sources[0]))
        first = first[1:]
    conditions = [*parts[:index], *_where(inner), *_ons(inner), *parts[index + 1 :]]
    changed.set("joins", [*first, *_joins(changed)])
    set_where(changed, conditions)
    return changed


def _ons(select: exp.Expr) -> list[exp.Expr]:
    return [part for join in _joins(select) if not join.side for part in conjuncts(join.args.get("on"))]


def _joins(select: exp.Expr) -> list[exp.Join]:
    return list(select.args.get("joins") or ())


def _where(select: exp.Expr) -> list[exp.Expr]:
    return conjuncts(select.args["where"].this) if select.args.get("where") else []


def _one_row(select: exp.Select, facts: Facts) -> bool:
    """Can a plain subquery have one row at most, with the columns of the queries around it fixed?"""
    if not is_plain(select) or not one_sided(select) or not select.args.get("from_"):
        return False
    own = {source_alias(select.args["from_"].this), *(source_alias(join.this) for join in _joins(select))}
    outside: set[Name] = {(c.table, c.name) for c in find_all(select, exp.Column) if c.table not in own}
    return identifies_rows(outside, select, facts)


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
        ) or _joins(inner):
            continue
        alias = source_alias(inner.args["from_"].this) if inner.args.get("from_") else ""
        padded = null_in(inner.expressions[0].unalias(), partial(of_table, alias))  # no row: the value is NULL
        if padded and _one_row(inner, facts) and _where(inner) and _in_rows(subquery, node):
            return _left_joined(node, subquery)
    return None


def _in_rows(subquery: exp.Expr, select: exp.Expr) -> bool:
    """Is the subquery evaluated once a row: in the select list, WHERE, or ORDER BY, outside of aggregates?"""
    if subquery.find_ancestor(exp.AggFunc, exp.Join, exp.Having, exp.Group, exp.Window) is not None:
        return False
    return not any(part.find(exp.AggFunc) for part in select.expressions)


def _left_joined(node: exp.Expr, subquery: exp.Subquery) -> exp.Expr:
    place = list(find_all(node, exp.Subquery)).index(subquery)
    changed = node.copy()
    target = list(find_all(changed, exp.Subquery))[place]
    inner = target.this
    value = inner.expressions[0].unalias()
    condition = inner.args["where"].this
    target.replace(exp.alias_(value, target.alias, quoted=True) if target.alias else value)
    join = exp.Join(this=inner.args["from_"].this, side="LEFT", on=condition)
    changed.set("joins", [*_joins(changed), join])
    return changed


def anti_join(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A LEFT join of which WHERE keeps only the padded rows is NOT EXISTS."""
    if not one_sided(node):
        return None
    for join in _joins(node):
        alias, on = source_alias(join.this), join.args.get("on")
        if join.side != "LEFT" or on is None or not isinstance(join.this, (exp.Table, exp.Subquery)):
            continue
        for index, part in enumerate(_where(node)):
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
    parts = _where(changed)
    join = next(j for j in _joins(changed) if source_alias(j.this) == alias)
    inner = exp.Select(expressions=[exp.Literal.number(1)], from_=exp.From(this=join.this))
    inner.set("where", exp.Where(this=join.args["on"]))
    changed.set("joins", [j for j in _joins(changed) if j is not join])
    set_where(changed, [*parts[:index], exp.Not(this=exp.Exists(this=inner)), *parts[index + 1 :]])
    return changed


def grouped_left_join(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """Aggregates of a LEFT joined table, grouped by a key of the rest, are correlated subqueries."""
    group, joins = node.args.get("group"), _joins(node)
    lefts = [join for join in joins if join.side == "LEFT"]
    if (
        group is None
        or not lefts
        or node.args.get("distinct")
        or not one_sided(node)
        or not isinstance(node, exp.Select)
    ):
        return None
    if {k for k, v in group.args.items() if v} != {"expressions"} or node.args.get("windows"):
        return None
    aliases = {source_alias(join.this) for join in lefts}
    if any(not isinstance(join.this, exp.Table) or not join.args.get("on") for join in lefts):
        return None
    if not _independent(lefts, aliases) or not _rest_identified(node, group, aliases, facts):
        return None
    aggregates = [n for n in find_all(node, exp.AggFunc) if n.parent_select is node]
    if not aggregates or not all(_movable(n, aliases, len(lefts), facts) for n in aggregates):
        return None
    places = [n.parent if isinstance(n.parent, exp.Filter) else n for n in aggregates]
    outside = [c for c in find_all(node, exp.Column) if c.table in aliases and not _inside(c, places, lefts)]
    if any(len({c.table for c in find_all(place, exp.Column)} & aliases) != 1 for place in places):
        return None
    return None if outside else _correlated(node, lefts)


def _independent(lefts: list[exp.Join], aliases: set[str]) -> bool:
    """Does each condition name only its own table and the rest?"""
    return all(
        {c.table for c in find_all(join.args["on"], exp.Column)} & aliases <= {source_alias(join.this)}
        for join in lefts
    )


def _rest_identified(node: exp.Select, group: exp.Expr, aliases: set[str], facts: Facts) -> bool:
    if any(not isinstance(e, exp.Column) or e.table in aliases for e in group.expressions):
        return False
    rest = node.copy()
    rest.set("joins", [join for join in _joins(rest) if source_alias(join.this) not in aliases])
    used = {c.table for part in _where(node) for c in find_all(part, exp.Column)}
    known: set[Name] = {(e.table, e.name) for e in group.expressions}
    return not used & aliases and identifies_rows(known, rest, facts)


def _movable(node: exp.Expr, aliases: set[str], joins: int, facts: Facts) -> bool:
    """An aggregate over one LEFT joined table that the padded row does not enter."""
    inner = node.this.expressions[0] if isinstance(node.this, exp.Distinct) else node.this
    distinct = isinstance(node.this, exp.Distinct)
    if not isinstance(node, _AGGREGATES) or inner is None or isinstance(inner, exp.Star):
        return False
    if (distinct and len(node.this.expressions) != 1) or isinstance(node.parent, (exp.Window, exp.WithinGroup)):
        return False
    if isinstance(node.parent, exp.Filter) and node.parent.expression.find(exp.Query) is not None:
        return False
    tables = {column.table for column in find_all(inner, exp.Column)}
    single = len(tables & aliases) == 1 and null_in(inner, lambda c: c.table in aliases)
    return single and (joins == 1 or distinct or isinstance(node, _IGNORE_REPEATS))


def _inside(column: exp.Expr, aggregates: Sequence[exp.Expr], lefts: list[exp.Join]) -> bool:
    places = [*aggregates, *(join.args["on"] for join in lefts)]
    node: exp.Expr | None = column
    while node is not None:
        if any(node is place for place in places):
            return True
        node = node.parent
    return False


def _correlated(node: exp.Select, lefts: list[exp.Join]) -> exp.Expr:
    changed = node.copy()
    moved = {source_alias(join.this): join for join in _joins(changed) if join.side == "LEFT"}
    aggregates = [n for n in find_all(changed, exp.AggFunc) if n.parent_select is changed]
    for number, plain in enumerate(aggregates):
        aggregate = plain.parent if isinstance(plain.parent, exp.Filter) else plain
        alias = next(c.table for c in find_all(aggregate, exp.Column) if c.table in moved)
        inner = exp.Select(expressions=[aggregate.copy()], from_=exp.From(this=moved[alias].this.copy()))
        inner.set("where", exp.Where(this=moved[alias].args["on"].copy()))
        aggregate.replace(exp.Subquery(this=_renamed(inner, alias, f"{alias}_{number}")))
    changed.set("joins", [join for join in _joins(changed) if join.side != "LEFT"])
    changed.set("group", None)
    having = changed.args.get("having")
    if having is not None:
        changed.set("having", None)
        set_where(changed, [*_where(changed), having.this])
    return changed


def _renamed(select: exp.Select, alias: str, new: str) -> exp.Select:
    """Each copy of a source gets an alias of its own: aliases stay unique."""
    select.args["from_"].this.set("alias", exp.TableAlias(this=exp.to_identifier(new, quoted=True)))
    for column in find_all(select, exp.Column):
        if column.table == alias:
            column.set("table", exp.to_identifier(new, quoted=True))
    return select


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
    set_where(changed, [*_where(changed), condition])
    return changed


def left_join_of_groups(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A LEFT join with a table grouped by what the join compares is a correlated aggregate; no row means NULL."""
    if not one_sided(node) or node.args.get("group"):
        return None
    for join in _joins(node):
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
    join = next(j for j in _joins(changed) if source_alias(j.this) == alias)
    inner, condition = join.this.this, join.args["on"]
    changed.set("joins", [j for j in _joins(changed) if j is not join])
    outputs = {part.alias_or_name: part.unalias() for part in inner.expressions}
    sides = (condition.this, condition.expression)
    other = next(s for s in sides if s.table != alias)
    key = inner.args["group"].expressions[0]
    for number, column in enumerate([c for c in find_all(changed, exp.Column) if c.table == alias]):
        aggregate = outputs[column.name]
        select = inner.copy()
        select.set("group", None)
        select.set("expressions", [aggregate.copy()])
        set_where(select, [*_where(select), exp.EQ(this=key.copy(), expression=other.copy())])
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


def lateral_of_one_row(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """LEFT JOIN LATERAL (… LIMIT 1) ON TRUE, read in one place, is a scalar subquery there."""
    for join in _joins(node):
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
    join = next(j for j in _joins(changed) if source_alias(j.this) == alias)
    inner = join.this.this.this
    changed.set("joins", [j for j in _joins(changed) if j is not join])
    use = next(c for c in find_all(changed, exp.Column) if c.table == alias)
    inner.set("expressions", [part for part in inner.expressions if part.alias_or_name == use.name])
    use.replace(exp.Subquery(this=inner))
    return changed
