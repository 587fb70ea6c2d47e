"""PostgreSQL's text form of values, to and from the wire (``workbench.values``): exact in both directions.

The session prints dates as ISO in UTC, intervals in the ``postgres`` style and bytes as hexadecimal. Intervals
become microseconds as psycopg (and so Django) reads them: a month is 30 days, a year 365. A timestamp or date that
Python cannot hold (infinity, before year 1, after 9999) becomes ``other``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from workbench.hstore import hstore_text, read_hstore
from workbench.values import Wire

Read: TypeAlias = Callable[[str], Wire]


def to_text(wire: Wire) -> str | None:
    """What PostgreSQL's input functions read, for whatever type the place has."""
    if wire is None:
        return None
    if isinstance(wire, bool):
        return "true" if wire else "false"
    if isinstance(wire, list):
        return "{" + ",".join(map(_element_text, wire)) + "}"
    if not isinstance(wire, dict):
        return str(wire)
    return _WRITERS.get(wire["$"], str)(wire["v"])


def _element_text(wire: Wire) -> str:
    """One element of an array: nested arrays bare, everything else quoted."""
    text = to_text(wire)
    if text is None:
        return "NULL"
    return text if isinstance(wire, list) else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _range_text(value: dict[str, Any]) -> str:
    if value.get("empty"):
        return "empty"
    lower, upper = (to_text(value[side]) for side in ("lower", "upper"))
    quoted = ["" if side is None else _quoted(side) for side in (lower, upper)]
    return f"{value['bounds'][0]}{quoted[0]},{quoted[1]}{value['bounds'][1]}"


_WRITERS: dict[str, Callable[[Any], str]] = {
    "interval": lambda v: f"{v} microseconds",
    "bytes": lambda v: "\\x" + v,
    "json": lambda v: json.dumps(v, ensure_ascii=False),
    "range": _range_text,
    "hstore": hstore_text,
    "other": lambda v: str(v["text"]),
}

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"(?P<day>\d{4}-\d\d-\d\d) (?P<clock>\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d+))?(?P<zone>\+00)?")
_CLOCK = re.compile(r"(?P<clock>\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d+))?")
_UNITS = {"year": 365 * 86400, "mon": 30 * 86400, "day": 86400}  # seconds
_AMOUNT = re.compile(r"([+-]?\d+) (year|mon|day)s?")
_SPAN = re.compile(r"([+-]?)(\d+):(\d\d):(\d\d)(?:\.(\d+))?$")


def _other(type_name: str) -> Read:
    return lambda text: {"$": "other", "v": {"type": type_name, "text": text}}


def _date(text: str) -> Wire:
    return {"$": "date", "v": text} if _DAY.fullmatch(text) else _other("date")(text)


def _micros(found: re.Match[str]) -> str:
    return f"{found['clock']}.{(found['fraction'] or '').ljust(6, '0')}"


def _datetime(text: str) -> Wire:
    found = _MOMENT.fullmatch(text)
    if found is None:
        return _other("timestamp")(text)
    return {"$": "datetime", "v": f"{found['day']}T{_micros(found)}{'+00:00' if found['zone'] else ''}"}


def _time(text: str) -> Wire:
    found = _CLOCK.fullmatch(text)
    return {"$": "time", "v": _micros(found)} if found and not text.startswith("24") else _other("time")(text)


def _interval(text: str) -> Wire:
    micros = sum(int(amount) * _UNITS[unit] for amount, unit in _AMOUNT.findall(text)) * 1_000_000
    if span := _SPAN.search(text):
        sign, hours, minutes, seconds, fraction = span.groups()
        whole = (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1_000_000 + int((fraction or "").ljust(6, "0"))
        micros += -whole if sign == "-" else whole
    return {"$": "interval", "v": micros}


READERS: dict[str, Read] = {
    "bool": lambda text: text == "t",
    **dict.fromkeys(("int2", "int4", "int8", "oid"), int),
    **dict.fromkeys(("float4", "float8"), lambda text: {"$": "float", "v": repr(float(text))}),
    "numeric": lambda text: {"$": "decimal", "v": text},
    "date": _date,
    **dict.fromkeys(("timestamp", "timestamptz"), _datetime),
    "time": _time,
    "timetz": _other("timetz"),
    "interval": _interval,
    "uuid": lambda text: {"$": "uuid", "v": text},
    "bytea": lambda text: {"$": "bytes", "v": text[2:]},
    "hstore": lambda text: {"$": "hstore", "v": read_hstore(text)},
    **dict.fromkeys(("json", "jsonb"), lambda text: {"$": "json", "v": json.loads(text)}),
}
RANGES = {
    "int4range": "int4",
    "int8range": "int8",
    "numrange": "numeric",
    "tsrange": "timestamp",
    "tstzrange": "timestamptz",
    "daterange": "date",
}

_ARRAY_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([{},;])|([^{},;"]+)', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def array_reader(element: Read) -> Read:
    """Reads an array's text; dimensions' bounds (``[2:3]={…}``) are not part of its value."""

    def read(text: str) -> Wire:
        stack: list[list[Wire]] = [[]]
        for quoted, mark, bare in _ARRAY_TOKEN.findall(text[text.index("{") :]):
            if mark == "{":
                stack.append([])
            elif mark == "}":
                inner = stack.pop()
                stack[-1].append(inner)
            elif not mark:
                stack[-1].append(None if bare == "NULL" else element(bare or _ESCAPE.sub(r"\1", quoted)))
        return stack[0][0]

    return read


_RANGE_PART = re.compile(r'(?:"((?:[^"\\]|""|\\.)*)"|([^",()\[\]]+))?', re.DOTALL)
_RANGE_ESCAPE = re.compile(r'\\(.)|"(")', re.DOTALL)


def range_reader(element: Read) -> Read:
    """Reads a range's text."""

    def part(found: re.Match[str]) -> Wire:
        if found[2] is not None:
            return element(found[2])
        return None if found[1] is None else element(_RANGE_ESCAPE.sub(r"\1\2", found[1]))

    def read(text: str) -> Wire:
        if text == "empty":
            return {"$": "range", "v": {"empty": True}}
        lower = _RANGE_PART.match(text, 1)
        assert lower is not None  # the pattern matches the empty text
        upper = _RANGE_PART.match(text, lower.end() + 1)
        assert upper is not None
        return {"$": "range", "v": {"lower": part(lower), "upper": part(upper), "bounds": text[0] + text[-1]}}

    return read


def reader(name: str, element: str | None = None) -> Read:
    """The reader of a type by its catalog name (``element``: the element type's of an array); text where unknown."""
    if element is not None:
        return array_reader(reader(element))
    if name in RANGES:
        return range_reader(reader(RANGES[name]))
    return READERS.get(name, str)
