"""Functions of a text, written out for every text that a cell may hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from workbench.equivalence.bounded.writing import Rule, number_of, parts_of, text_of
from workbench.equivalence.proof.smt import (
    BOOL,
    Value,
    conditional,
    disjunction,
    equation,
    integer,
    rational,
)
from workbench.equivalence.proof.terms import App, Expr

if TYPE_CHECKING:
    from workbench.equivalence.bounded.models import ModelEncoder
    from workbench.equivalence.proof.encoding import Pair

OfText: TypeAlias = Callable[[str], "str | int | bool"]


def of_texts(make: Callable[[dict[str, Expr]], OfText | None], over: str = "this") -> Rule:
    """A function of one text, written out for every text that a cell may hold."""

    def rule(encoder: ModelEncoder, expr: App) -> Pair | None:
        parts = parts_of(expr)
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


def like_pattern(encoder: ModelEncoder, expr: App) -> Pair | None:
    """ILIKE, and SQLite's LIKE, do not see case."""
    pattern = text_of(parts_of(expr).get("expression"))
    if pattern is None:
        return None
    blind = expr.op.startswith("fn ILike") or encoder.domains.dialect == "sqlite"
    accepts = like(pattern, re.IGNORECASE if blind else re.RegexFlag(0))
    return of_texts(lambda parts: accepts)(encoder, expr)


def substring(parts: dict[str, Expr]) -> Callable[[str], str] | None:
    """Counted from 1, with constants only."""
    start, length = number_of(parts.get("start")), number_of(parts.get("length"))
    if start is None or start < 1 or (length is None and "length" in parts) or (length or 0) < 0:
        return None
    return lambda text: text[start - 1 : None if length is None else start - 1 + length]


def joined(encoder: ModelEncoder, expr: App) -> Pair | None:
    """``||`` with a constant on one side."""
    parts = parts_of(expr)
    first, second = text_of(parts.get("this")), text_of(parts.get("expression"))
    if second is not None:
        return of_texts(lambda _: lambda text: text + second)(encoder, expr)
    if first is not None:
        return of_texts(lambda _: lambda text: first + text, "expression")(encoder, expr)
    return None
