"""The values a column of a type is filled with: ordinary ones, edges, and the neighbours of given constants."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from workbench.catalog.table import Column
from workbench.values import Wire, from_wire, to_wire

Pool: TypeAlias = list[Wire]
_UUID_DIGITS = 32
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.I)
_FIRST_YEAR, _LAST_YEAR, _MONTHS, _DAYS = 1900, 2100, 12, 31
_INTEGER_BOUNDS = {"smallint": 2**15, "integer": 2**31, "bigint": 2**63}


def pool(column: Column, hints: Iterable[Wire]) -> Pool:
    """Distinct candidate values for a column, hints and their neighbours first; never NULL."""
    if column.choices:
        return _distinct([*column.choices])
    kind, argument = _split(column.type)
    if column.type.endswith("[]"):
        element = Column(column.name, column.type[:-2])
        items = pool(element, ())[:3]
        return [[], [items[0]], items[:2], [items[0], items[0]]]
    make = next((make for pattern, make in _MAKERS if re.search(pattern, kind)), _text)
    return _distinct(make(kind, argument, list(hints)))


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


def _integers(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    bound = _INTEGER_BOUNDS.get(kind, 2**31)
    near = [v + step for hint in hints if (v := _as_int(hint)) is not None for step in (0, 1, -1)]
    low = 0 if "unsigned" in kind else -bound
    return [v for v in (*near, 1, 2, 0, 3, -1, 10, 100) if low <= v < bound]


def _as_int(hint: Wire) -> int | None:
    if isinstance(hint, bool):
        return None
    if isinstance(hint, str) and re.fullmatch(r"-?\d{1,18}", hint):
        return int(hint)
    value: object = from_wire(hint) if not isinstance(hint, str) else None
    if not isinstance(value, (int, float, Decimal)):
        return None
    return int(value) if -(2**62) < value < 2**62 else None


def _decimals(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    precision, scale = (*argument, 0)[:2] if argument else (12, 2)
    unit = Decimal(1).scaleb(-scale)
    near = [v + step for hint in hints if (v := _as_decimal(hint)) is not None for step in (0, unit, -unit)]
    plain = [Decimal(text) for text in ("1", "2.5", "0", "10", "-1", "9.99", "100")]
    limit = Decimal(10) ** (precision - scale)
    fitting = (v.quantize(unit) for v in (*near, *plain) if abs(v) < limit)
    return [to_wire(v) for v in fitting if abs(v) < limit]


def _as_decimal(hint: Wire) -> Decimal | None:
    value = hint if isinstance(hint, str) else from_wire(hint)
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and not isinstance(value, bool) else None


def _floats(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    # multiples of 1/4: sums of them are exact, so that the order of a sum cannot show
    near = [float(v) + step for hint in hints if (v := _as_decimal(hint)) is not None for step in (0, 0.25, -0.25)]
    return [to_wire(v) for v in (*near, 1.0, 2.5, 0.0, -1.25, 10.0, 100.0)]


def _text(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    near = [form for hint in hints if isinstance(hint, str) for form in _neighbours(hint)]
    plain = ["a", "b", "A", "", "ab", "a ", "é", "%", "a_b", "B\\", "10", "zz"]
    limit = argument[0] if argument else 10_000
    return [v for v in (*near, *plain) if len(v) <= limit]


def _neighbours(hint: str) -> list[str]:
    """A constant, its other case, longer and shorter forms, and what a LIKE pattern of it matches."""
    bare = hint.replace("%", "").replace("_", "x").replace("\\", "")
    forms = [hint, bare, hint.swapcase(), bare.swapcase(), bare + "x", "x" + bare, bare[:-1], bare + " "]
    return [form for form in forms if "\0" not in form]


def _booleans(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return [True, False]


def _moments(hints: list[Wire]) -> list[datetime]:
    found = []
    for hint in hints:
        value = hint if isinstance(hint, str) else from_wire(hint)
        moment = _parse_moment(value)
        if moment is not None:
            found.append(moment)
        elif isinstance(value, int):
            found += _fields(value)
    return found


def _fields(number: int) -> list[datetime]:
    """Moments of which a part (EXTRACT) is that number, and the ends of that year."""
    if _FIRST_YEAR <= number <= _LAST_YEAR:
        return [datetime(number, 1, 1), datetime(number, 12, 31, 23, 59, 59, 999999), datetime(number, 6, 15)]
    days = [datetime(2024, 3, number)] if 1 <= number <= _DAYS else []
    months = [datetime(2024, number, 20), datetime(2023, number, 1)] if 1 <= number <= _MONTHS else []
    return [*months, *days]


def _parse_moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None) if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    try:
        parsed = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return _parse_moment(parsed) if parsed else None


_MOMENTS = (
    datetime(2024, 1, 1),
    datetime(2024, 2, 29, 23, 59, 59, 999999),
    datetime(2023, 12, 31, 12, 30),
    datetime(2025, 6, 15, 8, 0, 0, 1),
    datetime(1999, 12, 31),
)


def _timestamps(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    steps = (timedelta(0), timedelta(microseconds=1), timedelta(microseconds=-1), timedelta(days=1))
    zone = UTC if "with time zone" in kind else None
    digits = argument[0] if argument else 6
    near = [moment + step for moment in _moments(hints) if 2 < moment.year < 9998 for step in steps]
    cut = 10 ** (6 - digits)
    return [to_wire(m.replace(tzinfo=zone, microsecond=m.microsecond // cut * cut)) for m in (*near, *_MOMENTS)]


def _dates(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    near = [m + timedelta(days=step) for m in _moments(hints) if 2 < m.year < 9998 for step in (0, 1, -1)]
    return [to_wire(moment.date()) for moment in (*near, *_MOMENTS)]


def _times(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    texts = ("12:30:00.000000", "00:00:00.000000", "23:59:59.999999", "08:00:00.000001")
    return [{"$": "time", "v": text} for text in texts]


def _intervals(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return [{"$": "interval", "v": micros} for micros in (0, 1, 3_600_000_000, 86_400_000_000, -1_000_000)]


def _uuids(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    given = [h for h in hints if isinstance(h, dict) and h["$"] == "uuid"]
    given += [{"$": "uuid", "v": h.lower()} for h in hints if isinstance(h, str) and _UUID.fullmatch(h)]
    return [*given, *({"$": "uuid", "v": f"00000000-0000-4000-8000-{n:012x}"} for n in range(1, 5))]


def _fixed_text(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    """SQLite's ``char(32)`` is how Django declares a UUID there, kept as text: it reads no other text back."""
    if argument != (_UUID_DIGITS,):
        return _text(kind, argument, hints)
    given = [h for h in hints if isinstance(h, str) and re.fullmatch(rf"[0-9a-f]{{{_UUID_DIGITS}}}", h)]
    return [*given, *(_uuid_text(number) for number in range(1, 5))]


