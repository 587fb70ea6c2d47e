"""Constants on SQLite, where a value has the type that the driver binds: nothing may be cast that Django does not cast.

Whole numbers are bigints wherever no column takes them: most drivers send JavaScript's number as REAL, and ``7 / 2``
would be 3.5. A column encodes its own values; what it would not give back exactly is bound as Django binds it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

from workbench.targets.drizzle.queries.constants import nothing
from workbench.targets.drizzle.queries.literals import document, outside, plain
from workbench.targets.drizzle.queries.terms import Term, Untranslatable
from workbench.targets.drizzle.queries.writer import Writer
from workbench.targets.typescript import Big, Expression, Literal
from workbench.values import Wire

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{6})?\Z")
_UUID = re.compile(r"([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\Z")
_EXACT = 2**53
# types of expressions that are numbers: beside them 1 and 1.0 are the same
NUMERIC = ("integer", "real", "numeric", "wide", "bigint", "smallint", "decimal", "double precision")


def compared(w: Writer, value: Wire, partner: Term) -> Expression:
    """A constant beside ``partner``: as its column encodes it, else as it is bound."""
    if partner.column:
        encode = _ENCODED.get(partner.js)
        encoded = encode(value, partner) if encode and value is not None else None
        return encoded if encoded is not None else standing(w, value).code
    if isinstance(value, int) and abs(value) < _EXACT and partner.type in NUMERIC:
        return Literal(int(value))
    return argument(w, value) if value is not None else w.constant("nothing")


def argument(w: Writer, value: Wire, partner: str = "") -> Expression:
    """A constant inside an expression."""
    if isinstance(value, int):
        return Big(int(value))
    number = _float(value)
    if number is not None and number.is_integer():
        return w.helper("real", Literal(int(number)))
    return w.constant("nothing") if value is None else _bindable(value)


def standing(w: Writer, value: Wire) -> Term:
    """A constant on its own, as in the SELECT list."""
    if value is None:
        return nothing(w)
    code = argument(w, value)
    kind = _type_of(value)
    if _float(value) is not None and not isinstance(code, Literal):
        return Term(code, kind, nullable=False)
    typed = (_TYPESCRIPT[kind],) if isinstance(code, (Literal, Big)) else ()
    return Term(replace(w.helper("bound", code), types=typed), kind, nullable=False)


_TYPESCRIPT = {"integer": "number", "real": "number", "text": "string"}


def cast(w: Writer, code: Expression, type: str, nullable: bool = True) -> Term:
    """``cast(code, "type")``; NULL stays bare, since a cast would give it an affinity."""
    if code == Literal(None):
        return nothing(w)
    return Term(w.helper("cast", code, Literal(type)), type, nullable=nullable)


def array(w: Writer, values: list[Wire], partner: str = "") -> Expression:
    """SQLite has no arrays."""
    raise Untranslatable("an array", "SQLite has no arrays")


def _float(value: Wire) -> float | None:
    return float(value["v"]) if isinstance(value, dict) and value["$"] == "float" else None


def _type_of(value: Wire) -> str:
    """What SQLite calls the type of a bound value."""
    if isinstance(value, int):
        return "integer"
    return "real" if _float(value) is not None else "text"


def _bindable(value: Wire) -> Expression:
    """Texts stay texts; Python's sqlite3 binds decimals, dates and UUIDs as such, too."""
    if isinstance(value, list):
        raise Untranslatable("a list", "SQLite has no arrays")
    return plain(value)


def _whole(value: Wire, partner: Term) -> Expression | None:
    if not isinstance(value, int):
        number = _float(value)
        return Literal(int(number) if number.is_integer() else number) if number is not None else None
    return outside(partner.choices, value, Literal(int(value))) if abs(value) < _EXACT else None


def _wide(value: Wire, partner: Term) -> Expression | None:
    return outside(partner.choices, value, Big(int(value))) if isinstance(value, int) else None


def _boolean(value: Wire, partner: Term) -> Expression | None:
    return Literal(bool(value)) if value in (0, 1) and isinstance(value, int) else None


def _text(value: Wire, partner: Term) -> Expression | None:
    if isinstance(value, dict) and value["$"] in ("decimal", "date", "time"):
        value = str(value["v"])
    if not isinstance(value, str):
        return None
    encode = _TEXTS.get(partner.kind)
    written = encode(value) if encode else value
    if written is None:
        return None
    return outside(partner.choices, value, Literal(written))


def _instant(text: str) -> str | None:
    return f"{text}+00" if _MOMENT.match(text) else None


def _uuid(text: str) -> str | None:
    found = _UUID.match(text)
    return "-".join(found.groups()) if found else None


def _document(value: Wire, partner: Term) -> Expression | None:
    """A document whose text JavaScript would write as Python does: SQLite compares the texts."""
    if not isinstance(value, str):
        return None
    try:
        found = json.loads(value, parse_float=_refuse)
    except ValueError:
        return None
    same = json.dumps(found, separators=(",", ":"), ensure_ascii=False) == value
    return document(found) if same and found is not None else None


def _refuse(text: str) -> float:
    raise ValueError(text)  # JavaScript writes 1.0 as 1


# by Drizzle's builder: how a text that is stored is given to the column
_TEXTS: dict[str, Callable[[str], str | None]] = {"declaredInstant": _instant, "declaredUuid": _uuid}

_ENCODED: dict[str, Callable[[Wire, Term], Expression | None]] = {
    "number": _whole,
    "bigint": _wide,
    "boolean": _boolean,
    "string": _text,
    "unknown": _document,
    "Buffer": lambda value, partner: plain(value) if isinstance(value, dict) and value["$"] == "bytes" else None,
}
