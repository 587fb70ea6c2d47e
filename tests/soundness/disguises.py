"""Changes of a query that never change what it means."""

from __future__ import annotations

from random import Random

from sqlglot import exp

from tests.soundness.picking import pick


def swap_sides(tree: exp.Expr, random: Random) -> bool:
    """a = b as b = a, a < b as b > a."""
    flipped = {exp.EQ: exp.EQ, exp.NEQ: exp.NEQ, exp.LT: exp.GT, exp.GT: exp.LT, exp.LTE: exp.GTE, exp.GTE: exp.LTE}
    node = pick(tree, random, *flipped)
    if node is None:
        return False
    node.replace(flipped[type(node)](this=node.expression, expression=node.this))
    return True


def swap_parts(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.And, exp.Or)
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
    node = pick(tree, random, exp.EQ, exp.LT, exp.In)
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


DISGUISES = (swap_sides, swap_parts, list_to_or, double_negation, rename, wrap)
