"""Aggregates written out over the rows that a bag may hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.equivalence.proof.smt import (
    BOOL,
    FALSE,
    TRUE,
    Formula,
    Value,
    conditional,
    conjunction,
    disjunction,
    negation,
)

if TYPE_CHECKING:
    from workbench.equivalence.bounded.encoding import TableEncoder
    from workbench.equivalence.proof.encoding import Pair

Values = list[tuple[Formula, Formula, Value]]  # present, NULL, value


def _sum(encoder: TableEncoder, values: Values, sort: str) -> Pair:
    """0 on no row, as the terms say."""
    zero = encoder.script.default(sort).text
    parts = [conditional(present, value.text, zero) for present, _, value in values]
    return FALSE, Value(_added([p for p in parts if p != zero], zero), sort)


def _extreme(smaller: str) -> Callable[[TableEncoder, Values, str], Pair]:
    """The least or the greatest by rank; any value on no row."""

    def fold(encoder: TableEncoder, values: Values, sort: str) -> Pair:
        some, best = FALSE, encoder.script.default(sort)
        for present, _, value in values:
            ranks = encoder.script.rank(value).text, encoder.script.rank(best).text
            better = conjunction(present, disjunction(negation(some), f"({smaller} {ranks[0]} {ranks[1]})"))
            best = encoder.script.shared(Value(conditional(better, value.text, best.text), sort))
            some = encoder.script.shared(Value(disjunction(some, present), BOOL)).text
        return FALSE, best

    return fold


def _single(encoder: TableEncoder, values: Values, sort: str) -> Pair:
    """The one value; what stands for it where there are more is assumed never to matter (that is an error)."""
    null, found = TRUE, encoder.script.default(sort)
    for present, absent, value in values:
        null = conditional(present, absent, null)
        found = Value(conditional(present, value.text, found.text), sort)
    return null, found


FOLDS: dict[str, Callable[[TableEncoder, Values, str], Pair]] = {
    "sum": _sum,
    "min": _extreme("<"),
    "max": _extreme(">"),
    "single": _single,
}


def _added(parts: list[str], zero: str) -> str:
    return f"(+ {' '.join(parts)})" if len(parts) > 1 else parts[0] if parts else zero


def total(formulas: list[Formula]) -> str:
    """How many of the formulas are true."""
    parts = [conditional(formula, "1", "0") for formula in formulas]
    return _added([part for part in parts if part != "0"], "0")


CHOSEN: dict[str, Callable[[str, str], Formula]] = {
    "except all": lambda rank, others: f"(> {rank} {others})",
    "intersect all": lambda rank, others: f"(<= {rank} {others})",
}
