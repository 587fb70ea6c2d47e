"""What Django's own converters make of a database's values, by the kind of each output.

A recording holds no converters. These are the ones of Django's two backends and of its fields, for wire values; a
project's own ``from_db_value`` is not among them: rows are compared before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from decimal import Context, Decimal
from typing import TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from workbench.queries.query import Output
from workbench.values import Wire, from_wire, to_wire

Convert: TypeAlias = Callable[[Wire], Wire]
_WIDE = Context(prec=1000)  # Django rounds in the field's own, which holds all of its digits
_SQLITE_DECIMALS = Context(prec=15)  # Django's: the digits that a float holds


def converters(
    outputs: Sequence[Output], dialect: str, use_tz: bool, places: Mapping[str, int]
) -> tuple[Convert | None, ...]:
    """One for each output, None where values stay as they are.

    ``places``: decimal places by field ("app.Model.price").
    """
    return tuple(_converter(output, dialect, use_tz, places) for output in outputs)


def decoded(rows: Sequence[Sequence[Wire]], convert: Sequence[Convert | None]) -> tuple[tuple[Wire, ...], ...]:
    """The rows as Django hands them on, cut to the outputs (columns that only ORDER BY needs come last)."""
    return tuple(
        tuple(
            cell if change is None or cell is None else change(cell) for cell, change in zip(row, convert, strict=False)
        )
        for row in rows
    )


def _converter(output: Output, dialect: str, use_tz: bool, places: Mapping[str, int]) -> Convert | None:
    kind = _NUMBERS.get(output.kind, output.kind) if output.field is None else output.kind
    if output.zone:
        return _in_zone(output.zone)
    if dialect != "sqlite":
        return _POSTGRES.get(kind)
    if kind == "DecimalField" and output.field is not None and output.field in places:
        return _quantized(places[output.field])
    if kind == "DateTimeField" and use_tz:
        return lambda cell: _text(cell, lambda text: to_wire(datetime.fromisoformat(text + "+00:00")))
    return _SQLITE.get(kind)


def _in_zone(zone: str) -> Convert:
    """Moments without a zone, or their text, as those of a zone."""
    place = ZoneInfo(zone)

    def convert(cell: Wire) -> Wire:
        text = cell["v"] if isinstance(cell, dict) and cell["$"] == "datetime" else cell
        if not isinstance(text, str) or text.endswith("+00:00"):
            return cell
        return _text(text, lambda found: to_wire(datetime.fromisoformat(found).replace(tzinfo=place)))

    return convert


def _python(cell: Wire, make: Callable[[object], object]) -> Wire:
    return to_wire(make(from_wire(cell)))


def _text(cell: Wire, read: Callable[[str], Wire]) -> Wire:
    """Texts that hold no such value stay as they are, as they do for Django."""
    try:
        return read(cell) if isinstance(cell, str) else cell
    except ValueError:
        return cell


def _number(cell: Wire) -> int | float:
    value = from_wire(cell)
    return value if isinstance(value, (int, float)) else float(str(value))


def _is_number(cell: Wire) -> bool:
    return isinstance(cell, int) or (isinstance(cell, dict) and cell["$"] == "float")


def _decimal(cell: Wire) -> Wire:
    if _is_number(cell):
        return to_wire(_SQLITE_DECIMALS.create_decimal_from_float(_number(cell)))
    return cell


def _quantized(places: int) -> Convert:
    step = Decimal(1).scaleb(-places)

    def convert(cell: Wire) -> Wire:
        value = from_wire(_decimal(cell))
        return to_wire(value.quantize(step, context=_WIDE)) if isinstance(value, Decimal) else cell

    return convert


def _date(cell: Wire) -> Wire:
    """DATE_TRUNC gives a moment for a date, too."""
    return {"$": "date", "v": cell["v"][:10]} if isinstance(cell, dict) and cell["$"] == "datetime" else cell


def _time(cell: Wire) -> Wire:
    moment = isinstance(cell, dict) and cell["$"] == "datetime"
    return {"$": "time", "v": cell["v"][11:26]} if moment else cell


def _document(cell: Wire) -> Wire:
    """What SQLite takes out of a document is a number, or the bare text of a string; its null is Python's None."""
    value = from_wire(cell)
    if isinstance(value, str) and isinstance(cell, str):
        with suppress(ValueError):
            value = json.loads(value)
    return None if value is None else {"$": "json", "v": value}


def _uuid(cell: Wire) -> Wire:
    return _text(cell, lambda text: to_wire(UUID(text)))


# what an expression's own convert_value makes of its kind; a column's values have their type already
_NUMBERS = {
    "DecimalField": "decimal of an expression",
    "FloatField": "float of an expression",
    **dict.fromkeys(
        (
            *("IntegerField", "BigIntegerField", "SmallIntegerField", "AutoField", "BigAutoField", "SmallAutoField"),
            *("PositiveIntegerField", "PositiveBigIntegerField", "PositiveSmallIntegerField"),
        ),
        "integer of an expression",
    ),
}

_OF_EXPRESSIONS: dict[str, Convert] = {
    "decimal of an expression": lambda cell: _python(cell, lambda value: Decimal(value)),  # type: ignore[arg-type]
    "integer of an expression": lambda cell: _python(cell, lambda value: int(value)),  # type: ignore[call-overload]
    "float of an expression": lambda cell: _python(cell, lambda value: float(value)),  # type: ignore[arg-type]
}
_POSTGRES: dict[str, Convert] = {
    **_OF_EXPRESSIONS,
    "DateField": _date,
    "TimeField": _time,
    "JSONField": _document,
}
_SQLITE: dict[str, Convert] = {
    **_OF_EXPRESSIONS,
    "decimal of an expression": lambda cell: _decimal(cell),
    "BooleanField": lambda cell: bool(cell) if cell in (0, 1) else cell,
    "NullBooleanField": lambda cell: bool(cell) if cell in (0, 1) else cell,
    "DateField": lambda cell: _text(cell, lambda text: {"$": "date", "v": text[:10]}),
    "DateTimeField": lambda cell: _text(cell, lambda text: to_wire(datetime.fromisoformat(text))),
    "TimeField": lambda cell: _text(cell, lambda text: to_wire(time.fromisoformat(text))),
    "DecimalField": _decimal,
    "DurationField": lambda cell: to_wire(timedelta(microseconds=_number(cell))) if _is_number(cell) else cell,
    "JSONField": _document,
    "UUIDField": _uuid,
}
