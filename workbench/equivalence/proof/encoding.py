"""Scalar expressions as formulas, three-valued: every value is a pair of a NULL flag and a value.

Integers are integers and fixed decimals reals; text, dates and other kinds whose equality is identity are points of a
total order (any countable order embeds in the reals, so what holds of all reals holds of them); kinds whose equal
values may differ are a sort of their own with a rank. Functions are uninterpreted over (NULL, value) pairs.
EXISTS and aggregates are uninterpreted functions of their free columns; ``instances`` adds what is known of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.constants import Constants
from workbench.equivalence.proof.kind_sorts import KindScript
from workbench.equivalence.proof.operators import OPERATORS, scaled
from workbench.equivalence.proof.shapes import shape_of
from workbench.equivalence.proof.smt import (
    BOOL,
    FALSE,
    Formula,
    Value,
    conditional,
    conjunction,
    disjunction,
    equation,
    negation,
)
from workbench.equivalence.proof.terms import Agg, App, Col, Const, Exists, Expr, Param

Pair: TypeAlias = tuple[Formula, Value]

_OF_TEXT = ("fn starts_with", "fn left")
_OF_MOMENTS = ("fn extract", "year", "trunc", "date", "utc")
# Functions that are NULL exactly where an argument is.
_TOTAL = (
    "fn Upper",
    "fn Lower",
    "fn DPipe",
    "fn Like this",
    "fn average",
    "fn Length",
    "fn compare",
    *_OF_TEXT,
    *_OF_MOMENTS,
)
_TOTAL_OF_TEXT = ("fn Upper", "fn Lower", "fn DPipe")  # a range may have no bound; an array joined to NULL is itself
_STRICT = (*_TOTAL, "fn divide", "fn cast", "fn Substring", "fn Trim", "fn add", "fn sub", "fn mul")


class Encoder:
    """Encodes expressions once each; keeps the columns and atoms it met."""

    def __init__(self, not_null: Callable[[Col], bool]) -> None:
        self.not_null = not_null
        self.script = KindScript()
        self.columns: dict[tuple[int, str], Pair] = {}
        self.atoms: dict[Exists | Agg, Value] = {}
        self.constants = Constants(self.script)
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
            return self.constants.pair(expr)
        if isinstance(expr, Param):
            return self._unknown(f"${expr.key}:{expr.kind}", expr.kind)
        if isinstance(expr, Exists | Agg):
            return self._atom(expr)
        rule = scaled if expr.op.startswith("scaled ") else OPERATORS.get(expr.op)
        return (rule(self, expr) if rule else None) or self.function(expr)

    def _column(self, column: Col) -> Pair:
        key = column.row, column.name
        if key not in self.columns:
            value = self.script.constant(_name(column), self.script.sort_of(column.kind))
            self.columns[key] = FALSE if self.not_null(column) else self.null_flag(column), value
        return self.columns[key]

    def null_flag(self, column: Col) -> Formula:
        """Whether a column is NULL."""
        return self.script.constant(_name(column) + "?", BOOL).text

    def _unknown(self, name: str, kind: str) -> Pair:
        return self.script.constant(name + "?", BOOL).text, self.script.constant(name, self.script.sort_of(kind))

    def _atom(self, atom: Exists | Agg) -> Pair:
        text, free = shape_of(atom)
        args = [part for column in free for part in self.argument(column)]
        sort = BOOL if isinstance(atom, Exists) else self.script.sort_of(atom.kind)
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
        return Value(null, BOOL), Value(conditional(null, self.script.default(value.sort).text, value.text), value.sort)

    def function(self, expr: App) -> Pair:
        """An unknown function of its arguments."""
        args = [part for a in expr.args for part in self.argument(a)]
        name = f"{expr.op}:{expr.kind}"
        value = self.script.function(name, args, self.script.sort_of(expr.kind))
        nulls = disjunction(*(a.text for a in args[0::2]))
        if args and expr.op.startswith(_TOTAL) and (expr.kind == "text" or not expr.op.startswith(_TOTAL_OF_TEXT)):
            return nulls, value
        null = self.script.function(name + "?", args, BOOL).text
        return disjunction(nulls, null) if args and expr.op.startswith(_STRICT) else null, value


def _name(column: Col) -> str:
    return f"r{column.row}.{column.name}"


def _alike(null: Formula, other_null: Formula, equal: Formula) -> Formula:
    """Both NULL, or neither and equal."""
    present = conjunction(negation(null), negation(other_null), equal)
    return disjunction(conjunction(null, other_null), present)
