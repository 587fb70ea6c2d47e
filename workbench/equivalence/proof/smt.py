"""Formulas as SMT-LIB text, folded as they are built, and the script that declares what they mention.

z3 reads a text in one call; building the same terms through its Python objects takes far longer than deciding them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple, TypeAlias

Formula: TypeAlias = str
TRUE, FALSE = "true", "false"
BOOL, INT, REAL = "Bool", "Int", "Real"
_LONG = 160  # characters; a longer formula gets a name, so that it is written once


class Value(NamedTuple):
    """A term and its sort."""

    text: str
    sort: str


def conjunction(*parts: Formula) -> Formula:
    """AND: true parts dropped, false alone decides."""
    return _junction("and", TRUE, FALSE, parts)


def disjunction(*parts: Formula) -> Formula:
    """OR: false parts dropped, true alone decides."""
    return _junction("or", FALSE, TRUE, parts)


def _junction(op: str, neutral: Formula, deciding: Formula, parts: tuple[Formula, ...]) -> Formula:
    kept = dict.fromkeys(p for p in parts if p != neutral)
    if deciding in kept:
        return deciding
    if len(kept) > 1:
        return f"({op} {' '.join(kept)})"
    return next(iter(kept), neutral)


def negation(formula: Formula) -> Formula:
    """NOT; a double negation cancels."""
    if formula == TRUE:
        return FALSE
    if formula == FALSE:
        return TRUE
    return formula[5:-1] if formula.startswith("(not ") else f"(not {formula})"


def implication(given: Formula, then: Formula) -> Formula:
    """Where the first holds, so does the second."""
    if given == TRUE or then == TRUE:
        return then
    return TRUE if given == FALSE else negation(given) if then == FALSE else f"(=> {given} {then})"


def equation(left: str, right: str) -> Formula:
    """Equality of two terms of one sort."""
    return TRUE if left == right else f"(= {left} {right})"


def conditional(condition: Formula, then: str, other: str) -> str:
    """The one term where the condition holds, else the other."""
    if condition == TRUE or then == other:
        return then
    return other if condition == FALSE else f"(ite {condition} {then} {other})"


def integer(value: int) -> Value:
    """An integer constant."""
    return Value(str(value) if value >= 0 else f"(- {-value})", INT)


def rational(value: Fraction) -> Value:
    """A rational constant, exactly."""
    size = f"{abs(value.numerator)}.0"
    size = size if value.denominator == 1 else f"(/ {size} {value.denominator}.0)"
    return Value(size if value >= 0 else f"(- {size})", REAL)


def real(value: Value) -> Value:
    """An integer as a real; anything else as it is."""
    return Value(f"(to_real {value.text})", REAL) if value.sort == INT else value


class Script:
    """The symbols of one question: declared once each, under short names of their own."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._names: dict[tuple[str, ...], str] = {}
        self._shared: dict[str, str] = {}

    def sort(self, name: str) -> str:
        """An uninterpreted sort."""
        return self._name("S", (name,), "(declare-sort {} 0)")

    def constant(self, name: str, sort: str) -> Value:
        """An unknown value."""
        return Value(self._name("c", (name, sort), f"(declare-fun {{}} () {sort})"), sort)

    def fresh(self, sort: str) -> Value:
        """An unknown value that no other mention shares."""
        return self.constant(f"fresh {len(self._names)}", sort)

    def function(self, name: str, args: list[Value], sort: str) -> Value:
        """An unknown function of its arguments; one name at different sorts is different functions."""
        if not args:
            return self.constant(name, sort)
        sorts = [a.sort for a in args]
        symbol = self._name("f", (name, *sorts, sort), f"(declare-fun {{}} ({' '.join(sorts)}) {sort})")
        return Value(f"({symbol} {' '.join(a.text for a in args)})", sort)

    def shared(self, value: Value) -> Value:
        """The same value, under a name where its text is long."""
        if len(value.text) < _LONG:
            return value
        name = self._shared.get(value.text)
        if name is None:
            name = self._shared[value.text] = f"d{len(self._shared)}"
            self.lines.append(f"(define-fun {name} () {value.sort} {value.text})")
        return Value(name, value.sort)

    def _name(self, letter: str, key: tuple[str, ...], declaration: str) -> str:
        name = self._names.get((letter, *key))
        if name is None:
            name = self._names[letter, *key] = f"{letter}{len(self._names)}"
            self.lines.append(declaration.format(name))
        return name
