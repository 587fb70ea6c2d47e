"""The values a cell of a searched database may hold, as formulas, and a model's value as a value of its column."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from workbench.catalog.table import Column
from workbench.equivalence.bounded.symbols import Symbols, text_of
from workbench.equivalence.generation.pools import pool
from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.smt import TRUE, Formula, Value, conjunction, disjunction, equation, rational
from workbench.values import Wire, to_wire

SYMBOLIC = frozenset({"text", "uuid", "bytea"})
_DAY = 86_400_000_000
_ORIGIN = datetime(1, 1, 1)
_LARGE = 10_000  # whole numbers stay below, unless a constant asks for more: products of them fit into any type
_BOUNDS = {"smallint": 2**15, "int2": 2**15, "bigint": 2**63, "int8": 2**63}
_PRECISION = re.compile(r"\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)")


class Domains:
    """The domains of a pair's columns; ``hints`` are the constants of both queries."""

    def __init__(self, dialect: str, hints: list[Wire]) -> None:
        self.dialect, self.hints, self.symbols = dialect, hints, Symbols()
        numbers = [abs(h) for h in hints if isinstance(h, int)]
        self.large = max([_LARGE, *(2 * n + 10 for n in numbers)])
        self._texts: dict[Column, dict[Fraction, Wire]] = {}

    def formula(self, column: Column, kind: str, value: Value) -> Formula:
        """The value is one that the column can hold and a person can read."""
        if kind in SYMBOLIC:
            return disjunction(*(equation(value.text, rational(place).text) for place in self.texts(column)))
        if kind == "int":
            bound = min(self.large, _BOUNDS.get(column.type.lower(), 2**31) - 1)
            return _within(value.text, -bound, bound)
        limits = self._limits(column, kind)
        if limits is None:
            return TRUE
        low, high, steps = limits
        whole = f"(is_int (* {steps}.0 {value.text}))" if steps > 1 else f"(is_int {value.text})"
        return conjunction(_within(value.text, low, high, ".0"), whole)

    def _limits(self, column: Column, kind: str) -> tuple[int, int, int] | None:
        """The least and greatest value, and how many steps there are to one."""
        if kind in _MOMENTS:
            return (*_MOMENTS[kind], 1)
        if kinds.is_exact_number(kind):
            shape = _PRECISION.search(column.type)
            whole = int(shape[1]) - kinds.scale_of(kind) if shape else 4
            bound = min(self.large, 10**whole - 1)
            return -bound, bound, 10 ** kinds.scale_of(kind)
        return (-self.large, self.large, 4) if kind in ("numeric", "float") else None

    def texts(self, column: Column) -> dict[Fraction, Wire]:
        """The texts a column may hold, by their places."""
        if column not in self._texts:
            values = ((text_of(value, self.dialect), value) for value in pool(column, self.hints))
            self._texts[column] = {self.symbols.place(text): value for text, value in values if text is not None}
        return self._texts[column]

    def wire(self, column: Column, kind: str, value: object) -> Wire:
        """A model's value as a value of the column."""
        if kind in SYMBOLIC and isinstance(value, Fraction):
            return self.texts(column).get(value)
        read = _READERS.get(kind.split(":")[0])
        if read is not None and isinstance(value, (bool, Fraction)):
            return read(Fraction(value), kind)
        values = pool(column, self.hints)
        return values[value % len(values)] if isinstance(value, int) else values[0]


def _within(value: str, low: int, high: int, suffix: str = "") -> Formula:
    least = f"(- {-low}{suffix})" if low < 0 else f"{low}{suffix}"
    return conjunction(f"(<= {least} {value})", f"(<= {value} {high}{suffix})")


def moment(text: str) -> int | None:
    """Microseconds since the year 1 of a moment's text (UTC where it names no offset); None where it is none."""
    try:
        found = datetime.fromisoformat(text)
        found = found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found
    except (ValueError, OverflowError):
        return None
    return (found - _ORIGIN) // timedelta(microseconds=1)


_MOMENTS: dict[str, tuple[int, int]] = {
    "date": (date(1900, 1, 1).toordinal(), date(2200, 1, 1).toordinal()),
    "timestamp": (moment("1900-01-01") or 0, moment("2200-01-01") or 0),
    "timestamptz": (moment("1900-01-01") or 0, moment("2200-01-01") or 0),
    "time": (0, _DAY - 1),
}


def _decimal(value: Fraction, kind: str) -> Wire:
    digits = kinds.scale_of(kind) if kind.startswith("num:") else 2
    return to_wire((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1).scaleb(-digits)))


def _at(value: Fraction) -> datetime:
    return _ORIGIN + timedelta(microseconds=int(value))


_READERS: dict[str, Callable[[Fraction, str], Wire]] = {
    "bool": lambda value, kind: bool(value),
    "int": lambda value, kind: int(value),
    "num": _decimal,
    "numeric": _decimal,
    "float": lambda value, kind: to_wire(float(value)),
    "date": lambda value, kind: to_wire(date.fromordinal(int(value))),
    "timestamp": lambda value, kind: to_wire(_at(value)),
    "timestamptz": lambda value, kind: to_wire(_at(value).replace(tzinfo=UTC)),
    "time": lambda value, kind: to_wire(_at(value).time()),
}
