"""Whole numbers, decimals and floating point numbers at and beside given constants."""

from __future__ import annotations

import re
from decimal import Context, Decimal, InvalidOperation
from typing import TypeAlias

from workbench.values import Wire, from_wire, to_wire

Pool: TypeAlias = list[Wire]
_INTEGER_BOUNDS = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}


def integers(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    bound = _INTEGER_BOUNDS.get(kind, 2**31)
    near = [v + step for hint in hints if (v := _as_int(hint)) is not None for step in (0, 1, -1)]
    low = 0 if "unsigned" in kind else -bound
    return [v for v in (*near, 1, 2, 0, 3, -1, 10, 100) if low <= v < bound]


def _as_int(hint: Wire) -> int | None:
    if isinstance(hint, bool):
        return None
    if isinstance(hint, str) and re.fullmatch(r"-?\d{1,18}", hint):
        return int(hint)
    value: object = from_wire(hint) if not isinstance(hint, str) else None
    if not isinstance(value, (int, float, Decimal)):
        return None
    return int(value) if -(2**62) < value < 2**62 else None


def decimal_of(number: int, argument: tuple[int, ...]) -> Wire:
    """A whole number with the places of the column, as the pool's values have them."""
    _, scale = _shape(argument)
    return {"$": "decimal", "v": f"{number}.{'0' * scale}" if scale > 0 else str(number)}


def _shape(argument: tuple[int, ...]) -> tuple[int, int]:
    """Digits in all, and those after the point."""
    precision, scale = (*argument, 0)[:2] if argument else (12, 2)
    return precision, scale


def decimals(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    precision, scale = _shape(argument)
    unit = Decimal(1).scaleb(-scale)
    context = Context(prec=precision + abs(scale) + 1)  # Python's own stops at 28 digits, a column may hold more
    steps = (Decimal(0), unit, -unit)
    near = [context.add(v, step) for hint in hints if (v := _as_decimal(hint)) is not None for step in steps]
    plain = [Decimal(text) for text in ("1", "2.5", "0", "10", "-1", "9.99", "100")]
    limit = Decimal(10) ** (precision - scale)
    fitting = (v.quantize(unit, context=context) for v in (*near, *plain) if abs(v) < limit)
    return [to_wire(context.plus(v)) for v in fitting if abs(v) < limit]  # plus: no -0, which equals 0


def _as_decimal(hint: Wire) -> Decimal | None:
    value = hint if isinstance(hint, str) else from_wire(hint)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and not isinstance(value, bool) else None


def floats(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    # multiples of 1/4: sums of them are exact, so that the order of a sum cannot show
    near = [float(v) + step for hint in hints if (v := _as_decimal(hint)) is not None for step in (0, 0.25, -0.25)]
    return [to_wire(v) for v in (*near, 1.0, 2.5, 0.0, -1.25, 10.0, 100.0)]
