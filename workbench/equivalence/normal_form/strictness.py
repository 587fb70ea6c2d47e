"""Which conditions cannot be true while a value is NULL: what turns LEFT joins INNER and IS NOT NULL redundant."""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

Test = Callable[[exp.Column], bool]

_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.Like, exp.ILike, exp.RegexpLike)
_PASS_NULL_ON = (exp.Add, exp.Sub, exp.Mul, exp.Div, exp.Neg, exp.Cast, exp.Lower, exp.Upper, exp.Paren)


def of_table(alias: str, column: exp.Expr) -> bool:
    """A test: is it a column of that source?"""
    return isinstance(column, exp.Column) and column.table == alias


def is_column(name: tuple[str, str], column: exp.Expr) -> bool:
    """A test: is it the column of that alias and name?"""
    return isinstance(column, exp.Column) and (column.table, column.name) == name


def null_in(node: exp.Expr, test: Test) -> bool:
    """Is this value NULL whenever every column of ``test`` is NULL?"""
    if isinstance(node, exp.Column):
        return test(node)
    if isinstance(node, _PASS_NULL_ON):
        return any(null_in(part, test) for part in node.iter_expressions() if not isinstance(part, exp.DataType))
    return False


def rejects_null(node: exp.Expr, test: Test) -> bool:
    """Is this condition never true while every column of ``test`` is NULL?"""
    if isinstance(node, exp.Paren):
        return rejects_null(node.this, test)
    if isinstance(node, exp.And):
        return rejects_null(node.this, test) or rejects_null(node.expression, test)
    if isinstance(node, exp.Or):
        return rejects_null(node.this, test) and rejects_null(node.expression, test)
    if isinstance(node, exp.Not):
        return _negation_rejects(node.this, test)
    if isinstance(node, _COMPARISONS):
        right = node.expression
        return null_in(node.this, test) or (not isinstance(right, (exp.Any, exp.All)) and null_in(right, test))
    if isinstance(node, exp.In):
        return null_in(node.this, test)
    return isinstance(node, exp.Column) and test(node)


def _negation_rejects(inner: exp.Expr, test: Test) -> bool:
    if isinstance(inner, exp.Paren):
        return _negation_rejects(inner.this, test)
    if isinstance(inner, exp.Is):
        return isinstance(inner.expression, exp.Null) and null_in(inner.this, test)
    if isinstance(inner, (*_COMPARISONS, exp.Column)) and not isinstance(
        inner.args.get("expression"), (exp.Any, exp.All)
    ):
        return rejects_null(inner, test)
    return isinstance(inner, exp.In) and not inner.args.get("query") and null_in(inner.this, test)
