"""How a value on the wire is read by a person: kinds that compare different must also look different."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from workbench.hstore import hstore_text
from workbench.values import Wire


def wire_text(value: Wire) -> str:
    """SQL's look: NULL, true, 'text', 42; what would look like another kind carries its kind: ``1.10 (decimal)``."""
    if isinstance(value, dict):
        return _KINDS[value["$"]](value["v"])
    if isinstance(value, list):
        return "[" + ", ".join(wire_text(item) for item in value) + "]"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return _CONSTANTS[value] if value is None or isinstance(value, bool) else str(value)


def _range_text(range_: dict[str, Any]) -> str:
    if range_.get("empty"):
        return "empty (range)"
    opening, closing = range_["bounds"]
    lower, upper = (wire_text(range_[end]) for end in ("lower", "upper"))
    return f"{opening}{lower}, {upper}{closing}"


def _json_text(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, sort_keys=True) + " (json)"


_CONSTANTS = {None: "NULL", True: "true", False: "false"}

_KINDS: dict[str, Callable[[Any], str]] = {
    "float": lambda v: f"{v} (float)",
    "decimal": lambda v: f"{v} (decimal)",
    "datetime": str,
    "date": str,
    "time": str,
    "interval": lambda v: str(timedelta(microseconds=v)),
    "uuid": str,
    "bytes": lambda v: f"\\x{v}",
    "json": _json_text,
    "range": _range_text,
    "hstore": lambda v: f"{hstore_text(v)} (hstore)",
    "other": lambda v: f"{v['text']} ({v['type']})",
}
