"""Functions that the proof leaves unknown, as a database computes them: for models that are worth running.

Nothing is claimed from this reading: what it finds is run on the real engine, which decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from workbench.equivalence.proof.smt import (
    BOOL,
    INT,
    REAL,
    Formula,
    Value,
    conditional,
    disjunction,
    equation,
    integer,
    rational,
    real,
)
from workbench.equivalence.proof.terms import Agg, App, Const, Expr

if TYPE_CHECKING:
    from workbench.equivalence.bounded.models import ModelEncoder
    from workbench.equivalence.proof.encoding import Pair

Rule: TypeAlias = Callable[["ModelEncoder", App], "Pair | None"]
_PLACE = re.compile(r"(\w+)=#(\d+)")


def interpreted(encoder: ModelEncoder, expr: App) -> Pair | None:
    """The meaning of a function; None where none is known here."""
    words = expr.op.split()
    rule = RULES.get(" ".join(words[:2]))
    return rule(encoder, expr) if rule is not None else None


def _parts(expr: App) -> dict[str, Expr]:
    """The arguments of a written function by the names the tree gives them."""
    return {name: expr.args[int(number) - 1] for name, number in _PLACE.findall(expr.op)}


def _text(expr: Expr | None) -> str | None:
    return expr.value if isinstance(expr, Const) and isinstance(expr.value, str) else None


def _number(expr: Expr | None) -> int | None:
    return expr.value if isinstance(expr, Const) and type(expr.value) is int else None


OfText: TypeAlias = Callable[[str], "str | int | bool"]


def _of_texts(make: Callable[[dict[str, Expr]], OfText | None], over: str = "this") -> Rule:
    """A function of one text, written out for every text that a cell may hold."""

    def rule(encoder: ModelEncoder, expr: App) -> Pair | None:
        parts = _parts(expr)
        function = make(parts)
        if function is None or over not in parts or parts[over].kind != "text":
            return None
        null, value = encoder.pair(parts[over])
        return null, encoder.script.shared(_tabled(encoder, function, value))

    return rule


def _tabled(encoder: ModelEncoder, function: OfText, value: Value) -> Value:
    results = {place: function(text) for place, text in encoder.texts().items()}
    if any(isinstance(result, bool) for result in results.values()):
        chosen = [equation(value.text, rational(place).text) for place, result in results.items() if result]
        return Value(disjunction(*chosen), BOOL)
    encoded = {place: _encoded(encoder, result) for place, result in results.items()}
    found = next(iter(encoded.values()), integer(0))
    for place, result in encoded.items():
        found = Value(conditional(equation(value.text, rational(place).text), result.text, found.text), result.sort)
    return found


def _encoded(encoder: ModelEncoder, result: str | int) -> Value:
    return integer(result) if isinstance(result, int) else rational(encoder.domains.symbols.place(result))


def like(pattern: str, flags: re.RegexFlag) -> Callable[[str], bool]:
    """LIKE with its usual escape."""
    parts = re.split(r"(\\.|%|_)", pattern, flags=re.DOTALL)
    known = {"%": ".*", "_": "."}
    text = "".join(known.get(p) or re.escape(p[1:] if len(p) == 2 and p[0] == "\\" else p) for p in parts)
    compiled = re.compile(text, flags | re.DOTALL)
    return lambda value: compiled.fullmatch(value) is not None


def _like(encoder: ModelEncoder, expr: App) -> Pair | None:
    """ILIKE, and SQLite's LIKE, do not see case."""
    pattern = _text(_parts(expr).get("expression"))
    if pattern is None:
        return None
    blind = expr.op.startswith("fn ILike") or encoder.domains.dialect == "sqlite"
    accepts = like(pattern, re.IGNORECASE if blind else re.RegexFlag(0))
    return _of_texts(lambda parts: accepts)(encoder, expr)


def _substring(parts: dict[str, Expr]) -> Callable[[str], str] | None:
    start, length = _number(parts.get("start")), _number(parts.get("length"))
    if start is None or start < 1 or (length is None and "length" in parts) or (length or 0) < 0:
        return None
    return lambda text: text[start - 1 : None if length is None else start - 1 + length]


def _joined(encoder: ModelEncoder, expr: App) -> Pair | None:
    """``||`` with a constant on one side."""
    parts = _parts(expr)
    first, second = _text(parts.get("this")), _text(parts.get("expression"))
    if second is not None:
        return _of_texts(lambda _: lambda text: text + second)(encoder, expr)
    if first is not None:
        return _of_texts(lambda _: lambda text: first + text, "expression")(encoder, expr)
    return None


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
    parts = _parts(expr)
    divisor = _number(parts.get("expression"))
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
    "fn Like": _like,
    "fn ILike": _like,
    "fn Lower": _of_texts(lambda parts: str.lower),
    "fn Upper": _of_texts(lambda parts: str.upper),
    "fn Length": _of_texts(lambda parts: len),
    "fn Substring": _of_texts(_substring),
    "fn DPipe": _joined,
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
