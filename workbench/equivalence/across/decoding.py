"""What SQLite answers, read as PostgreSQL's type of the same output: SQLite has no dates, decimals or booleans."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from uuid import UUID

from workbench.values import Wire, to_wire
from workbench.verdict import ResultRows

DIGITS = 12  # SQLite computes decimals as floating point: of 15 digits, the last few depend on the order of rows


def decoded(answer: ResultRows, types: tuple[str, ...]) -> ResultRows:
    """The answer with each value read as the type beside it; a value that is none of that type stays as it is."""
    if answer.error or len(types) != len(answer.columns):
        return answer
    rows = tuple(tuple(_read(value, name) for value, name in zip(row, types, strict=True)) for row in answer.rows)
    return ResultRows(answer.columns, rows, types=types)


def rounded(answer: ResultRows) -> ResultRows:
    """The answer with decimals and floating point numbers cut to so many digits, on whichever side they stand."""
    rows = tuple(tuple(map(_rounded, row)) for row in answer.rows)
    return ResultRows(answer.columns, rows, answer.error, answer.types)


def _rounded(value: Wire) -> Wire:
    if not isinstance(value, dict) or value["$"] not in ("decimal", "float"):
        return value
    number = Decimal(value["v"]) if value["$"] == "decimal" else Decimal(str(float(value["v"])))
    if not number.is_finite():
        return value
    return to_wire(Decimal(f"{number:.{DIGITS - 1}e}").normalize())


def _read(value: Wire, name: str) -> Wire:
    read = _READERS.get(name)
    if value is None or read is None:
        return value
    try:
        return read(value)
    except (ValueError, TypeError, InvalidOperation, KeyError):
        return value


def _truth(value: Wire) -> Wire:
    return {0: False, 1: True}[value]


def _decimal(value: Wire) -> Wire:
    text = value["v"] if isinstance(value, dict) else str(value)
    return to_wire(Decimal(text))


def _moment(value: Wire) -> Wire:
    return to_wire(datetime.fromisoformat(value))


def _moment_in_utc(value: Wire) -> Wire:
    found = datetime.fromisoformat(value)
    return to_wire(found.replace(tzinfo=found.tzinfo or UTC))


# by PostgreSQL's names; a type that is not here is the same in both
_READERS: dict[str, Callable[[Wire], Wire]] = {
    "bool": _truth,
    "numeric": _decimal,
    "float4": _decimal,
    "float8": _decimal,
    "date": lambda value: to_wire(date.fromisoformat(value)),
    "time": lambda value: to_wire(time.fromisoformat(value)),
    "timestamp": _moment,
    "timestamptz": _moment_in_utc,
    "uuid": lambda value: to_wire(UUID(value)),
    "json": lambda value: {"$": "json", "v": json.loads(value)},
    "jsonb": lambda value: {"$": "json", "v": json.loads(value)},
}
