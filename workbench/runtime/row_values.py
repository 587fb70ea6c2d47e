"""Whether the values that JavaScript had are of the types that TypeScript gave them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from workbench.runtime.row_types import Listed, OneOf, Record, RowType
from workbench.values import Wire

_NUMBER = re.compile(r"-?[\d.]+(e[+-]?\d+)?")


def stray(value: Wire, type: RowType, path: str = "") -> str:
    """Where a value is not of the type, and what it is; "" where it is."""
    if isinstance(type, OneOf):
        found = [stray(value, option, path) for option in type.options]
        deeper = [text for text in found if not text.startswith(f"{path}: ")]
        return "" if "" in found else (deeper or [f"{path}: {_said(value)}"])[0]
    if isinstance(type, Record):
        return _record(value, type, path)
    if isinstance(type, Listed):
        if not isinstance(value, list):
            return f"{path}: {_said(value)}"
        return next((text for at, item in enumerate(value) if (text := stray(item, type.element, f"{path}[{at}]"))), "")
    return "" if _is(value, type.text) else f"{path}: {_said(value)}"


def _record(value: Wire, type: Record, path: str) -> str:
    if not _tagged(value, "js-object"):
        return f"{path}: {_said(value)}"
    for name, property in type.properties.items():
        inner = f"{path}.{name}" if path else name
        if text := stray(value["v"].get(name, {"$": "js-undefined", "v": None}), property, inner):
            return text
    extra = sorted(set(value["v"]) - set(type.properties))
    return f"{path}.{extra[0]}: a property that its type does not have" if extra else ""


def _is(value: Wire, name: str) -> bool:
    """Whether the value is of a type without parts."""
    known = _KINDS.get(name.partition("<")[0])
    if known is not None:
        return known(value)
    if name.startswith('"'):
        return bool(value == json.loads(name))
    if name.endswith("n") and name[:-1].lstrip("-").isdigit():
        return _tagged(value, "js-bigint") and value["v"] == name[:-1]
    if _NUMBER.fullmatch(name):
        return _tagged(value, "js-number") and value["v"] == name
    return True  # a type by a name that is not known here says nothing about its values


def _tagged(value: Wire, kind: str) -> bool:
    return isinstance(value, dict) and value.get("$") == kind


def _said(value: Wire) -> str:
    """A value with the name of its type, as JavaScript's ``typeof`` has it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"a boolean, {str(value).lower()}"
    if isinstance(value, str):
        return f"a string, {json.dumps(value, ensure_ascii=False)[:40]}"
    if isinstance(value, list):
        return "an array"
    name = _NAMES.get(value["$"], value["$"])
    return name if value["$"] in ("js-object", "js-undefined") else f"{name}, {str(value['v'])[:40]}"


_NAMES = {
    "js-number": "a number",
    "js-bigint": "a bigint",
    "js-date": "a Date",
    "js-object": "an object",
    "js-undefined": "undefined",
    "bytes": "a Buffer",
}
_KINDS: dict[str, Callable[[Any], bool]] = {
    "string": lambda v: isinstance(v, str),
    "number": lambda v: _tagged(v, "js-number"),
    "bigint": lambda v: _tagged(v, "js-bigint"),
    "boolean": lambda v: isinstance(v, bool),
    "true": lambda v: v is True,
    "false": lambda v: v is False,
    "null": lambda v: v is None,
    "undefined": lambda v: _tagged(v, "js-undefined"),
    "Date": lambda v: _tagged(v, "js-date"),
    "Buffer": lambda v: _tagged(v, "bytes"),
    "unknown": lambda v: True,
    "any": lambda v: True,
}
