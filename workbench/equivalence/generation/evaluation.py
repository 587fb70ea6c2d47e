"""Evaluates an expression on a row, in three-valued logic; ``Beyond`` where it uses what is not known here."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from sqlglot import exp

from workbench.values import Wire, from_wire

Row: TypeAlias = Mapping[str, Wire]


class Beyond(Exception):
    """The expression uses something this small evaluator does not know."""


def value_of(node: exp.Expr, row: Row) -> Any:
    """The value of an expression on a row; ``Beyond`` where it is not known."""
    read = _READERS.get(type(node))
    if read is None:
        raise Beyond(type(node).__name__)
    return read(node, row)


def _column(node: exp.Expr, row: Row) -> object:
    for name, value in row.items():
        if name.casefold() == node.name.casefold():
            return from_wire(value)
    raise Beyond(node.name)


def _literal(node: exp.Expr, row: Row) -> object:
    return node.name if node.is_string else Decimal(node.name)


def _and(node: exp.Expr, row: Row) -> bool | None:
    sides = [value_of(node.this, row), value_of(node.expression, row)]
    return False if False in sides else None if None in sides else True


def _or(node: exp.Expr, row: Row) -> bool | None:
    sides = [value_of(node.this, row), value_of(node.expression, row)]
    return True if True in sides else None if None in sides else False


def _not(node: exp.Expr, row: Row) -> bool | None:
    value = value_of(node.this, row)
    return None if value is None else not value


def _binary(apply: Callable[[Any, Any], Any]) -> Callable[[exp.Expr, Row], Any]:
    def read(node: exp.Expr, row: Row) -> Any:
        left, right = (_plain(value_of(part, row)) for part in (node.this, node.args["expression"]))
        if left is None or right is None:
            return None
        if type(left) is not type(right):
            raise Beyond("comparison of two types")
        return apply(left, right)

    return read


def _plain(value: object) -> object:
    """Numbers of one kind, so that 1 = 1.0."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return Decimal(str(value))


def _is(node: exp.Expr, row: Row) -> bool:
    value = value_of(node.this, row)
    if isinstance(node.args["expression"], exp.Null):
        return value is None
    return value is bool(node.args["expression"].this)


def _in(node: exp.Expr, row: Row) -> bool | None:
    if node.args.get("query"):
        raise Beyond("subquery")
    equal = _binary(operator.eq)
    answers = [equal(exp.EQ(this=node.this.copy(), expression=item.copy()), row) for item in node.expressions]
    return True if True in answers else None if None in answers else False


def _between(node: exp.Expr, row: Row) -> bool | None:
    low = exp.GTE(this=node.this.copy(), expression=node.args["low"].copy())
    return _and(exp.And(this=low, expression=exp.LTE(this=node.this.copy(), expression=node.args["high"].copy())), row)


def _function(apply: Callable[[Any], Any]) -> Callable[[exp.Expr, Row], Any]:
    def read(node: exp.Expr, row: Row) -> Any:
        value = value_of(node.this, row)
        return None if value is None else apply(value)

    return read


def _coalesce(node: exp.Expr, row: Row) -> object:
    values = (value_of(part, row) for part in (node.this, *node.expressions))
    return next((value for value in values if value is not None), None)


def _like(node: exp.Expr, row: Row) -> bool | None:
    text, pattern = value_of(node.this, row), value_of(node.args["expression"], row)
    if text is None or pattern is None:
        return None
    parts = re.escape(pattern).replace("%", ".*").replace("_", ".")
    return re.fullmatch(parts, str(text), re.DOTALL) is not None


_READERS: dict[type[exp.Expr], Callable[[exp.Expr, Row], Any]] = {
    exp.Column: _column,
    exp.Literal: _literal,
    exp.Boolean: lambda node, row: bool(node.this),
    exp.Null: lambda node, row: None,
    exp.Paren: lambda node, row: value_of(node.this, row),
    exp.And: _and,
    exp.Or: _or,
    exp.Not: _not,
    exp.EQ: _binary(operator.eq),
    exp.NEQ: _binary(operator.ne),
    exp.LT: _binary(operator.lt),
    exp.LTE: _binary(operator.le),
    exp.GT: _binary(operator.gt),
    exp.GTE: _binary(operator.ge),
    exp.Add: _binary(operator.add),
    exp.Sub: _binary(operator.sub),
    exp.Mul: _binary(operator.mul),
    exp.Neg: _function(operator.neg),
    exp.Is: _is,
    exp.In: _in,
    exp.Between: _between,
    exp.Length: _function(lambda text: Decimal(len(text))),
    exp.Lower: _function(str.lower),
    exp.Upper: _function(str.upper),
    exp.Coalesce: _coalesce,
    exp.Like: _like,
    exp.Cast: lambda node, row: value_of(node.this, row),
}
