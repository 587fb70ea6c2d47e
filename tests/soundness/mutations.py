"""Small changes of a query, each of which may change its meaning; and disguises, which never do."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import sqlglot
from sqlglot import exp

Change = Callable[[exp.Expr, Random], bool]


def _pick(tree: exp.Expr, random: Random, *kinds: type[exp.Expr]) -> exp.Expr | None:
    found = list(tree.find_all(*kinds))
    return random.choice(found) if found else None


def drop_predicate(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.And, exp.Or)
    return node is not None and bool(node.replace(random.choice((node.this, node.expression))))


def drop_where(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Where)
    return node is not None and node.pop() is not None


def flip_comparison(tree: exp.Expr, random: Random) -> bool:
    """= becomes <>, < becomes <=, and so on."""
    kinds = {exp.EQ: exp.NEQ, exp.NEQ: exp.EQ, exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}
    node = _pick(tree, random, *kinds)
    if node is None:
        return False
    node.replace(kinds[type(node)](this=node.this, expression=node.expression))
    return True


def and_or(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.And, exp.Or)
    if node is None:
        return False
    other = exp.Or if isinstance(node, exp.And) else exp.And
    node.replace(exp.paren(other(this=exp.paren(node.this), expression=exp.paren(node.expression))))
    return True


def negate(tree: exp.Expr, random: Random) -> bool:
    """NOT around a predicate, or one less."""
    node = _pick(tree, random, exp.Not, exp.Exists, exp.In, exp.Is, exp.EQ)
    if node is None:
        return False
    node.replace(node.this if isinstance(node, exp.Not) else exp.paren(exp.Not(this=exp.paren(node.copy()))))
    return True


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
    node = _pick(tree, random, exp.Union)
    if node is None:
        return False
    node.set("distinct", not node.args.get("distinct"))
    return True


def toggle_distinct(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Select)
    if node is None or node.args.get("order"):
        return False
    node.set("distinct", None if node.args.get("distinct") else exp.Distinct())
    return True


def count_forms(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Count)
    if node is None:
        return False
    column = _pick(node.parent_select, random, exp.Column)
    inner: exp.Expr = exp.Star() if column is None or not isinstance(node.this, exp.Star) else column.copy()
    node.replace(exp.Count(this=inner))
    return True


def min_max(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Min, exp.Max, exp.Sum)
    if node is None:
        return False
    node.replace({exp.Min: exp.Max, exp.Max: exp.Min, exp.Sum: exp.Max}[type(node)](this=node.this))
    return True


def constant(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Literal)
    if node is None:
        return False
    node.replace(exp.Literal.string(node.name + "a") if node.is_string else exp.Literal.number(int(node.name) + 1))
    return True


def other_column(tree: exp.Expr, random: Random) -> bool:
    """Another column of the same query in the place of one."""
    node, other = _pick(tree, random, exp.Column), _pick(tree, random, exp.Column)
    if node is None or other is None or node == other or node.table != other.table:
        return False
    node.replace(other.copy())
    return True


def order_direction(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Ordered)
    if node is None:
        return False
    node.set("desc", not node.args.get("desc"))
    return True


def nulls_order(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Ordered)
    if node is None:
        return False
    node.set("nulls_first", not node.args.get("nulls_first"))
    return True


def limit(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Limit, exp.Offset)
    if node is None:
        return False
    node.set("expression", exp.Literal.number(int(node.expression.name) + 1))
    return True


def set_operator(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Intersect, exp.Except)
    if node is None:
        return False
    other = exp.Except if isinstance(node, exp.Intersect) else exp.Intersect
    node.replace(other(this=node.this, expression=node.expression, distinct=True))
    return True


def drop_having(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.Having)
    return node is not None and node.pop() is not None


MUTATIONS: tuple[Change, ...] = (
    drop_predicate,
    drop_where,
    flip_comparison,
    and_or,
    negate,
    inner_left,
    on_to_where,
    union_all,
    toggle_distinct,
    count_forms,
    min_max,
    constant,
    other_column,
    order_direction,
    nulls_order,
    limit,
    set_operator,
    drop_having,
)


def swap_sides(tree: exp.Expr, random: Random) -> bool:
    """a = b as b = a, a < b as b > a."""
    flipped = {exp.EQ: exp.EQ, exp.NEQ: exp.NEQ, exp.LT: exp.GT, exp.GT: exp.LT, exp.LTE: exp.GTE, exp.GTE: exp.LTE}
    node = _pick(tree, random, *flipped)
    if node is None:
        return False
    node.replace(flipped[type(node)](this=node.expression, expression=node.this))
    return True


def swap_parts(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.And, exp.Or)
    if node is None:
        return False
    node.replace(type(node)(this=exp.paren(node.expression), expression=exp.paren(node.this)))
    return True


def list_to_or(tree: exp.Expr, random: Random) -> bool:
    lists = [node for node in tree.find_all(exp.In) if node.expressions]
    if not lists:
        return False
    node = random.choice(lists)
    node.replace(exp.paren(exp.or_(*(exp.EQ(this=node.this.copy(), expression=item) for item in node.expressions))))
    return True


def double_negation(tree: exp.Expr, random: Random) -> bool:
    node = _pick(tree, random, exp.EQ, exp.LT, exp.In)
    if node is None or isinstance(node.parent, exp.Join):
        return False
    node.replace(exp.paren(exp.Not(this=exp.paren(exp.Not(this=exp.paren(node.copy()))))))
    return True


def rename(tree: exp.Expr, random: Random) -> bool:
    """Other aliases throughout: they are unique in generated queries."""
    for node in tree.find_all(exp.TableAlias):
        node.set("this", exp.to_identifier("z" + node.name))
    for column in tree.find_all(exp.Column):
        if column.table:
            column.set("table", exp.to_identifier("z" + column.table))
    return True


def wrap(tree: exp.Expr, random: Random) -> bool:
    """SELECT * around a query without ORDER BY."""
    if not isinstance(tree, exp.Select) or tree.args.get("order"):
        return False
    inner = tree.copy()
    for part in list(tree.args):
        tree.set(part, None)
    tree.set("expressions", [exp.Star()])
    tree.set("from_", exp.From(this=exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier("w")))))
    return True


DISGUISES: tuple[Change, ...] = (swap_sides, swap_parts, list_to_or, double_negation, rename, wrap)


def changed(sql: str, random: Random, changes: tuple[Change, ...], count: int) -> tuple[str, tuple[str, ...]]:
    """The query after up to ``count`` of the changes, and their names."""
    tree = sqlglot.parse_one(sql, dialect="postgres")
    names = []
    for _ in range(count * 8):
        change = random.choice(changes)
        if len(names) < count and change(tree, random):
            names.append(change.__name__)
    return tree.sql("postgres"), tuple(names)
