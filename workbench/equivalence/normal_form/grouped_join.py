"""A rule on aggregates of LEFT joined tables: they are correlated subqueries."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from workbench.equivalence.normal_form.dependencies import Name, identifies_rows
from workbench.equivalence.normal_form.facts import Facts, source_alias
from workbench.equivalence.normal_form.shape import (
    joins_of,
    one_sided,
    set_where,
    where_parts,
)
from workbench.equivalence.normal_form.strictness import null_in
from workbench.equivalence.walking import find_all, has

_AGGREGATES = (exp.Count, exp.Sum, exp.Min, exp.Max, exp.Avg)


_IGNORE_REPEATS = (exp.Min, exp.Max)


def grouped_left_join(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """Aggregates of a LEFT joined table, grouped by a key of the rest, are correlated subqueries."""
    group, joins = node.args.get("group"), joins_of(node)
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
    rest.set("joins", [join for join in joins_of(rest) if source_alias(join.this) not in aliases])
    used = {c.table for part in where_parts(node) for c in find_all(part, exp.Column)}
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
    if isinstance(node.parent, exp.Filter) and has(node.parent.expression, exp.Query):
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
    moved = {source_alias(join.this): join for join in joins_of(changed) if join.side == "LEFT"}
    aggregates = [n for n in find_all(changed, exp.AggFunc) if n.parent_select is changed]
    for number, plain in enumerate(aggregates):
        aggregate = plain.parent if isinstance(plain.parent, exp.Filter) else plain
        alias = next(c.table for c in find_all(aggregate, exp.Column) if c.table in moved)
        inner = exp.Select(expressions=[aggregate.copy()], from_=exp.From(this=moved[alias].this.copy()))
        inner.set("where", exp.Where(this=moved[alias].args["on"].copy()))
        aggregate.replace(exp.Subquery(this=_renamed(inner, alias, f"{alias}_{number}")))
    changed.set("joins", [join for join in joins_of(changed) if join.side != "LEFT"])
    changed.set("group", None)
    having = changed.args.get("having")
    if having is not None:
        changed.set("having", None)
        set_where(changed, [*where_parts(changed), having.this])
    return changed


def _renamed(select: exp.Select, alias: str, new: str) -> exp.Select:
    """Each copy of a source gets an alias of its own: aliases stay unique."""
    select.args["from_"].this.set("alias", exp.TableAlias(this=exp.to_identifier(new, quoted=True)))
    for column in find_all(select, exp.Column):
        if column.table == alias:
            column.set("table", exp.to_identifier(new, quoted=True))
    return select
