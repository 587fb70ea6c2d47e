"""Scalar expressions as formulas, three-valued: every value is a pair of a NULL flag and a value.

Integers are integers and fixed decimals reals; text, dates and other kinds whose equality is identity are points of a
total order (any countable order embeds in the reals, so what holds of all reals holds of them); kinds whose equal
values may differ are a sort of their own with a rank. Functions are uninterpreted over (NULL, value) pairs.
EXISTS and aggregates are uninterpreted functions of their free columns; ``instances`` adds what is known of them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeAlias

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.operators import OPERATORS
from workbench.equivalence.proof.shapes import shape_of
from workbench.equivalence.proof.smt import (
    BOOL,
    FALSE,
    INT,
    REAL,
    TRUE,
    Formula,
    Script,
    Value,
    conditional,
    conjunction,
    disjunction,
    equation,
    integer,
    negation,
    rational,
)
from workbench.equivalence.proof.terms import Agg, App, Col, Const, Exists, Expr, Param

Pair: TypeAlias = tuple[Formula, Value]

# Functions that are NULL exactly where an argument is.
_TOTAL = ("fn Upper", "fn Lower", "fn DPipe", "fn Like this", "fn average", "fn Length", "fn compare")
_STRICT = (*_TOTAL, "fn divide", "fn cast", "fn Substring", "fn Trim", "fn add", "fn sub", "fn mul")


class Encoder:
    """Encodes expressions once each; keeps the columns and atoms it met."""

    def __init__(self, not_null: Callable[[Col], bool]) -> None:
        self.not_null = not_null
        self.script = Script()
        self.columns: dict[tuple[int, str], Pair] = {}
        self.atoms: dict[Exists | Agg, Value] = {}
        self.facts: list[Formula] = []
        self.texts: dict[str, dict[str, str]] = {}
        self._known: dict[Expr, Pair] = {}
        self._met: set[tuple[str, tuple[Col, ...]]] = set()

    def true(self, expr: Expr) -> Formula:
        """Where the expression is true."""
        null, value = self.pair(expr)
        return conjunction(negation(null), value.text)

    def identical(self, left: Expr, right: Expr) -> Formula:
        """Both NULL or both the very same value; a goal only, since unlike kinds count as the same only as NULL."""
        (n1, v1), (n2, v2) = self.pair(left), self.pair(right)
        if left.kind != right.kind or v1.sort != v2.sort:
            return conjunction(n1, n2)
        return _alike(n1, n2, equation(v1.text, v2.text))

    def same(self, left: Expr, right: Expr) -> Formula:
        """IS NOT DISTINCT FROM, by the equality of the kind; between unlike kinds an unknown predicate."""
        (n1, v1), (n2, v2) = self.pair(left), self.pair(right)
        exact = kinds.is_exact_number(left.kind) and kinds.is_exact_number(right.kind)
        if left.kind != right.kind and not exact:
            equal = self.script.function(f"same {left.kind} {right.kind}", [v1, v2], BOOL)
        else:
            equal = self.pair(App("eq", (left, right), "bool"))[1]
        return _alike(n1, n2, equal.text)

    def pair(self, expr: Expr) -> Pair:
        """(is NULL, value) of the expression."""
        found = self._known.get(expr)
        if found is None:
            null, value = self._encode(expr)
            share = self.script.shared
            found = self._known[expr] = share(Value(null, BOOL)).text, share(value)
        return found

    def _encode(self, expr: Expr) -> Pair:
        if isinstance(expr, Col):
            return self._column(expr)
        if isinstance(expr, Const):
            return self._const(expr)
        if isinstance(expr, Param):
            name = f"${expr.key}:{expr.kind}"
            return self.script.constant(name + "?", BOOL).text, self.script.constant(name, self.sort(expr.kind))
        if isinstance(expr, Exists | Agg):
            return self._atom(expr)
        rule = OPERATORS.get(expr.op)
        return (rule(self, expr) if rule else None) or self.function(expr)

    def _column(self, column: Col) -> Pair:
        key = column.row, column.name
        if key not in self.columns:
            name = f"r{column.row}.{column.name}"
            null = FALSE if self.not_null(column) else self.script.constant(name + "?", BOOL).text
            self.columns[key] = null, self.script.constant(name, self.sort(column.kind))
        return self.columns[key]

    def _const(self, const: Const) -> Pair:
        sort = self.sort(const.kind)
        if const.value is None:
            return TRUE, self.default(sort)
        if const.kind == "bool":
            return FALSE, Value(TRUE if const.value else FALSE, BOOL)
        if const.kind == "int" and isinstance(const.value, int):
            return FALSE, integer(int(const.value))
        number = _number(const)
        if sort == REAL and number is not None:
            return FALSE, rational(number)
        value = self.script.constant(f"'{const.value}':{const.kind}", sort)
        if const.kind in ("text", "uuid"):
            self.texts.setdefault(const.kind, {})[str(const.value)] = value.text
        if const.kind == "numeric" and number is not None:
            self.facts.append(equation(self.rank(value).text, rational(number).text))
        return FALSE, value

    def _atom(self, atom: Exists | Agg) -> Pair:
        text, free = shape_of(atom)
        args = [part for column in free for part in self.argument(column)]
        sort = BOOL if isinstance(atom, Exists) else self.sort(atom.kind)
        value = self.script.shared(self.script.function(text, args, sort))
        null = FALSE
        if isinstance(atom, Agg) and atom.op not in ("sum", "min", "max"):
            null = self.script.function(text + "?", args, BOOL).text
        if (text, free) not in self._met:
            self._met.add((text, free))
            self.atoms[atom] = value
        return null, value

    def argument(self, expr: Expr) -> tuple[Value, Value]:
        """A value as an argument of an unknown function: all NULLs are one."""
        null, value = self.pair(expr)
        return Value(null, BOOL), Value(conditional(null, self.default(value.sort).text, value.text), value.sort)

    def function(self, expr: App) -> Pair:
        """An unknown function of its arguments."""
        args = [part for a in expr.args for part in self.argument(a)]
        name = f"{expr.op}:{expr.kind}"
        value = self.script.function(name, args, self.sort(expr.kind))
        nulls = disjunction(*(a.text for a in args[0::2]))
        if args and expr.op.startswith(_TOTAL):
            return nulls, value
        null = self.script.function(name + "?", args, BOOL).text
        return disjunction(nulls, null) if args and expr.op.startswith(_STRICT) else null, value

    def distinctness(self) -> list[Formula]:
        """Different text constants are different texts."""
        return [f"(distinct {' '.join(values.values())})" for values in self.texts.values() if len(values) > 1]

    def sort(self, kind: str) -> str:
        """The sort of a kind."""
        if kind in ("bool", "int"):
            return BOOL if kind == "bool" else INT
        return REAL if kinds.is_identity(kind) else self.script.sort(kind)

    def default(self, sort: str) -> Value:
        """The value that stands for NULL's."""
        known = _DEFAULTS.get(sort)
        return Value(known, sort) if known else self.script.constant("null", sort)

    def rank(self, value: Value) -> Value:
        """The place of a value in its kind's order."""
        if value.sort in (INT, REAL):
            return value
        if value.sort == BOOL:
            return Value(conditional(value.text, "1", "0"), INT)
        return self.script.function("rank", [value], REAL)


_DIGITS = 400  # a number longer than that is not written out
_DEFAULTS = {BOOL: FALSE, INT: "0", REAL: "0.0"}


def _alike(null: Formula, other_null: Formula, equal: Formula) -> Formula:
    """Both NULL, or neither and equal."""
    present = conjunction(negation(null), negation(other_null), equal)
    return disjunction(conjunction(null, other_null), present)


def _number(const: Const) -> Fraction | None:
    """The exact number a constant is; None (some value of its kind) where it is NaN, infinite, huge or no number."""
    if const.kind in ("date", "timestamp"):
        return Fraction(const.value) if isinstance(const.value, int) else None
    if const.kind != "numeric" and not const.kind.startswith("num:"):
        return None
    try:
        number = Decimal(str(const.value))
    except InvalidOperation:
        return None
    return Fraction(number) if number.is_finite() and abs(number.adjusted()) < _DIGITS else None
