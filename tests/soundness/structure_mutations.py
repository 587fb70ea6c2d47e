"""Small changes of joins, set operations, duplicates, order and limits."""

from __future__ import annotations

from random import Random

from sqlglot import exp

from tests.soundness.picking import pick


def inner_left(tree: exp.Expr, random: Random) -> bool:
    joins = [join for join in tree.find_all(exp.Join) if join.args.get("on")]
    if not joins:
        return False
    join = random.choice(joins)
    join.set("side", None if join.side else "LEFT")
    return True


def on_to_where(tree: exp.Expr, random: Random) -> bool:
    """A conjunct of an ON moves to WHERE."""
    joins = [j for j in tree.find_all(exp.Join) if isinstance(j.args.get("on"), exp.And)]
    if not joins:
        return False
    join = random.choice(joins)
    moved = join.args["on"].expression.copy()
    join.set("on", join.args["on"].this.copy())
    join.parent_select.where(exp.paren(moved), copy=False)
    return True


def union_all(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Union)
    if node is None:
        return False
    node.set("distinct", not node.args.get("distinct"))
    return True


def toggle_distinct(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Select)
    if node is None or node.args.get("order"):
        return False
    node.set("distinct", None if node.args.get("distinct") else exp.Distinct())
    return True


def order_direction(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Ordered)
    if node is None:
        return False
    node.set("desc", not node.args.get("desc"))
    return True


def nulls_order(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Ordered)
    if node is None:
        return False
    node.set("nulls_first", not node.args.get("nulls_first"))
    return True


def limit(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Limit, exp.Offset)
    if node is None:
        return False
    node.set("expression", exp.Literal.number(int(node.expression.name) + 1))
    return True


def set_operator(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Intersect, exp.Except)
    if node is None:
        return False
    other = exp.Except if isinstance(node, exp.Intersect) else exp.Intersect
    node.replace(other(this=node.this, expression=node.expression, distinct=True))
    return True


def drop_having(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Having)
    return node is not None and node.pop() is not None


def where_to_on(tree: exp.Expr, random: Random) -> bool:
    """A conjunct of WHERE moves to the last ON: no change for an inner join, one for a left join."""
    selects = [s for s in tree.find_all(exp.Select) if s.args.get("joins") and s.args.get("where")]
    if not selects:
        return False
    select = random.choice(selects)
    join, where = select.args["joins"][-1], select.args["where"]
    if not join.args.get("on") or not isinstance(where.this, exp.And):
        return False
    join.set("on", exp.and_(join.args["on"].copy(), where.this.expression.copy()))
    where.set("this", where.this.this.copy())
    return True


def other_way_round(tree: exp.Expr, random: Random) -> bool:
    """a EXCEPT b as b EXCEPT a."""
    node = pick(tree, random, exp.Except)
    if node is None:
        return False
    first, second = node.this.copy(), node.expression.copy()
    node.set("this", second)
    node.set("expression", first)
    return True
