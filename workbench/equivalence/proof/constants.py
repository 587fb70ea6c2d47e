"""Constants as formulas: exact numbers as themselves, others as unknown values of which something is known."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from workbench.equivalence.proof.kind_sorts import KindScript
from workbench.equivalence.proof.smt import BOOL, FALSE, INT, REAL, TRUE, Formula, Value, equation, integer, rational
from workbench.equivalence.proof.terms import Const

_DIGITS = 400  # a number longer than that is not written out


class Constants:
    """The constants met by one question, and what is known of them."""

    def __init__(self, script: KindScript) -> None:
        self.script = script
        self._ranks: list[Formula] = []
        self._texts: dict[str, dict[str, str]] = {}

    def pair(self, const: Const) -> tuple[Formula, Value]:
        """(is NULL, value) of the constant."""
        sort = self.script.sort_of(const.kind)
        if const.value is None:
            return TRUE, self.script.default(sort)
        if const.kind == "bool" and isinstance(const.value, bool):
            return FALSE, Value(TRUE if const.value else FALSE, BOOL)
        if const.kind == "int" and isinstance(const.value, int):
            return FALSE, integer(int(const.value))
        number = _number(const)
        if number is not None and sort in (REAL, INT):
            return FALSE, rational(number) if sort == REAL else integer(int(number))
        return FALSE, self._unknown(const, sort, number)

    def _unknown(self, const: Const, sort: str, number: Fraction | None) -> Value:
        value = self.script.constant(f"'{const.value}':{const.kind}", sort)
        if const.kind in ("text", "uuid"):
            self._texts.setdefault(const.kind, {})[str(const.value)] = value.text
        if const.kind == "numeric" and number is not None:
            self._ranks.append(equation(self.script.rank(value).text, rational(number).text))
        return value

    def ranked(self, value: Value, number: Value) -> None:
        """Note the place of a value in the order of numbers."""
        self._ranks.append(equation(self.script.rank(value).text, number.text))

    def facts(self) -> list[Formula]:
        """Numbers have their place in the order; different texts are different values."""
        several = (values for values in self._texts.values() if len(values) > 1)
        return [*self._ranks, *(f"(distinct {' '.join(values.values())})" for values in several)]


def _number(const: Const) -> Fraction | None:
    """The exact number a constant is; None (some value of its kind) where it is NaN, infinite, huge or no number."""
    if const.kind in ("date", "timestamp", "timestamptz"):
        return Fraction(const.value) if isinstance(const.value, int) else None
    if const.kind != "numeric" and not const.kind.startswith("num:"):
        return None
    try:
        number = Decimal(str(const.value))
    except InvalidOperation:
        return None
    return Fraction(number) if number.is_finite() and abs(number.adjusted()) < _DIGITS else None
