"""A Python default as TypeScript: plain values exactly, callables only where the same thing exists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from workbench.catalog.table import Dialect
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


def _sqlite_now() -> Expression:
    """As Django's SQLite holds a moment: UTC, a space in the middle, no zone."""
    return method(method(_now(), "slice", Literal(0), Literal(23)), "replace", Literal("T"), Literal(" "))


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
    if column_type == "datetime":
        return _sqlite_now()
    return _now() if column_type.endswith("with time zone") else _local("toLocaleString", time_zone)


def default_function(default: DefaultRecord, typescript: str, dialect: Dialect = "postgres") -> Expression | None:
    """The body of ``$defaultFn`` for a Django default, or None where a person has to write it."""
    if default.callable is None:
        return literal(default.value, typescript, dialect)
    if default.callable == "uuid.uuid4" and dialect == "sqlite":
        return method(_uuid(), "replaceAll", Literal("-"), Literal(""))
    make = CALLABLES.get(default.callable)
    return make() if make else None


def literal(value: Wire, typescript: str, dialect: Dialect = "postgres") -> Expression | None:
    """A wire value as an expression of the column's TypeScript type; None where it has no such form."""
    if typescript.endswith("[]"):
        return _array(value, typescript[:-2])
    if typescript == "unknown":
        return json_literal(value["v"] if isinstance(value, dict) else value)
    form = _FORMS.get(typescript)
    return form(value, dialect) if form and value is not None else None


def _text(value: Wire, dialect: Dialect) -> Expression | None:
    if isinstance(value, dict):
        write = _TEXTS[dialect].get(value["$"])
        return Literal(write(value["v"])) if write else None
    return None if isinstance(value, (bool, list)) else Literal(str(value))


def _number(value: Wire, dialect: Dialect) -> Expression | None:
    """What a double holds exactly, and what a double is stored as."""
    if isinstance(value, dict):
        kind, content = value["$"], value["v"]
        if kind in ("float", "decimal"):
            return Literal(float(content))
        return _integer(content) if kind == "interval" and dialect == "sqlite" else None
    if isinstance(value, str):
        return _integer(int(value)) if _is_integer(value) else None
    return _integer(int(value)) if isinstance(value, int) else None


def _integer(value: int) -> Expression | None:
    return Literal(value) if abs(value) <= 2**53 - 1 else None


def _bigint(value: Wire, dialect: Dialect) -> Expression | None:
    return Big(int(value)) if isinstance(value, int) or _is_integer(value) else None


def _is_integer(value: Wire) -> bool:
    return isinstance(value, str) and value.removeprefix("-").isdecimal()


def _boolean(value: Wire, dialect: Dialect) -> Expression | None:
    return Literal(bool(value)) if isinstance(value, int) else None


def _bytes(value: Wire, dialect: Dialect) -> Expression | None:
    if not isinstance(value, dict) or value["$"] != "bytes":
        return None
    return method(Name("Buffer"), "from", Literal(value["v"]), Literal("hex"))


# TypeScript type of the column -> how a default becomes one
_FORMS: dict[str, Callable[[Wire, Dialect], Expression | None]] = {
    "string": _text,
    "number": _number,
    "bigint": _bigint,
    "boolean": _boolean,
    "Buffer": _bytes,
}


def interval_text(microseconds: int) -> str:
    """An interval as PostgreSQL reads it, exact: ``90061.5 seconds``."""
    sign = "-" if microseconds < 0 else ""
    seconds, rest = divmod(abs(microseconds), 1_000_000)
    fraction = f".{rest:06d}".rstrip("0") if rest else ""
    return f"{sign}{seconds}{fraction} seconds"


def _sqlite_moment(text: str) -> str:
    """``2024-01-02T03:04:05.000000+00:00`` as Django writes it to SQLite."""
    moment = datetime.fromisoformat(text).replace(tzinfo=None)
    return str(moment)


_PLAIN: dict[str, Callable[[Any], str]] = {"decimal": str, "float": str, "date": str, "time": str}

# kinds of workbench.values -> the text that a column holds
_TEXTS: dict[Dialect, dict[str, Callable[[Any], str]]] = {
    "postgres": {**_PLAIN, "datetime": str, "uuid": str, "interval": interval_text},
    "sqlite": {**_PLAIN, "datetime": _sqlite_moment, "uuid": lambda v: str(v).replace("-", "")},
}


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
