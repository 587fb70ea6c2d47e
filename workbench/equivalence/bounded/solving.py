"""One question to z3, bounded by its resource units: no such database, a model of one, or no answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import z3

from workbench.equivalence.bounded.encoding import TableEncoder
from workbench.equivalence.proof.smt import Formula

Answer: TypeAlias = Literal["none", "model", "unknown"]
Known: TypeAlias = Mapping[str, "bool | Fraction | int"]


@dataclass(frozen=True)
class Solved:
    """``model``: the value of each symbol, an integer for an element of an unknown sort."""

    answer: Answer
    model: Known


def solve(encoder: TableEncoder, formulas: Iterable[Formula], rlimit: int, milliseconds: int) -> Solved:
    """Is there a model of all formulas? ``milliseconds`` is a fuse, ``rlimit`` (z3's units) the bound."""
    asserted = [f"(assert {formula})" for formula in (*formulas, *encoder.constants.facts())]
    solver = z3.SimpleSolver()
    solver.set("rlimit", rlimit)
    solver.set("timeout", max(1, milliseconds))
    solver.from_string("\n".join([*encoder.tables.declarations(), *encoder.script.lines, *asserted]))
    found = solver.check()
    if found == z3.unsat:
        return Solved("none", {})
    if found != z3.sat:
        return Solved("unknown", {})
    model = solver.model()
    return Solved("model", {d.name(): _value(model[d]) for d in model.decls() if d.arity() == 0})


def _value(value: Any) -> bool | Fraction | int:
    """A truth value, a number, or the number of an unknown sort's element."""
    if z3.is_bool(value):
        return bool(z3.is_true(value))
    if z3.is_int_value(value):
        return Fraction(value.as_long())
    if z3.is_rational_value(value):
        return Fraction(value.numerator_as_long(), value.denominator_as_long())
    if not z3.is_const(value):
        return 0  # a name for a formula, whose printing takes z3 minutes
    digits = value.decl().name().rpartition("!")[2]
    return int(digits) if digits.isdigit() else 0
