"""Outputs on SQLite: a value has no type of its own, so Django's field alone says how it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.targets.drizzle.queries.decoding import TEXT, WHOLE, bare, typed
from workbench.targets.drizzle.queries.terms import Item, Scope, Term
from workbench.targets.typescript import Call, Member, Name

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

# what reads a value of Django's field, and its type in TypeScript; "" where the driver's value is that already
_READERS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(WHOLE, ("toInteger", "number")),
    **dict.fromkeys(("BigIntegerField", "PositiveBigIntegerField"), ("toBigint", "bigint")),
    **dict.fromkeys(TEXT, ("", "string")),
    **dict.fromkeys(("DateField", "TimeField"), ("", "string")),
    "BooleanField": ("toBoolean", "boolean"),
    "DateTimeField": ("toMoment", "string"),
    "DecimalField": ("toDecimal", "string"),
    "DurationField": ("toMicroseconds", "bigint"),
    "FloatField": ("toNumber", "number"),
    "JSONField": ("toDocument", "unknown"),
    "UUIDField": ("toUuid", "string"),
}
# expressions of these types are what the driver gives
_AS_READ = frozenset({("toInteger", "integer"), ("toNumber", "real")})
# Drizzle's own aggregates hand on text, where the driver gives a number
_TEXTUAL = frozenset({"sum", "avg", "sumDistinct", "avgDistinct", "min", "max"})
_HANDED_ON = {"unknown": "asRead", "number": "toNumber"}
_READ = frozenset({"truth", "count", "countDistinct"})


def decoded(m: Module, item: Item, scope: Scope) -> Term:
    """The output of an item, read as its field reads it; a column does so itself."""
    term = bare(m, item, scope)
    kind = item.output.kind if item.output else ""
    if term.column:
        if item.output is None or item.output.field is not None or not _other(m, term, kind):
            return term
        term = replace(term, code=m.w.helper("scalar", term.code), js="", column=False)
    if isinstance(term.code, (Member, Name)):
        term = replace(term, code=m.w.helper("scalar", term.code), js="")
    reader, js = ("toBigint", "bigint") if kind in WHOLE and term.type == "wide" else _reader(m, item, kind)
    if (reader, term.type) in _AS_READ:
        reader = ""
    called = _called(term)
    if called in _READ and js in ("number", "boolean"):
        return term
    if not reader and called in _TEXTUAL and kind not in TEXT:
        reader = _HANDED_ON.get(js, "toText")
    term = typed(m, term, "unknown" if reader and term.nullable else js)
    return replace(term, code=m.w.helper(reader, term.code), js=js) if reader else term


def _reader(m: Module, item: Item, kind: str) -> tuple[str, str]:
    reader, js = _READERS.get(kind, ("", "unknown"))
    return ("toInstant", js) if reader == "toMoment" and m.w.zoned else (reader, js)


def _other(m: Module, term: Term, kind: str) -> bool:
    """Whether a column's own values are not what the field of the expression reads."""
    return kind in _READERS and _READERS[kind][1] != term.js


def _called(term: Term) -> str:
    code = term.code
    return code.callee.text if isinstance(code, Call) and isinstance(code.callee, Name) else ""
