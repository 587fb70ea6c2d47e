"""Texts as places in an order: a model speaks of places, a database of texts."""

from __future__ import annotations

from bisect import bisect_left
from fractions import Fraction

from workbench.values import Wire


class Symbols:
    """The texts met so far, each with a place; the order of places is the order of code points."""

    def __init__(self) -> None:
        self._sorted: list[str] = []
        self._places: dict[str, Fraction] = {}
        self._texts: dict[Fraction, str] = {}

    def place(self, text: str) -> Fraction:
        """The place of a text: between its neighbours, where it is new."""
        if text not in self._places:
            at = bisect_left(self._sorted, text)
            before = self._places[self._sorted[at - 1]] if at else None
            after = self._places[self._sorted[at]] if at < len(self._sorted) else None
            self._sorted.insert(at, text)
            self._places[text] = _between(before, after)
            self._texts[self._places[text]] = text
        return self._places[text]

    def text(self, place: Fraction) -> str | None:
        """The text of a place; None where there is none."""
        return self._texts.get(place)


def _between(before: Fraction | None, after: Fraction | None) -> Fraction:
    if before is None:
        return Fraction(0) if after is None else after - 1
    return before + 1 if after is None else (before + after) / 2


def text_of(value: Wire, dialect: str) -> str | None:
    """How a database writes a value that it orders as text; None where it orders it otherwise.

    SQLite holds dates, moments and UUIDs as Django stores them: as text.
    """
    if isinstance(value, str):
        return value
    if not isinstance(value, dict) or not isinstance(value["v"], str):
        return None
    kind, text = value["$"], value["v"]
    if dialect == "postgres" or kind not in ("uuid", "datetime", "time"):
        return text
    if kind == "uuid":
        return text.replace("-", "")
    return text.removesuffix("+00:00").replace("T", " ").removesuffix(".000000")
