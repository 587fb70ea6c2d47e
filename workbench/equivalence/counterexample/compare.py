"""Are two answers the same? As bags, or as lists up to the ties that an ORDER BY leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from workbench.equivalence.counterexample.meaning import Meaning, SortKey
from workbench.values import Wire, from_wire
from workbench.verdict import ResultRows

Outcome = Literal["same", "different", "incomparable", "undetermined"]


@dataclass(frozen=True)
class Comparison:
    """The outcome, and a sentence for a person."""

    outcome: Outcome
    why: str = ""


def compare(left: ResultRows, right: ResultRows, meanings: Sequence[Meaning]) -> Comparison:
    """Do the two answers contradict each other, given what each query promises?"""
    if left.error or right.error:
        return Comparison("incomparable", _errors(left, right))
    if not all(meaning.count_is_fixed for meaning in meanings):
        return Comparison("incomparable", meanings[0].nondeterminism or meanings[1].nondeterminism)
    if len(left.rows) != len(right.rows):
        return Comparison("different", f"{_rows(left)} on the left, {_rows(right)} on the right")
    loose = any(meaning.rounds for meaning in meanings)
    rows: list[list[Hashable]] = [[row_values(row, loose) for row in side.rows] for side in (left, right)]
    if not all(meaning.bag_is_fixed for meaning in meanings):
        return Comparison("same" if rows[0] == rows[1] else "undetermined")
    if Counter(rows[0]) != Counter(rows[1]):
        return Comparison("different", "the rows differ")
    return _compare_order(rows, meanings)


def _rows(side: ResultRows) -> str:
    return "1 row" if len(side.rows) == 1 else f"{len(side.rows)} rows"


def _errors(left: ResultRows, right: ResultRows) -> str:
    said = [f"{name}: {side.error}" for name, side in (("left", left), ("right", right)) if side.error]
    return "the database refuses " + "; ".join(said)


def _compare_order(rows: list[list[Hashable]], meanings: Sequence[Meaning]) -> Comparison:
    """Each side's rows must stand in an order that the other side's ORDER BY allows."""
    if rows[0] == rows[1]:
        return Comparison("same")
    if all(meaning.total for meaning in meanings):
        return Comparison("different", "the same rows in another order, and both orders are total")
    for ordered, other, names in ((0, 1, ("left", "right")), (1, 0, ("right", "left"))):
        keys = meanings[ordered].keys
        if keys is not None and _sequence(rows[ordered], keys) != _sequence(rows[other], keys):
            return Comparison(
                "different", f"the {names[1]} answer is not in the order that the {names[0]} query asks for"
            )
        if meanings[ordered].total:
            return Comparison("different", f"the {names[1]} answer is not in the {names[0]} query's total order")
    return Comparison("undetermined" if any(m.needs_probe for m in meanings) else "same")


def _sequence(rows: list[Hashable], keys: tuple[SortKey, ...]) -> list[tuple[Hashable, ...]]:
    return [tuple(row[key] for key in keys) for row in rows]  # type: ignore[index]


def row_values(row: tuple[Wire, ...], loose: bool) -> tuple[Hashable, ...]:
    """A row as SQL's = sees it; ``loose``: numbers rounded to nine digits."""
    return tuple(_cell(value, loose) for value in row)


def _cell(value: Wire, loose: bool) -> Hashable:
    """A value as SQL's = sees it: 1, 1.0 and 1.00 are one number whatever their type."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return (type(value).__name__, value)
    if isinstance(value, int):
        return ("number", _rounded(Decimal(value), loose))
    if isinstance(value, list):
        return tuple(_cell(item, loose) for item in value)
    if value["$"] in ("decimal", "float"):
        number = Decimal(value["v"]) if value["$"] == "decimal" else Decimal(repr(from_wire(value)))
        return ("number", _rounded(number, loose) if number.is_finite() else str(number))
    return (value["$"], repr(value["v"]))


def _rounded(number: Decimal, loose: bool) -> Decimal:
    """Nine significant digits where a float aggregate makes the last ones depend on the order of rows."""
    return number.normalize() if not loose else Decimal(f"{number:.8e}").normalize()
