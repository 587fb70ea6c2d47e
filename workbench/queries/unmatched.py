"""Rows of two answers that have no partner on the other side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from workbench.queries.comparing import Row, canonical, key_of, kinds_of, of_drizzle, plain
from workbench.queries.query import Output
from workbench.values import Wire

_DIGITS = ".8e"  # nine of a number's digits: what the order in which doubles are added does not change


@dataclass(frozen=True)
class Unmatched:
    """The rows, in their order; Drizzle's values in the words of Django's where those are the same values.

    ``columns``: the places of the outputs whose values, taken alone, already differ.
    """

    left: tuple[tuple[Wire, ...], ...]
    right: tuple[tuple[Wire, ...], ...]
    columns: tuple[int, ...] = ()


def unmatched(
    outputs: Sequence[Output], django: Sequence[Row], drizzle: Sequence[Row], *, ordered: bool, loose: bool
) -> Unmatched | None:
    """None where every row has its partner: at its place where ``ordered``, else anywhere.

    ``loose``: numbers are compared in nine digits.
    """
    kinds = kinds_of(outputs, django)
    lefts = [[canonical(cell) for cell in row] for row in django]
    rights = [[of_drizzle(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in drizzle]
    keys = [[key_of([_rounded(cell) for cell in row] if loose else row) for row in side] for side in (lefts, rights)]
    places = _moved(*keys) if ordered else (_lonely(*keys), _lonely(keys[1], keys[0]))
    if not places[0] and not places[1]:
        return None
    pairs = list(zip(lefts, django, strict=True))
    words = [{key_of([cells[at]]): row[at] for cells, row in pairs} for at in range(len(kinds))]
    said = (tuple(_said(rights[n][at], drizzle[n][at], words[at]) for at in range(len(kinds))) for n in places[1])
    columns = tuple(at for at in range(len(kinds)) if _bag(lefts, at) != _bag(rights, at))
    return Unmatched(tuple(tuple(django[n]) for n in places[0]), tuple(said), columns)


def _bag(rows: Sequence[Sequence[Any]], at: int) -> Counter[str]:
    return Counter(key_of([row[at]]) for row in rows)


def _moved(left: list[str], right: list[str]) -> tuple[list[int], list[int]]:
    """Places at which the rows are not the same."""
    places = [
        [number for number, key in enumerate(side) if other[number : number + 1] != [key]]
        for side, other in ((left, right), (right, left))
    ]
    return places[0], places[1]


def _lonely(keys: list[str], others: list[str]) -> list[int]:
    """Places of the rows that the other side has less often."""
    free, found = Counter(others), []
    for number, key in enumerate(keys):
        if free[key] == 0:
            found.append(number)
        free[key] -= free[key] > 0
    return found


def _rounded(cell: Any) -> Any:
    if isinstance(cell, list) and len(cell) == 2 and cell[0] == "number":
        return ["number", format(float(cell[1]), _DIGITS)]
    return [_rounded(item) for item in cell] if isinstance(cell, list) else cell


def _said(cell: Any, wire: Wire, words: dict[str, Wire]) -> Wire:
    """The value as Django wrote it in that column; else in the kind that JavaScript gave it."""
    known = words.get(key_of([cell]))
    return known if known is not None or cell is None else _wire(wire)


def _wire(cell: Wire) -> Wire:
    """A JavaScript value in the forms of ``workbench.values``."""
    if isinstance(cell, list):
        return [_wire(item) for item in cell]
    read = _KINDS.get(cell["$"]) if isinstance(cell, dict) else None
    return read(cell["v"]) if read is not None else cell


def _number(text: str) -> Wire:
    whole = text.removeprefix("-").isdigit() and text != "-0"
    return int(text) if whole else {"$": "float", "v": text.replace("Infinity", "inf").replace("NaN", "nan")}


_KINDS: dict[str, Callable[[Any], Wire]] = {
    "js-number": _number,
    "js-bigint": int,
    "js-undefined": lambda v: None,
    "js-object": lambda v: {"$": "json", "v": plain({"$": "js-object", "v": v})},
    "js-date": lambda v: {"$": "other", "v": {"type": "Date", "text": v}},
}
