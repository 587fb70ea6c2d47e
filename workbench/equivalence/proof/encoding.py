"""Scalar expressions in z3, three-valued: every value is a pair of a NULL flag and a value.

Integers are integers and fixed decimals reals; text, dates and other kinds whose equality is identity are points of a
total order (any countable order embeds in the reals, so what holds of all reals holds of them); kinds whose equal
values may differ are a sort of their own with a rank. Functions are uninterpreted over (NULL, value) pairs.
EXISTS and aggregates are uninterpreted functions of their free columns; ``reasoning`` adds what is known of them.
"""

from __future__ import annotations

from typing import Any

import z3

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.shapes import shape_of
from workbench.equivalence.proof.terms import Agg, App, Col, Const, Exists, Expr, Param

Pair = tuple[Any, Any]
TRUE, FALSE = z3.BoolVal(True), z3.BoolVal(False)

# Functions that are NULL exactly where an argument is.
_TOTAL = ("fn Upper", "fn Lower", "fn DPipe", "fn Like this", "fn average", "fn Length", "fn compare")
_STRICT = (*_TOTAL, "fn divide", "fn cast", "fn Substring", "fn Trim", "fn add", "fn sub", "fn mul")


class Encoder:
    """Encodes expressions once each; keeps the columns and atoms it met."""

    def __init__(self, not_null: Any) -> None:
        self.not_null = not_null
        self.columns: dict[tuple[int, str], tuple[Col, Pair]] = {}
        self.atoms: dict[Exists | Agg, Any] = {}
        self.facts: list[Any] = []
        self.texts: dict[str, dict[str, Any]] = {}
        self._known: dict[Expr, Pair] = {}
        self._met: set[tuple[str, tuple[Col, ...]]] = set()

    def true(self, expr: Expr) -> Any:
        """Where the expression is true."""
        null, value = self.pair(expr)
        return z3.And(z3.Not(null), value)

    def identical(self, left: Expr, right: Expr) -> Any:
        """Both NULL or both the very same value; a goal only, since unlike kinds count as the same only as NULL."""
        (n1, v1), (n2, v2) = self.pair(left), self.pair(right)
        if left.kind != right.kind:
            return z3.And(n1, n2)
        return z3.Or(z3.And(n1, n2), z3.And(z3.Not(n1), z3.Not(n2), v1 == v2))

    def same(self, left: Expr, right: Expr) -> Any:
        """IS NOT DISTINCT FROM, by the equality of the kind; between unlike kinds an unknown predicate."""
        (n1, v1), (n2, v2) = self.pair(left), self.pair(right)
        exact = kinds.is_exact_number(left.kind) and kinds.is_exact_number(right.kind)
        if left.kind != right.kind and not exact:
            equal = z3.Function(f"same {left.kind} {right.kind}", v1.sort(), v2.sort(), z3.BoolSort())(v1, v2)
        else:
            equal = _compare(self, App("eq", (left, right), "bool"))[1]
        return z3.Or(z3.And(n1, n2), z3.And(z3.Not(n1), z3.Not(n2), equal))

    def pair(self, expr: Expr) -> Pair:
        """(is NULL, value) of the expression."""
        found = self._known.get(expr)
        if found is None:
            found = self._known[expr] = self._encode(expr)
        return found

    def _encode(self, expr: Expr) -> Pair:
        if isinstance(expr, Col):
            return self._column(expr)
        if isinstance(expr, Const):
            return self._const(expr)
        if isinstance(expr, Param):
            return z3.Bool(f"${expr.key}:{expr.kind}?"), z3.Const(f"${expr.key}:{expr.kind}", sort_of(expr.kind))
        if isinstance(expr, Exists | Agg):
            return self._atom(expr)
        rule = _RULES.get(expr.op)
        return rule(self, expr) if rule else self._function(expr)

    def _column(self, column: Col) -> Pair:
        key = column.row, column.name
        if key not in self.columns:
            name = f"r{column.row}.{column.name}"
            null = FALSE if self.not_null(column) else z3.Bool(name + "?")
            self.columns[key] = column, (null, z3.Const(name, sort_of(column.kind)))
        return self.columns[key][1]

    def _const(self, const: Const) -> Pair:
        sort = sort_of(const.kind)
        if const.value is None:
            return TRUE, default(sort)
        if const.kind == "bool":
            return FALSE, z3.BoolVal(bool(const.value))
        if const.kind == "int" and isinstance(const.value, int):
            return FALSE, z3.IntVal(const.value)
        if const.kind.startswith("num:"):
            return FALSE, z3.RealVal(str(const.value))
        if const.kind in ("date", "timestamp") and isinstance(const.value, int):
            return FALSE, z3.RealVal(const.value)
        value = z3.Const(f"'{const.value}':{const.kind}", sort)
        if const.kind in ("text", "uuid"):
            self.texts.setdefault(const.kind, {})[str(const.value)] = value
        if const.kind == "numeric":
            self.facts.append(rank(value) == z3.RealVal(str(const.value)))
        return FALSE, value

    def _atom(self, atom: Exists | Agg) -> Pair:
        text, free = shape_of(atom)
        args = [part for column in free for part in self.argument(column)]
        sort = z3.BoolSort() if isinstance(atom, Exists) else sort_of(atom.kind)
        value = z3.Function(text, *(a.sort() for a in args), sort)(*args) if args else z3.Const(text, sort)
        null: Any = FALSE
        if isinstance(atom, Agg) and atom.op not in ("sum", "min", "max"):
            null = (
                z3.Function(text + "?", *(a.sort() for a in args), z3.BoolSort())(*args)
                if args
                else z3.Bool(text + "?")
            )
        if (text, free) not in self._met:
            self._met.add((text, free))
            self.atoms[atom] = value
        return null, value

    def argument(self, expr: Expr) -> Pair:
        """A value as an argument of an unknown function: all NULLs are one."""
        null, value = self.pair(expr)
        return null, value if z3.is_false(null) else z3.If(null, default(value.sort()), value)

    def _function(self, expr: App) -> Pair:
        args = [part for a in expr.args for part in self.argument(a)]
        sort, name = sort_of(expr.kind), f"{expr.op}:{expr.kind}"
        sorts = [a.sort() for a in args]
        if not args:
            return z3.Bool(name + "?"), z3.Const(name, sort)
        value = z3.Function(name, *sorts, sort)(*args)
        nulls = z3.Or(*args[0::2])
        if expr.op.startswith(_TOTAL):
            return nulls, value
        null = z3.Function(name + "?", *sorts, z3.BoolSort())(*args)
        return z3.Or(nulls, null) if expr.op.startswith(_STRICT) else null, value

    def distinctness(self) -> list[Any]:
        """Different text constants are different texts."""
        return [z3.Distinct(*values.values()) for values in self.texts.values() if len(values) > 1]


