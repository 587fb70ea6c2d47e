"""Arithmetic on constants, where it is exact: whole numbers far from any overflow."""

from __future__ import annotations

import operator
from collections.abc import Callable

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts

_OPERATIONS: dict[type[exp.Expr], Callable[[int, int], int]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
}
_SMALL = 30_000  # of both constants: no sum or product of two leaves PostgreSQL's integer


def constant_arithmetic(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """2 + 3 is 5 for whole numbers; not /, which differs from database to database."""
    left, right = _whole(node.this), _whole(node.expression)
    if left is None or right is None:
        return None
    value = _OPERATIONS[type(node)](left, right)
    number = exp.Literal.number(str(abs(value)))
    return exp.Neg(this=number) if value < 0 else number


def _whole(node: exp.Expr) -> int | None:
    """The value of a small whole number as it is written."""
    sign, literal = (-1, node.this) if isinstance(node, exp.Neg) else (1, node)
    if isinstance(literal, exp.Paren):
        return None
    if not isinstance(literal, exp.Literal) or literal.is_string or not literal.name.isdigit():
        return None
    value = int(literal.name)
    return sign * value if value <= _SMALL else None
