"""The values a column of a type is filled with: ordinary ones, edges, and the neighbours of given constants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from workbench.catalog.table import Column
from workbench.equivalence.generation.documents import (
    addresses,
    binary,
    bits,
    booleans,
    hstores,
    json,
    ranges,
    search_vectors,
)
from workbench.equivalence.generation.moments import dates, intervals, times, timestamps
from workbench.equivalence.generation.numbers import Pool, decimal_of, decimals, floats, integers
from workbench.equivalence.generation.texts import UUID_DIGITS, fixed_text, text, uuid_text, uuids
from workbench.values import Wire, to_wire


def pool(column: Column, hints: Iterable[Wire]) -> Pool:
    """Distinct candidate values for a column, hints and their neighbours first; never NULL."""
    if column.choices:
        return _distinct([*column.choices])
    kind, argument = _split(_stored_type(column))
    if column.type.endswith("[]"):
        element = Column(column.name, column.type[:-2])
        items = [item for item in pool(element, ()) if not isinstance(item, list) or len(item) == 1][:3]  # rectangular
        return [[], [items[0]], items[:2], [items[0], items[0]]]
    make = next((make for pattern, make in _MAKERS if re.search(pattern, kind)), text)
    return _distinct(make(kind, argument, list(hints)))


def _stored_type(column: Column) -> str:
    """The column's type; SQLite's decimals have digits for Django only, which cannot read others."""
    stored = column.stored
    if stored is None or stored.digits is None or column.type.lower() != "decimal":
        return column.type
    return f"decimal({stored.digits}, {stored.places or 0})"


def _split(type_: str) -> tuple[str, tuple[int, ...]]:
    shape = re.match(r"^([^(\[]+)(?:\(([\d, ]*)\))?(.*)$", type_.lower())
    if shape is None:
        return type_.lower(), ()
    numbers = tuple(int(part) for part in (shape[2] or "").split(",") if part.strip())
    return (shape[1] + (shape[3] or "").rstrip("[]")).strip(), numbers


def _distinct(values: Iterable[Wire]) -> Pool:
    found: dict[str, Wire] = {}
    for value in values:
        found.setdefault(repr(value), value)
    return list(found.values())


Maker: TypeAlias = Callable[[str, tuple[int, ...], list[Wire]], Pool]
# First match wins; SQLite's declared types are read the way its affinity rules do (sqlite.org/datatype3.html, 3.1).
_MAKERS: tuple[tuple[str, Maker], ...] = (
    (r"range$", ranges),
    (r"^interval", intervals),
    (r"int", integers),
    (r"^(timestamp|datetime)", timestamps),
    (r"^date", dates),
    (r"^time", times),
    (r"^bool", booleans),
    (r"^(numeric|decimal|money)", decimals),
    (r"^(real|double|float)", floats),
    (r"^uuid", uuids),
    (r"^char$", fixed_text),
    (r"^(bytea|blob)", binary),
    (r"^json", json),
    (r"^(inet|cidr)", addresses),
    (r"^hstore", hstores),
    (r"^bit", bits),
    (r"^tsvector", search_vectors),
)


def further(column: Column, number: int) -> Wire:
    """The ``number``-th value of an endless supply for columns that must be unique."""
    kind, argument = _split(column.type)
    if kind in ("real", "double precision"):
        return to_wire(float(number))
    if re.search("int|numeric|decimal", kind) or not kind:
        return number if "int" in kind or not kind else decimal_of(number, argument)
    supply: dict[str, Callable[[], Wire]] = {
        "uuid": lambda: {"$": "uuid", "v": f"00000000-0000-4000-8000-{number:012x}"},
        "date": lambda: to_wire(date(2024, 1, 1) + timedelta(days=number)),
        "timestamp with time zone": lambda: to_wire(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)),
        "timestamp without time zone": lambda: to_wire(datetime(2024, 1, 1) + timedelta(days=number)),
        "datetime": lambda: to_wire(datetime(2024, 1, 1) + timedelta(days=number)),
        "inet": lambda: f"10.0.{number // 250}.{number % 250 + 1}",
        "bytea": lambda: {"$": "bytes", "v": f"{number:08x}"},
        "boolean": lambda: number % 2 == 0,
        "bool": lambda: number % 2 == 0,  # SQLite's
        "json": lambda: {"$": "json", "v": {"number": number}},
        "jsonb": lambda: {"$": "json", "v": {"number": number}},
        "interval": lambda: to_wire(timedelta(seconds=number)),
        "time": lambda: to_wire((datetime(2024, 1, 1) + timedelta(seconds=number)).time()),
        "time without time zone": lambda: to_wire((datetime(2024, 1, 1) + timedelta(seconds=number)).time()),
        "hstore": lambda: f'"number"=>"{number}"',
        "tsvector": lambda: f"'v{number}'",
    }
    text = uuid_text(number) if (kind, argument) == ("char", (UUID_DIGITS,)) else f"v{number}"
    limit = argument[0] if argument and "char" in kind else 10_000
    return supply.get(kind, lambda: text[-limit:])()
