"""Typed values on the wire: the agent's copy of ``workbench.values`` (a test keeps both tables equal)."""

import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID


def to_wire(value):
    """The wire form of a Python value as Django or its driver decodes it, or hands it to the driver."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)  # members of str enumerations print their name otherwise
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (list, tuple)):
        return [to_wire(item) for item in value]
    for kind, convert in _KINDS:
        if isinstance(value, kind):
            name, text = convert(value)
            return {"$": name, "v": text}
    return _adapted(value)


def parameter(value):
    """The wire form of what Django hands to its driver: a bare dictionary is an hstore there, a document is wrapped."""
    if isinstance(value, (list, tuple)):
        return [parameter(item) for item in value]
    return {"$": "hstore", "v": value} if isinstance(value, dict) else to_wire(value)


def document(value):
    """The wire form of a JSON document, whatever its Python type; None stays SQL NULL's null."""
    return None if value is None else {"$": "json", "v": value}


def _adapted(value):
    """Drivers' and Django's own wrappers, by the attributes that hold their content."""
    kind = type(value)
    name = kind.__module__ + "." + kind.__qualname__
    if kind.__name__ in _JSON_WRAPPERS and kind.__module__.startswith("psycopg"):
        return {"$": "json", "v": _written(value)}
    if kind.__name__ == "Binary" and kind.__module__.startswith("psycopg"):
        return to_wire(bytes(getattr(value, "obj", getattr(value, "adapted", b""))))
    if hasattr(value, "lower_inc") and hasattr(value, "isempty"):
        return {"$": "range", "v": _range(value)}
    if kind.__module__ in ("django.utils.functional", "ipaddress"):
        return str(value)  # a lazy translation; an address
    if ("django.db.models.fields.files", "FieldFile") in {(cls.__module__, cls.__name__) for cls in kind.__mro__}:
        return value.name  # what the column holds, once somebody has looked at the attribute
    return {"$": "other", "v": {"type": name, "text": str(value)}}


def _written(wrapper):
    """The document that a wrapper writes: its encoder may know types that JSON does not."""
    content, dumps = getattr(wrapper, "obj", getattr(wrapper, "adapted", None)), getattr(wrapper, "dumps", None)
    return content if dumps in (None, json.dumps) else json.loads(dumps(content))


def _range(value):
    if value.isempty:
        return {"empty": True}
    bounds = ("[" if value.lower_inc else "(") + ("]" if value.upper_inc else ")")
    return {"lower": to_wire(value.lower), "upper": to_wire(value.upper), "bounds": bounds}


def _datetime_text(value):
    return (value if value.tzinfo is None else value.astimezone(timezone.utc)).isoformat(timespec="microseconds")


_JSON_WRAPPERS = ("Json", "Jsonb", "JsonAdapter")

# datetime before date: every datetime is a date
_KINDS = (
    (float, lambda v: ("float", repr(v))),
    (Decimal, lambda v: ("decimal", format(v, "f") if v.is_finite() else str(v))),
    (datetime, lambda v: ("datetime", _datetime_text(v))),
    (date, lambda v: ("date", v.isoformat())),
    (time, lambda v: ("time", v.isoformat(timespec="microseconds"))),
    (timedelta, lambda v: ("interval", v // timedelta(microseconds=1))),
    (UUID, lambda v: ("uuid", str(v))),
    (bytes, lambda v: ("bytes", v.hex())),
    (memoryview, lambda v: ("bytes", bytes(v).hex())),
    (dict, lambda v: ("json", v)),
)
