"""Typed values on the wire between Python, the agent and the Node worker.

A value is plain JSON where JSON is exact: null, booleans, strings, integers of any size, lists (arrays).
Everything else is an object ``{"$": kind, "v": text}``:

========== =============================================================================
kind       ``v``
========== =============================================================================
float      ``repr`` of the float ("0.1", "nan", "inf", "-inf")
decimal    plain text as the database holds it, scale kept ("1.10", "NaN")
datetime   ISO 8601, six digits of microseconds, offset "+00:00" for aware values, none for naive
date time  ISO 8601 (time with six digits of microseconds)
interval   whole microseconds as an integer
uuid       lower-case with dashes
bytes      lower-case hexadecimal
json       the JSON document itself (any JSON value), kept apart from text and arrays
range      {"lower", "upper", "bounds": "[)"} of wire values, or {"empty": true}
hstore     its keys and their texts or null; Django reads it as a document
other      {"type": dotted name, "text": str(value)}: what has no exact form; never compares equal
========== =============================================================================

The same table is implemented by the agent (``inspection/agent``) and by the Node worker.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias
from uuid import UUID

Wire: TypeAlias = Any  # a JSON value of the forms above


def to_wire(value: object) -> Wire:
    """The wire form of a Python value as Django or psycopg decodes it."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (list, tuple)):
        return [to_wire(item) for item in value]
    for kind, convert in _KINDS.items():
        if isinstance(value, kind):
            name, text = convert(value)
            return {"$": name, "v": text}
    return {"$": "other", "v": {"type": type(value).__module__ + "." + type(value).__qualname__, "text": str(value)}}


def from_wire(wire: Wire) -> object:
    """The Python value of a wire form; ranges and ``other`` stay as they are."""
    if isinstance(wire, list):
        return [from_wire(item) for item in wire]
    if not isinstance(wire, dict):
        return wire
    read = _READERS.get(wire["$"])
    return read(wire["v"]) if read else wire


def _datetime_text(value: datetime) -> str:
    return (value if value.tzinfo is None else value.astimezone(UTC)).isoformat(timespec="microseconds")


# datetime before date: every datetime is a date
_KINDS: dict[type, Any] = {
    float: lambda v: ("float", repr(v)),
    Decimal: lambda v: ("decimal", format(v, "f") if v.is_finite() else str(v)),
    datetime: lambda v: ("datetime", _datetime_text(v)),
    date: lambda v: ("date", v.isoformat()),
    time: lambda v: ("time", v.isoformat(timespec="microseconds")),
    timedelta: lambda v: ("interval", v // timedelta(microseconds=1)),
    UUID: lambda v: ("uuid", str(v)),
    bytes: lambda v: ("bytes", v.hex()),
    memoryview: lambda v: ("bytes", bytes(v).hex()),
    dict: lambda v: ("json", v),
}

_READERS: dict[str, Any] = {
    "float": float,
    "decimal": Decimal,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "interval": lambda v: timedelta(microseconds=v),
    "uuid": UUID,
    "bytes": bytes.fromhex,
    "json": lambda v: v,
}
