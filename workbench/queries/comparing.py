"""Rows that Django decoded, beside the rows that Drizzle decoded: equal only where value and type are."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from workbench.hstore import read_hstore
from workbench.queries.query import Output
from workbench.values import Wire

Row = Sequence[Wire]


@dataclass(frozen=True)
class Mismatch:
    """The first row and column that differ, and both cells in their common form; ``row`` counts from 1."""

    row: int
    column: str
    django: Wire
    drizzle: Wire
    fact: str


def compare_rows(
    outputs: Sequence[Output], django: Sequence[Row], drizzle: Sequence[Row], ordered: bool
) -> Mismatch | None:
    """None where the rows are the same, as lists where ``ordered`` (a total order), else as bags.

    ``drizzle`` are an observation's cells in the order of ``outputs`` (``QueryRendering.paths``).
    """
    kinds = kinds_of(outputs, django)
    django = [[canonical(cell) for cell in row] for row in django]
    drizzle = [[of_drizzle(cell, kind) for cell, kind in zip(row, kinds, strict=True)] for row in drizzle]
    if len(django) != len(drizzle):
        fact = f"{len(django)} rows in Django, {len(drizzle)} in Drizzle"
        return Mismatch(min(len(django), len(drizzle)) + 1, "", None, None, fact)
    if not ordered:
        if Counter(map(key_of, django)) == Counter(map(key_of, drizzle)):
            return None
        django, drizzle = sorted(django, key=key_of), sorted(drizzle, key=key_of)
    for number, (ours, theirs) in enumerate(zip(django, drizzle, strict=True), 1):
        for output, a, b in zip(outputs, ours, theirs, strict=True):
            if a != b:
                return Mismatch(number, output.name, a, b, "the values differ")
    return None


def kinds_of(outputs: Sequence[Output], django: Sequence[Row]) -> list[str]:
    """The kind of each output, an array's with that of its items where it matters."""
    return [_kind(output.kind, [row[place] for row in django]) for place, output in enumerate(outputs)]


def _kind(kind: str, cells: Sequence[Wire]) -> str:
    """``RangeField[]``: where Django read items as what JavaScript has as text only."""
    if kind != "ArrayField":
        return kind
    tags = {item["$"] for cell in cells for item in _items(cell) if isinstance(item, dict)}
    return next((f"{_ITEMS[tag]}[]" for tag in tags if tag in _ITEMS), kind)


def _items(cell: Wire) -> list[Wire]:
    """The items of an array, of whatever depth."""
    return [found for item in cell for found in _items(item)] if isinstance(cell, list) else [cell]


_ITEMS = {"range": "RangeField", "json": "HStoreField", "hstore": "HStoreField"}


def of_drizzle(cell: Wire, kind: str) -> Any:
    """The common form of a value that Drizzle decoded; ``kind``: of Django's output in its place."""
    if kind == "JSONField" and cell is not None:
        return ["json", _document(plain(cell))]
    if kind.endswith("[]") and isinstance(cell, list):
        return ["list", [_of_item(item, kind) for item in cell]]
    if kind == "HStoreField" and isinstance(cell, str):
        return _hstore(cell)
    if kind.endswith("RangeField") and isinstance(cell, str):
        return _range_text(cell)
    if kind == "DurationField" and isinstance(cell, dict) and cell["$"] == "js-bigint":
        return ["text", _clock(int(cell["v"]))]  # SQLite's column holds whole microseconds
    return canonical(cell)


_END = r'(?:"((?:[^"\\]|""|\\.)*)"|([^,"]*))'
_RANGE = re.compile(rf"([\[(]){_END},{_END}([\])])", re.DOTALL)


def _range_text(text: str) -> Any:
    """A range as PostgreSQL prints it; no end is None."""
    found = _RANGE.fullmatch(text)
    if found is None:
        return ["range", text]
    ends = [quoted if quoted is not None else bare for quoted, bare in (found.group(2, 3), found.group(4, 5))]
    return ["range", found[1] + found[6], *(_as_text(end) if end else None for end in ends)]


def _of_item(item: Wire, kind: str) -> Any:
    if isinstance(item, dict) and item["$"] == "js-object":
        return of_drizzle(item, "JSONField")
    return of_drizzle(item, kind if isinstance(item, list) else kind.removesuffix("[]"))


def _hstore(text: str) -> Any:
    try:
        return ["json", read_hstore(text)]
    except ValueError:  # a text among documents
        return canonical(text)


