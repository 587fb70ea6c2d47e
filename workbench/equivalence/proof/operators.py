"""What the operators mean over pairs of a NULL flag and a value; None where the sorts allow no reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.equivalence.proof.smt import (
    BOOL,
    FALSE,
    INT,
    REAL,
    TRUE,
    Formula,
    Value,
    conditional,
    conjunction,
    disjunction,
    equation,
    negation,
    real,
)
from workbench.equivalence.proof.terms import App, Const, Expr

if TYPE_CHECKING:
    from workbench.equivalence.proof.encoding import Encoder, Pair


def _compare(encoder: Encoder, expr: App) -> Pair:
    """Comparison by rank, of truth values and like sorts by equality; NULL where a side is."""
    (n1, v1), (n2, v2) = (encoder.pair(a) for a in expr.args)
    truths = expr.op == "eq" and v1.sort == v2.sort == BOOL
    a, b = (v1, v2) if truths else _one_sort(encoder.script.rank(v1), encoder.script.rank(v2))
    value = equation(a.text, b.text) if expr.op == "eq" else at_most(a.text, b.text, strictly=expr.op == "lt")
    return disjunction(n1, n2), Value(value, BOOL)


def at_most(left: str, right: str, *, strictly: bool = False) -> Formula:
    """The order of two numbers of one sort."""
    if left == right:
        return FALSE if strictly else TRUE
    return f"({'<' if strictly else '<='} {left} {right})"


def _one_sort(left: Value, right: Value) -> tuple[Value, Value]:
    return (left, right) if left.sort == right.sort else (real(left), real(right))


def _arithmetic(encoder: Encoder, expr: App) -> Pair | None:
    """Exact arithmetic; a result that is no integer is a real."""
    (n1, v1), (n2, v2) = (encoder.pair(a) for a in expr.args)
    a, b = (v1, v2) if expr.kind == "int" else (real(v1), real(v2))
    a, b = _one_sort(a, b)
    if a.sort not in (INT, REAL) or b.sort != a.sort or a.sort != encoder.script.sort_of(expr.kind):
        return None
    return disjunction(n1, n2), Value(f"({_SIGNS[expr.op]} {a.text} {b.text})", a.sort)


def _quotient(encoder: Encoder, expr: App) -> Pair | None:
    """Integer division by a constant cuts off towards 0; z3's leaves no negative rest."""
    by = expr.args[1]
    if not isinstance(by, Const) or not isinstance(by.value, int) or by.value == 0:
        return None
    null, value = encoder.pair(expr.args[0])
    whole = f"(ite (>= {value.text} 0) (div {value.text} {abs(by.value)}) (- (div (- {value.text}) {abs(by.value)})))"
    return null, Value(whole if by.value > 0 else f"(- {whole})", INT)


def scaled(encoder: Encoder, expr: App) -> Pair:
    """A number that keeps its digits: another value than the number of another scale, with the same place in order."""
    null, value = encoder.argument(expr.args[0])
    found = encoder.script.function(expr.op, [value], encoder.script.sort_of(expr.kind))
    encoder.constants.ranked(found, real(value))
    return null.text, found


_SIGNS = {"add": "+", "sub": "-", "mul": "*"}


def _and(encoder: Encoder, expr: App) -> Pair:
    """False where an argument is false, else NULL where one is."""
    pairs = [encoder.pair(a) for a in expr.args]
    false = disjunction(*(conjunction(negation(n), negation(v.text)) for n, v in pairs))
    null = conjunction(negation(false), disjunction(*(n for n, _ in pairs)))
    return null, Value(conjunction(*(v.text for _, v in pairs)), BOOL)


def _or(encoder: Encoder, expr: App) -> Pair:
    """True where an argument is true, else NULL where one is."""
    pairs = [encoder.pair(a) for a in expr.args]
    true = disjunction(*(conjunction(negation(n), v.text) for n, v in pairs))
    null = conjunction(negation(true), disjunction(*(n for n, _ in pairs)))
    return null, Value(true, BOOL)


def _not(encoder: Encoder, expr: App) -> Pair:
    null, value = encoder.pair(expr.args[0])
    return null, Value(negation(value.text), BOOL)


def _case(encoder: Encoder, expr: App) -> Pair | None:
    """The first branch whose condition is true; None where a branch is not of the sort of the whole."""
    sort = encoder.script.sort_of(expr.kind)
    null, value = _branch(encoder, expr.args[-1], sort)
    for condition, result in reversed(list(zip(expr.args[0:-1:2], expr.args[1::2], strict=False))):
        taken = encoder.true(condition)
        n, v = _branch(encoder, result, sort)
        if v.sort != value.sort:
            return None
        null = conditional(taken, n, null)
        value = Value(conditional(taken, v.text, value.text), sort)
    return (null, value) if value.sort == sort else None


def _branch(encoder: Encoder, expr: Expr, sort: str) -> Pair:
    null, value = encoder.pair(expr)
    if null == TRUE:
        return null, encoder.script.default(sort)
    return null, real(value) if sort == REAL else value


def _same(encoder: Encoder, expr: App) -> Pair:
    return FALSE, Value(encoder.same(*expr.args), BOOL)


def _identical(encoder: Encoder, expr: App) -> Pair:
    return FALSE, Value(encoder.identical(*expr.args), BOOL)


def _isnull(encoder: Encoder, expr: App) -> Pair:
    return FALSE, Value(encoder.pair(expr.args[0])[0], BOOL)


def _istrue(encoder: Encoder, expr: App) -> Pair:
    return FALSE, Value(encoder.true(expr.args[0]), BOOL)


OPERATORS: dict[str, Callable[[Encoder, App], Pair | None]] = {
    "eq": _compare,
    "lt": _compare,
    "le": _compare,
    "same": _same,
    "identical": _identical,
    "add": _arithmetic,
    "sub": _arithmetic,
    "mul": _arithmetic,
    "fn divide int": _quotient,
    "and": _and,
    "or": _or,
    "not": _not,
    "isnull": _isnull,
    "istrue": _istrue,
    "case": _case,
}
