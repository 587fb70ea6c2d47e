"""A Python default as TypeScript: plain values exactly, callables only where the same thing exists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.inspection.records import DefaultRecord
from workbench.targets.typescript import Array, Arrow, Big, Expression, Literal, Name, New, Object, method
from workbench.values import Wire


def _now() -> Expression:
    return method(New(Name("Date")), "toISOString")


def _local(function: str, time_zone: str) -> Expression:
    """Date and time in a zone; Swedish writes them as ISO 8601 does."""
    options = Object((("timeZone", Literal(time_zone)),))
    return method(New(Name("Date")), function, Literal("sv-SE"), options)


def _uuid() -> Expression:
    return method(Name("crypto"), "randomUUID")


# dotted name of a callable -> what gives the same value in TypeScript
CALLABLES: dict[str, Callable[[], Expression]] = {
    "uuid.uuid4": _uuid,
    "builtins.dict": Object,
    "builtins.list": Array,
    "builtins.str": lambda: Literal(""),
    "builtins.int": lambda: Literal(0),
    "builtins.bool": lambda: Literal(False),
}

# callables that give the current time, by the kinds of field for which the expression below is the same value
CLOCKS: dict[str, frozenset[str]] = {
    "django.utils.timezone.now": frozenset({"DateTimeField"}),
    "django.utils.timezone.localtime": frozenset({"DateTimeField"}),
    "django.utils.timezone.localdate": frozenset({"DateField"}),
    "datetime.date.today": frozenset({"DateField"}),
    "datetime.datetime.now": frozenset({"DateTimeField"}),
}


def now(kind: str, column_type: str, time_zone: str) -> Expression | None:
    """The current moment as Django would store it in a column, in whole milliseconds or seconds.

    Django runs in ``TIME_ZONE``: its days, times and naive moments are that zone's.
    """
    if kind == "DateField":
        return _local("toLocaleDateString", time_zone)
    if kind == "TimeField":
        return _local("toLocaleTimeString", time_zone)
    if kind != "DateTimeField":
        return None
    return _now() if column_type.endswith("with time zone") else _local("toLocaleString", time_zone)


def default_function(default: DefaultRecord, typescript: str) -> Expression | None:
    """The body of ``$defaultFn`` for a Django default, or None where a person has to write it."""
    if default.callable is not None:
        make = CALLABLES.get(default.callable)
        return make() if make else None
    return literal(default.value, typescript)


def literal(value: Wire, typescript: str) -> Expression | None:
    """A wire value as an expression of the column's TypeScript type; None where it has no such form."""
    if typescript.endswith("[]"):
        return _array(value, typescript[:-2])
    if typescript == "unknown":
        return json_literal(value["v"] if isinstance(value, dict) else value)
    if isinstance(value, dict):
        return _kind(value)
    if isinstance(value, bool):
        return Literal(value) if typescript == "boolean" else None
    return _plain(value, typescript)


def _plain(value: Wire, typescript: str) -> Expression | None:
    if value is None:
        return None
    if typescript == "bigint":
        return Big(int(value))
    if typescript == "string":
        return Literal(str(value))
    return Literal(value) if typescript == "number" and not isinstance(value, str) else None


def _kind(value: dict[str, Any]) -> Expression | None:
    make = _KINDS.get(value["$"])
    return make(value["v"]) if make else None


# kinds of workbench.values that a column of PostgreSQL takes as such a literal
_KINDS: dict[str, Callable[[Any], Expression]] = {
    "float": lambda v: (
        Literal(float(v)) if v not in ("nan", "inf", "-inf") else Name({"nan": "NaN"}.get(v, "Infinity"))
    ),
    "decimal": Literal,
    "datetime": Literal,
    "date": Literal,
    "time": Literal,
    "uuid": Literal,
    "interval": lambda v: Literal(interval_text(v)),
    "bytes": lambda v: method(Name("Buffer"), "from", Literal(v), Literal("hex")),
}


def interval_text(microseconds: int) -> str:
    """An interval as PostgreSQL reads it, exact: ``90061.5 seconds``."""
    sign = "-" if microseconds < 0 else ""
    seconds, rest = divmod(abs(microseconds), 1_000_000)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    return f"{sign}{seconds}{fraction} seconds"


def _array(value: Wire, element: str) -> Expression | None:
    if not isinstance(value, list):
        return None
    items = [literal(item, element) for item in value]
    return Array(tuple(item for item in items if item is not None)) if None not in items else None


def json_literal(value: Any) -> Expression:
    """Any JSON document."""
    if isinstance(value, dict):
        return Object(tuple((str(key), json_literal(item)) for key, item in value.items()))
    if isinstance(value, list):
        return Array(tuple(json_literal(item) for item in value))
    return Literal(value)


def thunk(body: Expression) -> Arrow:
    """``() => body``."""
    return Arrow((), body)


__all__ = ["CALLABLES", "CLOCKS", "default_function", "interval_text", "json_literal", "literal", "now", "thunk"]
