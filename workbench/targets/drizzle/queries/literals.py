"""The JavaScript value of a parameter: what node-postgres writes as the text that PostgreSQL reads."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from workbench.hstore import hstore_text
from workbench.targets.drizzle.queries.terms import Untranslatable
from workbench.targets.typescript import Array, As, Call, Expression, Literal, Member, Name, Object
from workbench.values import Wire


def plain(value: Wire) -> Expression:
    """The value as a literal; Untranslatable for one that has no exact text."""
    if value is None or isinstance(value, (bool, str, int)):
        return Literal(value)
    if isinstance(value, list):
        return Array(tuple(plain(item) for item in value))
    write = _WRITERS.get(value["$"])
    if write is None:
        thing = f"a parameter of type {value['v']['type']}" if value["$"] == "other" else str(value["$"])
        raise Untranslatable(thing, "it has no exact form in TypeScript")
    return write(value["v"])


def outside(choices: tuple[str | int, ...], value: Wire, written: Expression) -> Expression:
    """The value beside a column whose type is the union of its choices: Django takes others, too."""
    return As(written, "never") if choices and value not in choices else written


def text(value: Wire) -> str | None:
    """The text that PostgreSQL reads as the value, inside of an array or a range."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return array_text(value)
    if isinstance(value, (int, str)):
        return str(value)
    written = plain(value)
    if not isinstance(written, Literal):
        raise Untranslatable(str(value["$"]), "it has no text inside of an array or a range")
    return str(written.value)


def array_text(values: list[Wire]) -> str:
    """An array as PostgreSQL writes one."""
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Wire) -> str:
    written = text(value)
    if written is None:
        return "NULL"
    return written if isinstance(value, list) else _quoted(written)


def _quoted(written: str) -> str:
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _float(written: str) -> Expression:
    names = {"nan": "NaN", "inf": "Infinity", "-inf": "-Infinity"}
    return Literal(names[written]) if written in names else Literal(float(written))


def interval_text(microseconds: int) -> str:
    """A timedelta as psycopg writes it: days apart from the time, since a day is not always 24 hours."""
    days, rest = divmod(microseconds, 86_400_000_000)
    seconds, micros = divmod(rest, 1_000_000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" + (f".{micros:06}" if micros else "")
    return f"{days} days +{clock}" if days else clock


def range_text(value: dict[str, Any]) -> str:
    """A range as PostgreSQL writes one."""
    if value.get("empty"):
        return "empty"
    lower, upper = (text(value[side]) for side in ("lower", "upper"))
    ends = ["" if end is None else _quoted(end) for end in (lower, upper)]
    return f"{value['bounds'][0]}{ends[0]},{ends[1]}{value['bounds'][1]}"


def document(value: Any) -> Expression:
    """A JSON document as a literal."""
    if isinstance(value, dict):
        return Object(tuple((key, document(item)) for key, item in value.items()))
    if isinstance(value, list):
        return Array(tuple(document(item) for item in value))
    return Literal(value)


_WRITERS: dict[str, Callable[[Any], Expression]] = {
    "float": _float,
    "decimal": Literal,
    "datetime": lambda written: Literal(written.replace("T", " ")),
    "date": Literal,
    "time": Literal,
    "interval": lambda micros: Literal(interval_text(micros)),
    "uuid": Literal,
    "json": lambda doc: Literal(json.dumps(doc, ensure_ascii=False)),
    "range": lambda value: Literal(range_text(value)),
    "hstore": lambda value: Literal(hstore_text(value)),
    "bytes": lambda written: Call(Member(Name("Buffer"), "from"), (Literal(written), Literal("hex"))),
}
