"""A line of a file of pairs: what it must hold, and one sentence for each way in which it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbench.catalog.table import Dialect
from workbench.diagnostic import Diagnostic, Fidelity, Origin, WorkbenchError
from workbench.values import Wire, from_wire

DIALECTS: tuple[Dialect, ...] = ("postgres", "sqlite")
KNOWN = frozenset(("id", "dialect", "schema", "left", "right", "params", "dialects"))
_SIDES = ("left", "right")
_TEXTS = ("schema", "left", "right")


@dataclass(frozen=True)
class Pair:
    """One line, read. ``ignored``: its keys that mean nothing here."""

    id: str | int
    schema: str
    left: str
    right: str
    dialects: tuple[Dialect, Dialect]
    params: tuple[list[Wire] | None, list[Wire] | None]
    ignored: tuple[str, ...] = ()


def read_pair(line: str, number: int) -> Pair:
    """The pair of a line; ``WorkbenchError`` names the line, the key and what is wrong with it."""
    place = Origin(f"line {number}")
    held = _object(line, place)
    if "\\ud" in line.lower() and not _is_text(held):
        raise refuse(place, "not text", "half of a surrogate pair, which no database can hold")
    for key in ("id", *_TEXTS):
        if key not in held:
            raise refuse(place, key, "the pair lacks this key")
    if isinstance(held["id"], bool) or not isinstance(held["id"], (str, int)):
        raise refuse(place, "id", "neither a text nor a whole number")
    for key in _TEXTS:
        if not isinstance(held[key], str):
            raise refuse(place, key, "not a text")
    params = _by_side(held, "params", place, _values)
    said = _by_side(held, "dialects", place, _dialect)
    usual = _dialect(held.get("dialect", "postgres"), "dialect", place)
    schema, left, right = (held[key] for key in _TEXTS)
    dialects = (said[0] or usual, said[1] or usual)
    return Pair(held["id"], schema, left, right, dialects, params, tuple(sorted(set(held) - KNOWN)))


def refuse(place: Origin, thing: str, fact: str) -> WorkbenchError:
    """The error of a line that cannot be read."""
    return WorkbenchError(Diagnostic("pair.unreadable", place, thing, fact, fidelity=Fidelity.ERROR))


def id_of(line: str) -> str | int | None:
    """The id of a line of which something else is wrong; None where it has none."""
    try:
        held = json.loads(line)
    except (ValueError, RecursionError):
        return None
    found = held.get("id") if isinstance(held, dict) and _is_text(held) else None
    return found if isinstance(found, (str, int)) and not isinstance(found, bool) else None


def _object(line: str, place: Origin) -> dict[str, Any]:
    try:
        held = json.loads(line, parse_float=_decimal, parse_constant=_not_a_number)
    except json.JSONDecodeError as error:
        raise refuse(place, "not JSON", f"{error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise refuse(place, "not JSON", "nested too deeply") from error
    except _NotANumber as error:
        raise refuse(place, "not JSON", f"{error} is no JSON number") from error
    if not isinstance(held, dict):
        raise refuse(place, "pair", "not a JSON object")
    return held


def _is_text(held: dict[str, Any]) -> bool:
    try:
        json.dumps(held, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


class _NotANumber(Exception):
    """NaN or Infinity, which Python's reader lets pass."""


def _not_a_number(text: str) -> None:
    raise _NotANumber(text)


def _decimal(text: str) -> Wire:
    return {"$": "decimal", "v": text}


def _by_side(held: dict[str, Any], key: str, place: Origin, read: Callable[[Any, str, Origin], Any]) -> tuple[Any, Any]:
    """What an object says of the left and the right side; None for a side it leaves out."""
    found = held.get(key)
    if found is None:
        return None, None
    if not isinstance(found, dict):
        raise refuse(place, key, 'not an object with "left" and "right"')
    for name in found:
        if name not in _SIDES:
            raise refuse(place, f"{key}.{name}", 'no such side; "left" and "right" are')
    left, right = (None if found.get(side) is None else read(found[side], f"{key}.{side}", place) for side in _SIDES)
    return left, right


def _values(held: Any, key: str, place: Origin) -> list[Wire]:
    if not isinstance(held, list):
        raise refuse(place, key, "not a list of values")
    for index, value in enumerate(held, 1):
        if not _is_wire(value):
            raise refuse(place, f"{key}[{index}]", "not a value: null, true, a number, a text, a list, or {$, v}")
    return held


def _is_wire(value: Any) -> bool:
    if isinstance(value, list):
        return all(map(_is_wire, value))
    if not isinstance(value, dict):
        return True
    if set(value) != {"$", "v"} or value["$"] not in _WIRE_KINDS:
        return False
    try:
        from_wire(value)
    except (ValueError, TypeError, ArithmeticError):
        return False
    return isinstance(value["v"], _WIRE_KINDS[value["$"]])


_WIRE_KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("float", "decimal", "datetime", "date", "time", "uuid", "bytes"), str),
    "interval": int,
    "json": object,
    **dict.fromkeys(("range", "hstore"), dict),
    "other": dict,
}


def _dialect(name: Any, key: str, place: Origin) -> Dialect:
    for known in DIALECTS:
        if name == known:
            return known
    raise refuse(place, key, f"{json.dumps(name)} is not a dialect; one of {', '.join(DIALECTS)}")
