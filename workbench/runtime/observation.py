"""What the real target answered, with the types its language gave the values.

Beside the forms of ``workbench.values`` (null, booleans, strings, lists, ``bytes``) a value from JavaScript is one of:

================ ============================================================================
``js-number``    ``String(value)``: "5", "0.1", "-0", "NaN", "Infinity"
``js-bigint``    its digits
``js-date``      ``toISOString()``: milliseconds, UTC ("2026-01-02T03:04:05.006Z")
``js-object``    an object: name to value of these forms (a JSON column, a relational result)
``js-undefined`` null
================ ============================================================================

:func:`as_database_value` says which database value such a value stands for, given the column's type.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.runtime.postgres_text import reader
from workbench.values import Wire


@dataclass(frozen=True)
class Compiled:
    """The SQL of a query and its parameters (``$n`` on PostgreSQL, ``?`` on SQLite), without a run."""

    sql: str
    parameters: tuple[Wire, ...]
    columns: tuple[str, ...]  # paths of the selected fields ("id", "book.title"); () where the query has no list


@dataclass(frozen=True)
class Observation:
    """One run on a real database. ``types`` are PostgreSQL's names of the output columns, () on SQLite.

    ``rows`` are flat, in the order of the SELECT list, where ``columns`` is not empty; else each row is one value.
    ``error`` is the database's or the code's message; then there are no rows. ``statements`` were sent in all.
    """

    sql: str
    parameters: tuple[Wire, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Wire, ...], ...] = ()
    types: tuple[str, ...] = ()
    error: str | None = None
    statements: int = 1


def as_database_value(value: Wire, type_name: str) -> Wire:
    """The wire value of ``workbench.values`` that a JavaScript value stands for in a column of that type.

    Exact where the driver's text is kept (numeric, timestamps in mode ``string``); a ``js-date`` has milliseconds
    only, so it equals the database's value only where that has no microseconds: the difference is real.
    """
    if value is None or isinstance(value, bool):
        return value
    if type_name.startswith("_") and isinstance(value, list):
        return [as_database_value(item, type_name[1:]) for item in value]
    if type_name in ("json", "jsonb"):
        return {"$": "json", "v": plain(value)}
    if isinstance(value, str):
        return _parsed(value, type_name)
    if isinstance(value, dict) and value["$"] in _NUMBERS:
        return _NUMBERS[value["$"]](value["v"], type_name)
    return value


def plain(value: Wire) -> Any:
    """The JSON document that a JavaScript value prints as."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value["$"] == "js-object":
        return {key: plain(item) for key, item in value["v"].items()}
    if value["$"] == "js-number":
        return _number(value["v"])
    return value["v"]


def _number(text: str) -> int | float:
    return int(text) if text.lstrip("-").isdigit() and text != "-0" else float(text)


def _parsed(text: str, type_name: str) -> Wire:
    """A string read as the type's text form; itself where it is none of that type."""
    try:
        return reader(type_name)(text)
    except (ValueError, IndexError):
        return text


def _of_number(text: str, type_name: str) -> Wire:
    if type_name in ("float4", "float8"):
        return {"$": "float", "v": repr(float(text))}
    number = _number(text)
    return number if isinstance(number, int) else {"$": "float", "v": repr(number)}


def _of_date(text: str, type_name: str) -> Wire:
    day, clock = text.removesuffix("Z").split("T") if "T" in text else (text, "")
    if type_name == "date":
        return {"$": "date", "v": day}
    zone = "+00:00" if type_name == "timestamptz" else ""
    return {"$": "datetime", "v": f"{day}T{clock}000{zone}"}


_NUMBERS: dict[str, Callable[[str, str], Wire]] = {
    "js-number": _of_number,
    "js-bigint": lambda text, _: int(text),
    "js-date": _of_date,
}
