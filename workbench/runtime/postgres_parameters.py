"""Parameters as the two clients send them: see ``postgres_engine``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from workbench.equivalence.engine import Statement
from workbench.hstore import hstore_text
from workbench.runtime.driver import BaseRangeDumper, Int4, Int8, Jsonb, Range, RangeDumper, psycopg
from workbench.values import Wire, from_wire


def texts(values: Iterable[str | None]) -> list[bytes | None]:
    """Untyped text parameters: PostgreSQL infers each type from its place.

    psycopg.DataError for a NUL, at which the protocol would end the text; UnicodeError for half a surrogate pair.
    """
    return [None if value is None else _without_nul(value) for value in values]


def _without_nul(value: str) -> bytes:
    if "\0" in value:
        raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return value.encode()


def bound(connection: psycopg.Connection[Any], statement: Statement) -> bytes:
    """The text with its parameters as literals: what Django's cursor sends."""
    values = [python_value(wire) for wire in statement.parameters]
    cursor = psycopg.ClientCursor(connection)
    cursor.adapters.register_dumper(Range, _DjangoRangeDumper)
    return cursor.mogrify(statement.sql.encode(), values).encode()


class _DjangoRangeDumper(RangeDumper):
    """Ranges of moments without a zone are sent as ``tstzrange``: Django has no other range of moments."""

    def upgrade(self, obj: Range[Any], format: psycopg.adapt.PyFormat) -> BaseRangeDumper:
        dumper = super().upgrade(obj, format)
        if dumper is not self and dumper.oid == psycopg.adapters.types["tsrange"].oid:
            dumper.oid = psycopg.adapters.types["tstzrange"].oid
        return dumper


def python_value(wire: Wire) -> object:
    """The Python value that Django hands to psycopg for a parameter."""
    if isinstance(wire, list):
        return _listed(wire)
    if not isinstance(wire, dict):
        return wire
    if wire["$"] == "json":
        return Jsonb(wire["v"])
    if wire["$"] == "range":
        return _range(wire["v"])
    if wire["$"] == "hstore":
        return hstore_text(wire["v"])
    if wire["$"] == "other":
        return wire["v"]["text"]
    return from_wire(wire)


def _listed(wires: list[Wire], number: type[int] | None = None) -> list[object]:
    """A list, nested or not, whose whole numbers are of one type: Django hands those of an IntegerField on as Int4."""
    chosen = number or (Int4 if all(-(2**31) <= whole < 2**31 for whole in _whole_numbers(wires)) else Int8)
    return [
        _listed(wire, chosen) if isinstance(wire, list) else chosen(wire) if type(wire) is int else python_value(wire)
        for wire in wires
    ]


def _whole_numbers(wires: list[Wire]) -> Iterator[int]:
    for wire in wires:
        if isinstance(wire, list):
            yield from _whole_numbers(wire)
        elif type(wire) is int:
            yield wire


def _range(value: dict[str, Any]) -> Range[Any]:
    if value.get("empty"):
        return Range(empty=True)
    lower, upper = (python_value(value[side]) for side in ("lower", "upper"))
    return Range(lower, upper, value["bounds"])
