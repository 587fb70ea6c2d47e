"""Functions that the proof leaves unknown, as a database computes them: for models that are worth running.

Nothing is claimed from this reading: what it finds is run on the real engine, which decides.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from workbench.equivalence.bounded.of_texts import joined, like_pattern, of_texts, substring
from workbench.equivalence.bounded.writing import Rule, number_of, parts_of
from workbench.equivalence.proof.smt import (
    BOOL,
    INT,
    REAL,
    Formula,
    Value,
    conditional,
    disjunction,
    equation,
    rational,
    real,
)
from workbench.equivalence.proof.terms import Agg, App

if TYPE_CHECKING:
    from workbench.equivalence.bounded.models import ModelEncoder
    from workbench.equivalence.proof.encoding import Pair


def interpreted(encoder: ModelEncoder, expr: App) -> Pair | None:
    """The meaning of a function; None where none is known here."""
    words = expr.op.split()
    rule = RULES.get(" ".join(words[:2]))
    return rule(encoder, expr) if rule is not None else None


def _operands(encoder: ModelEncoder, expr: App) -> tuple[Formula, Value, Value] | None:
    """Two numbers of one sort, and where one of them is NULL."""
    if len(expr.args) != 2:
        return None
    (n1, v1), (n2, v2) = (encoder.pair(arg) for arg in expr.args)
    if v1.sort not in (INT, REAL) or v2.sort not in (INT, REAL):
        return None
    if v1.sort != v2.sort:
        v1, v2 = real(v1), real(v2)
    return disjunction(n1, n2), v1, v2


def _arithmetic(sign: str) -> Rule:
    def rule(encoder: ModelEncoder, expr: App) -> Pair | None:
        found = _operands(encoder, expr)
        if found is None:
            return None
        null, left, right = found
        return null, Value(f"({sign} {left.text} {right.text})", left.sort)

    return rule


def _compare(encoder: ModelEncoder, expr: App) -> Pair | None:
    """Numbers of two types compare as numbers."""
    found = _operands(encoder, expr)
    sign = {"eq": "=", "lt": "<", "le": "<="}.get(expr.op.split()[2])
    if found is None or sign is None:
        return None
    return found[0], Value(f"({sign} {found[1].text} {found[2].text})", BOOL)


def _quotient(left: str, right: str) -> str:
    """Division that truncates; z3's rounds down where the divisor is positive."""
    up, down = f"(div {left} {right})", f"(- (div (- {left}) {right}))"
    return f"(ite (>= {left} 0) {up} {down})"


def _divide(encoder: ModelEncoder, expr: App) -> Pair | None:
    """Division; by zero there is no value."""
    found = _operands(encoder, expr)
    if found is None:
        return None
    null, left, right = found
    zero = equation(right.text, "0" if right.sort == INT else "0.0")
    if expr.kind == "int":
        return disjunction(null, zero), Value(_quotient(left.text, right.text), INT)
    left, right = real(left), real(right)
    return disjunction(null, zero), Value(f"(/ {left.text} {right.text})", REAL)


def _modulo(encoder: ModelEncoder, expr: App) -> Pair | None:
    parts = parts_of(expr)
    divisor = number_of(parts.get("expression"))
    if not divisor or "this" not in parts:
        return None
    null, value = encoder.pair(parts["this"])
    if value.sort != INT:
        return None
    size = str(abs(divisor))
    return null, Value(f"(- {value.text} (* {size} {_quotient(value.text, size)}))", INT)


def _absolute(encoder: ModelEncoder, expr: App) -> Pair | None:
    null, value = encoder.pair(expr.args[0])
    if value.sort not in (INT, REAL):
        return None
    zero = "0" if value.sort == INT else "0.0"
    return null, Value(f"(ite (< {value.text} {zero}) (- {value.text}) {value.text})", value.sort)


def _average(encoder: ModelEncoder, expr: App) -> Pair | None:
    """Sum by count, written out for each count, so that it stays linear."""
    null, summed = encoder.pair(expr.args[0])
    if summed.sort not in (INT, REAL):
        return None
    counted = encoder.pair(expr.args[1])[1].text
    rows = expr.args[1]
    most = len(encoder.bag(rows.body)) if isinstance(rows, Agg) else 0
    return null, average(real(summed), counted, most)


def average(summed: Value, counted: str, most: int) -> Value:
    """A sum divided by a count of at most so many."""
    found = "0.0"
    for count in range(1, most + 1):
        share = f"(* {rational(Fraction(1, count)).text} {summed.text})"
        found = conditional(equation(counted, str(count)), share, found)
    return Value(found, REAL)


def _cast(encoder: ModelEncoder, expr: App) -> Pair | None:
    """Between numbers that lose nothing, and truth values as 0 and 1."""
    null, value = encoder.pair(expr.args[0])
    wanted = encoder.script.sort_of(expr.kind)
    if value.sort == BOOL and wanted == INT:
        return null, Value(conditional(value.text, "1", "0"), INT)
    return (null, real(value)) if value.sort == INT and wanted == REAL else None


RULES: dict[str, Rule] = {
    "fn Like": like_pattern,
    "fn ILike": like_pattern,
    "fn Lower": of_texts(lambda parts: str.lower),
    "fn Upper": of_texts(lambda parts: str.upper),
    "fn Length": of_texts(lambda parts: len),
    "fn Substring": of_texts(substring),
    "fn DPipe": joined,
    "fn add": _arithmetic("+"),
    "fn sub": _arithmetic("-"),
    "fn mul": _arithmetic("*"),
    "fn compare": _compare,
    "fn divide": _divide,
    "fn Mod": _modulo,
    "fn Abs": _absolute,
    "fn average": _average,
    "fn cast": _cast,
}