def _uuid_text(number: int) -> str:
    return f"00000000000040008000{number:012x}"


def _bytes(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return [{"$": "bytes", "v": text} for text in ("", "00", "61", "ff00")]


def _json(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    documents: list[Wire] = [{}, {"a": 1}, {"a": None, "b": [1, 2]}, [], "x", 1]
    given = [h for h in hints if isinstance(h, dict) and h["$"] == "json"]
    return [*given, *({"$": "json", "v": document} for document in documents)]


def _ranges(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    ends: dict[str, tuple[Wire, Wire]] = {
        "int": (1, 5),
        "num": ({"$": "decimal", "v": "1.5"}, {"$": "decimal", "v": "5"}),
        "dat": ({"$": "date", "v": "2024-01-01"}, {"$": "date", "v": "2024-02-01"}),
        "tst": (to_wire(datetime(2024, 1, 1, tzinfo=UTC)), to_wire(datetime(2024, 2, 1, tzinfo=UTC))),
        "tsr": (to_wire(datetime(2024, 1, 1)), to_wire(datetime(2024, 2, 1))),
    }
    low, high = ends.get(kind[:3], (1, 5))
    forms = ({"lower": low, "upper": high}, {"lower": low, "upper": None}, {"lower": None, "upper": high})
    return [{"$": "range", "v": {**form, "bounds": "[)"}} for form in forms] + [{"$": "range", "v": {"empty": True}}]


def _addresses(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return ["10.0.0.1", "10.0.0.2", "::1"]


def _hstores(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    return ["", '"a"=>"1"', '"a"=>NULL, "b"=>"2"']


def _bits(kind: str, argument: tuple[int, ...], hints: list[Wire]) -> Pool:
    width = argument[0] if argument else 1
    return ["0" * width, "1" * width]


Maker: TypeAlias = Callable[[str, tuple[int, ...], list[Wire]], Pool]

# First match wins; SQLite's declared types are read the way its affinity rules do (sqlite.org/datatype3.html, 3.1).
_MAKERS: tuple[tuple[str, Maker], ...] = (
    (r"range$", _ranges),
    (r"^interval", _intervals),
    (r"int", _integers),
    (r"^(timestamp|datetime)", _timestamps),
    (r"^date", _dates),
    (r"^time", _times),
    (r"^bool", _booleans),
    (r"^(numeric|decimal|money)", _decimals),
    (r"^(real|double|float)", _floats),
    (r"^uuid", _uuids),
    (r"^char$", _fixed_text),
    (r"^(bytea|blob)", _bytes),
    (r"^json", _json),
    (r"^(inet|cidr)", _addresses),
    (r"^hstore", _hstores),
    (r"^bit", _bits),
)


def further(column: Column, number: int) -> Wire:
    """The ``number``-th value of an endless supply for columns that must be unique."""
    kind, argument = _split(column.type)
    if re.search("int|numeric|decimal", kind) or kind in ("", "real", "double precision"):
        return number if "int" in kind or not kind else {"$": "decimal", "v": str(number)}
    supply: dict[str, Callable[[], Wire]] = {
        "uuid": lambda: {"$": "uuid", "v": f"00000000-0000-4000-8000-{number:012x}"},
        "date": lambda: to_wire(date(2024, 1, 1) + timedelta(days=number)),
        "timestamp with time zone": lambda: to_wire(datetime(2024, 1, 1, tzinfo=UTC) + timedelta(days=number)),
        "timestamp without time zone": lambda: to_wire(datetime(2024, 1, 1) + timedelta(days=number)),
        "datetime": lambda: to_wire(datetime(2024, 1, 1) + timedelta(days=number)),
        "inet": lambda: f"10.0.{number // 250}.{number % 250 + 1}",
        "bytea": lambda: {"$": "bytes", "v": f"{number:08x}"},
        "boolean": lambda: number % 2 == 0,
        "json": lambda: {"$": "json", "v": {"number": number}},
    }
    text = _uuid_text(number) if (kind, argument) == ("char", (_UUID_DIGITS,)) else f"v{number}"
    limit = argument[0] if argument and "char" in kind else 10_000
    return supply.get(kind, lambda: text[-limit:])()
