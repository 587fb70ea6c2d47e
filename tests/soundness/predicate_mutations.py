"""Small changes of predicates, columns and constants, each of which may change what a query means."""

from __future__ import annotations

from random import Random

import sqlglot
from sqlglot import exp

from tests.soundness.picking import pick
from tests.soundness.schemas import SPELLINGS


def drop_predicate(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.And, exp.Or)
    return node is not None and bool(node.replace(random.choice((node.this, node.expression))))


def drop_where(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Where)
    return node is not None and node.pop() is not None


def flip_comparison(tree: exp.Expr, random: Random) -> bool:
    """= becomes <>, < becomes <=, and so on."""
    kinds = {exp.EQ: exp.NEQ, exp.NEQ: exp.EQ, exp.LT: exp.LTE, exp.LTE: exp.LT, exp.GT: exp.GTE, exp.GTE: exp.GT}
    node = pick(tree, random, *kinds)
    if node is None:
        return False
    node.replace(kinds[type(node)](this=node.this, expression=node.expression))
    return True


def and_or(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.And, exp.Or)
    if node is None:
        return False
    other = exp.Or if isinstance(node, exp.And) else exp.And
    node.replace(exp.paren(other(this=exp.paren(node.this), expression=exp.paren(node.expression))))
    return True


def negate(tree: exp.Expr, random: Random) -> bool:
    """NOT around a predicate, or one less."""
    node = pick(tree, random, exp.Not, exp.Exists, exp.In, exp.Is, exp.EQ)
    if node is None:
        return False
    node.replace(node.this if isinstance(node, exp.Not) else exp.paren(exp.Not(this=exp.paren(node.copy()))))
    return True


def constant(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Literal)
    if node is None:
        return False
    whole, point, fraction = node.name.partition(".")
    more = node.name + "a" if node.is_string else f"{int(whole) + 1}{point}{fraction}"
    node.replace(exp.Literal(this=more, is_string=node.is_string))
    return True


def spelling(tree: exp.Expr, random: Random) -> bool:
    """Another spelling in the place of a literal: of the same value, or of another of its kind."""
    node = pick(tree, random, exp.Literal, exp.Boolean)
    written = node.sql("postgres") if node is not None else ""
    kinds = [spelled for spelled in SPELLINGS.values() if written in spelled]
    if node is None or not kinds or isinstance(node.parent, (exp.Limit, exp.Offset)):
        return False
    node.replace(sqlglot.parse_one(random.choice(random.choice(kinds)), dialect="postgres"))
    return True


def other_column(tree: exp.Expr, random: Random) -> bool:
    """Another column of the same query in the place of one."""
    node, other = pick(tree, random, exp.Column), pick(tree, random, exp.Column)
    if node is None or other is None or node == other or node.table != other.table:
        return False
    node.replace(other.copy())
    return True


def coalesce_null(tree: exp.Expr, random: Random) -> bool:
    """COALESCE(x, 0) in the place of a compared x: NULL becomes a value."""
    node = pick(tree, random, exp.EQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
    if node is None or not isinstance(node.this, exp.Column) or not isinstance(node.expression, exp.Literal):
        return False
    default = exp.Literal.string("") if node.expression.is_string else exp.Literal.number(0)
    node.set("this", exp.Coalesce(this=node.this.copy(), expressions=[default]))
    return True


def drop_null_test(tree: exp.Expr, random: Random) -> bool:
    """x IS NULL becomes x = x, which is never true of NULL."""
    node = pick(tree, random, exp.Is)
    if node is None:
        return False
    node.replace(exp.EQ(this=node.this.copy(), expression=node.this.copy()))
    return True