def sort_of(kind: str) -> Any:
    """The z3 sort of a kind."""
    if kind == "bool":
        return z3.BoolSort()
    if kind == "int":
        return z3.IntSort()
    return z3.RealSort() if kinds.is_identity(kind) else z3.DeclareSort(kind)


def default(sort: Any) -> Any:
    """The value that stands for NULL's."""
    if sort == z3.BoolSort():
        return FALSE
    if sort == z3.IntSort():
        return z3.IntVal(0)
    return z3.RealVal(0) if sort == z3.RealSort() else z3.Const("null of " + sort.name(), sort)


def rank(value: Any) -> Any:
    """The place of a value in its kind's order."""
    if value.sort() in (z3.IntSort(), z3.RealSort()):
        return value
    if value.sort() == z3.BoolSort():
        return z3.If(value, z3.IntVal(1), z3.IntVal(0))
    return z3.Function("rank of " + value.sort().name(), value.sort(), z3.RealSort())(value)


def _number(value: Any, kind: str) -> Any:
    return z3.ToReal(value) if value.sort() == z3.IntSort() and kind != "int" else value


def _compare(encoder: Encoder, expr: App) -> Pair:
    left, right = expr.args
    (n1, v1), (n2, v2) = encoder.pair(left), encoder.pair(right)
    if v1.sort() != v2.sort():
        v1, v2 = (z3.ToReal(v) if v.sort() == z3.IntSort() else v for v in (v1, v2))
    a, b = (v1, v2) if expr.op == "eq" and v1.sort() == z3.BoolSort() else (rank(v1), rank(v2))
    value = a == b if expr.op == "eq" else a < b if expr.op == "lt" else a <= b
    return z3.Or(n1, n2), value


def _arithmetic(encoder: Encoder, expr: App) -> Pair:
    (n1, v1), (n2, v2) = (encoder.pair(a) for a in expr.args)
    v1, v2 = _number(v1, expr.kind), _number(v2, expr.kind)
    if v1.sort() != v2.sort():
        v1, v2 = (z3.ToReal(v) if v.sort() == z3.IntSort() else v for v in (v1, v2))
    value = v1 + v2 if expr.op == "add" else v1 - v2 if expr.op == "sub" else v1 * v2
    return z3.Or(n1, n2), value


def _and(encoder: Encoder, expr: App) -> Pair:
    pairs = [encoder.pair(a) for a in expr.args]
    false = z3.Or(*(z3.And(z3.Not(n), z3.Not(v)) for n, v in pairs))
    return z3.And(z3.Not(false), z3.Or(*(n for n, _ in pairs))), z3.And(*(v for _, v in pairs))


def _or(encoder: Encoder, expr: App) -> Pair:
    pairs = [encoder.pair(a) for a in expr.args]
    true = z3.Or(*(z3.And(z3.Not(n), v) for n, v in pairs))
    return z3.And(z3.Not(true), z3.Or(*(n for n, _ in pairs))), true


def _not(encoder: Encoder, expr: App) -> Pair:
    null, value = encoder.pair(expr.args[0])
    return null, z3.Not(value)


def _case(encoder: Encoder, expr: App) -> Pair:
    null, value = encoder.pair(expr.args[-1])
    for condition, result in reversed(list(zip(expr.args[0:-1:2], expr.args[1::2], strict=False))):
        taken = encoder.true(condition)
        n, v = encoder.pair(result)
        if v.sort() != value.sort():
            v, value = (z3.ToReal(x) if x.sort() == z3.IntSort() else x for x in (v, value))
        null, value = z3.If(taken, n, null), z3.If(taken, v, value)
    return null, value


_RULES: dict[str, Any] = {
    "eq": _compare,
    "lt": _compare,
    "le": _compare,
    "same": lambda e, x: (FALSE, e.same(*x.args)),
    "add": _arithmetic,
    "sub": _arithmetic,
    "mul": _arithmetic,
    "and": _and,
    "or": _or,
    "not": _not,
    "isnull": lambda e, x: (FALSE, e.pair(x.args[0])[0]),
    "istrue": lambda e, x: (FALSE, e.true(x.args[0])),
    "case": _case,
}