def _range(value: dict[str, Any]) -> Any:
    if value.get("empty"):
        return ["range", "empty"]
    ends = (canonical(value[side]) for side in ("lower", "upper"))
    return ["range", value["bounds"], *(end if end is None else end[1] for end in ends)]


def plain(cell: Wire) -> Any:
    """The JSON document that a JavaScript value is."""
    if isinstance(cell, list):
        return [plain(item) for item in cell]
    if not isinstance(cell, dict):
        return cell
    if cell["$"] == "js-object":
        return {key: plain(item) for key, item in cell["v"].items()}
    return float(cell["v"]) if cell["$"] == "js-number" else cell["v"]


def key_of(row: Row) -> str:
    """What equal rows of common forms share."""
    return json.dumps(row, sort_keys=True)


def canonical(cell: Wire) -> Any:
    """One form for a value, whichever side decoded it: JavaScript's text of a type and Python's object of it agree.

    Numbers stay apart from text that looks like them: an int equals a JavaScript number or bigint, never a string;
    a Decimal equals the string of the same digits; a moment the text of the same instant to the microsecond.
    """
    if cell is None or isinstance(cell, bool):
        return cell
    if isinstance(cell, int):
        return ["number", str(cell)]
    if isinstance(cell, str):
        return ["text", _as_text(cell)]
    if isinstance(cell, list):
        return ["list", [canonical(item) for item in cell]]
    return _TAGGED.get(cell["$"], lambda v: [cell["$"], v])(cell["v"])


def _number(text: str) -> list[str]:
    if text == "-0":  # JavaScript's only form of it
        return ["number", "-0.0"]
    value = float(text.replace("Infinity", "inf"))
    whole = value.is_integer() and text.lstrip("-").isdigit()
    return ["number", str(int(text)) if whole else repr(value)]


def _float(text: str) -> list[str]:
    """A double as JavaScript prints it: whole ones without an exponent up to 1e21, in their shortest digits."""
    value = float(text)
    if not value.is_integer() or abs(value) >= 1e21 or text == "-0.0":
        return ["number", repr(value)]
    return ["number", format(Decimal(repr(value)), "f").removesuffix(".0")]


def _as_text(text: str) -> str:
    """A date, a moment or an interval in PostgreSQL's spelling becomes ISO's; any other text stays itself."""
    moment = _moment(text)
    return moment if moment is not None else _interval(text)


def _moment(text: str) -> str | None:
    if not (len(text) >= 19 and text[4:5] == "-" and text[10:11] in " T" and text[13:14] == ":"):
        return None
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    if value.tzinfo is not None:
        value = (value - (value.utcoffset() or timedelta())).replace(tzinfo=None)
        return value.isoformat(timespec="microseconds") + "+00:00"
    return value.isoformat(timespec="microseconds")


def _interval(text: str) -> str:
    words = text.split()
    if not words or (len(words) == 1 and text.count(":") != 2):
        return text
    days = int(words[0]) if len(words) > 1 and words[1].startswith("day") and words[0].lstrip("+-").isdigit() else 0
    clock = words[-1] if words[-1].count(":") == 2 else "00:00:00"
    known = len(words) in (1, 3) or (len(words) == 2 and words[1].startswith("day"))
    parts = clock.lstrip("+-").split(":")
    if not known or not all(part.replace(".", "").isdigit() for part in parts):
        return text
    micros = (int(parts[0]) * 3600 + int(parts[1]) * 60) * 1_000_000 + round(float(parts[2]) * 1_000_000)
    total = days * 86_400_000_000 + (-micros if clock.startswith("-") else micros)
    return _clock(total)


def _clock(total: int) -> str:
    return f"interval {total} µs"


def _document(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _document(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_document(item) for item in value]
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


_TAGGED: dict[str, Any] = {
    "float": _float,
    "decimal": lambda v: ["text", v],
    "datetime": lambda v: ["text", _as_text(v)],
    "date": lambda v: ["text", v],
    "time": lambda v: ["text", _as_text(v)] if "." not in v else ["text", _interval(v)],
    "interval": lambda v: ["text", _clock(v)],
    "uuid": lambda v: ["text", v],
    "range": _range,
    **dict.fromkeys(("json", "hstore"), lambda v: ["json", _document(v)]),
    "js-number": _number,
    "js-bigint": lambda v: ["number", v],
    "js-undefined": lambda v: None,
}
