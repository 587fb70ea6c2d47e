"""Small changes of aggregates and groups."""

from __future__ import annotations

from random import Random

from sqlglot import exp

from tests.soundness.picking import pick


def count_forms(tree: exp.Expr, random: Random) -> bool:
    """COUNT(x) as COUNT(*), and COUNT(*) as COUNT of a column of its own SELECT."""
    node = pick(tree, random, exp.Count)
    if node is None:
        return False
    select = node.parent_select
    columns = [column for column in select.find_all(exp.Column) if column.parent_select is select]
    column = random.choice(columns) if columns else None
    inner: exp.Expr = exp.Star() if column is None or not isinstance(node.this, exp.Star) else column.copy()
    node.replace(exp.Count(this=inner))
    return True


def min_max(tree: exp.Expr, random: Random) -> bool:
    node = pick(tree, random, exp.Min, exp.Max, exp.Sum)
    if node is None:
        return False
    node.replace({exp.Min: exp.Max, exp.Max: exp.Min, exp.Sum: exp.Max}[type(node)](this=node.this))
    return True


def count_distinct(tree: exp.Expr, random: Random) -> bool:
    """COUNT(x) as COUNT(DISTINCT x), and back."""
    node = pick(tree, random, exp.Count)
    if node is None or isinstance(node.this, exp.Star):
        return False
    inner = node.this
    node.set("this", inner.expressions[0] if isinstance(inner, exp.Distinct) else exp.Distinct(expressions=[inner]))
    return True


def sum_of_distinct(tree: exp.Expr, random: Random) -> bool:
    """SUM(x) as SUM(DISTINCT x)."""
    node = pick(tree, random, exp.Sum)
    if node is None or isinstance(node.this, exp.Distinct):
        return False
    node.set("this", exp.Distinct(expressions=[node.this]))
    return True


def no_row_as_zero(tree: exp.Expr, random: Random) -> bool:
    """SUM(x) as COALESCE(SUM(x), 0): the empty group shows."""
    node = pick(tree, random, exp.Sum)
    if node is None or isinstance(node.parent, exp.Coalesce):
        return False
    node.replace(exp.Coalesce(this=node.copy(), expressions=[exp.Literal.number(0)]))
    return True
