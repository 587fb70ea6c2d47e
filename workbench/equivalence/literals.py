"""Wire values as SQL literals of a tree."""

from __future__ import annotations

import json
from collections.abc import Callable

from sqlglot import exp

from workbench.hstore import hstore_text
from workbench.values import Wire


def literal(value: Wire) -> exp.Expr:
    """The literal that means this wire value; numbers and booleans as themselves, the rest as a typed text."""
    if value is None:
        return exp.Null()
    if isinstance(value, bool):
        return exp.Boolean(this=value)
    if isinstance(value, int):
        return _number(str(value))
    if isinstance(value, str):
        return exp.Literal.string(value)
    if isinstance(value, list):
        return exp.Array(expressions=[literal(item) for item in value])
    return _KINDS.get(value["$"], _other)(value["v"])


def _number(text: str) -> exp.Expr:
    if text.startswith("-"):
        return exp.Neg(this=exp.Literal.number(text[1:]))
    return exp.Literal.number(text)


def _cast(kind: str) -> Callable[[Wire], exp.Expr]:
    return lambda text: exp.Cast(this=exp.Literal.string(str(text)), to=exp.DataType.build(kind, dialect="postgres"))


def _other(value: Wire) -> exp.Expr:
    return exp.Cast(this=exp.Literal.string(json.dumps(value)), to=exp.DataType.build("unknown"))


_KINDS: dict[str, Callable[[Wire], exp.Expr]] = {
    "decimal": lambda text: _number(text) if text.strip("-")[0].isdigit() else _cast("numeric")(text),
    "float": _cast("double precision"),
    "datetime": lambda text: _cast("timestamptz" if text.endswith("+00:00") else "timestamp")(text),
    "date": _cast("date"),
    "time": _cast("time"),
    "interval": lambda micros: _cast("interval")(f"{micros} microseconds"),
    "uuid": _cast("uuid"),
    "bytes": lambda text: _cast("bytea")("\\x" + text),
    "hstore": lambda value: _cast("hstore")(hstore_text(dict(sorted(value.items())))),
    "json": lambda document: _cast("jsonb")(json.dumps(document, sort_keys=True)),
}
