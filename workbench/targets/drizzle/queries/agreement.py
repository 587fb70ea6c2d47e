"""Sides of a set operation whose values have other types.

Drizzle gives a row the types of the left side and reads it as the left side is read. So the left one says what the
right one may give besides (null, other constants); what is of quite another type on the right is said to be read so.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.targets.drizzle.queries.decoding import FIXED
from workbench.targets.drizzle.queries.terms import Built, Place, Term
from workbench.targets.typescript import Call, Expression, Literal, Member, Object, method

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

_NEVER_NULL = ("truth", "outer")  # helpers whose type leaves null out whatever their operand is
_UNKNOWN = "unknown"


def agreeing(m: Module, left: Built, right: Built, place: Place) -> tuple[Built, Built]:
    """Both sides, of types that Drizzle takes for one row."""
    pairs = [_agreed(m, *pair) for pair in zip(left.terms, right.terms, strict=True)]
    return _with(left, tuple(mine for mine, _ in pairs), place), _with(right, tuple(other for _, other in pairs), place)


def _agreed(m: Module, left: Term, right: Term) -> tuple[Term, Term]:
    """Two terms of one output; each is as it was where the left one's type holds what the right one gives."""
    mine, other = _types(m, left), _types(m, right)
    if _UNKNOWN in mine or all(part in mine or _base(part) in mine for part in other):
        return left, right
    bases = {_base(part) for part in mine if part != "null"}
    foreign = [part for part in other if bases and _base(part) not in {*bases, "null"}]
    js = _joined((*mine, *(part for part in other if part not in foreign), *(["null"] if _UNKNOWN in foreign else [])))
    return left if js == _joined(mine) else _read_as(m, left, js), _read_as(m, right, js) if foreign else right


def _read_as(m: Module, term: Term, js: str) -> Term:
    """The term, said to be of this type."""
    code = term.code
    if isinstance(code, Call) and (code.types or _generic(m, code)):
        return replace(term, code=replace(code, types=(js,)), nullable="null" in js)
    code = replace(m.w.helper("widened", code), types=(js,))
    return replace(term, code=code, column=False, choices=(), js=term.value_type, nullable="null" in js)


def _with(side: Built, terms: tuple[Term, ...], place: Place) -> Built:
    """The side with these terms in its SELECT list."""
    if terms == side.terms or not isinstance(side.selected, Object):
        return side
    given = zip(side.selected.entries, side.names, side.terms, terms, strict=True)
    entries = tuple(
        entry if new is old or not isinstance(entry, tuple) else (entry[0], _entry(entry[1], new, name, place))
        for entry, name, old, new in given
    )
    selected = Object(entries)
    return replace(side, code=_selecting(side.code, side.selected, selected), terms=terms, selected=selected)


def _types(m: Module, term: Term) -> tuple[str, ...]:
    """What TypeScript takes the value for, part by part."""
    name = m.w.helper_of(term.code)
    if isinstance(term.code, Call) and (term.code.types == (_UNKNOWN,) or _generic(m, term.code)):
        return (_UNKNOWN,)
    literals = tuple(json.dumps(value) for value in term.choices) if term.column else ()
    null = ("null",) if term.nullable and name not in _NEVER_NULL else ()
    return (*(literals or (term.value_type,)), *null)


def _generic(m: Module, code: Call) -> bool:
    """A helper's call whose type its caller has left open."""
    name = m.w.helper_of(code)
    return bool(name) and not code.types and name not in FIXED


def _joined(parts: tuple[str, ...]) -> str:
    """One type of all: a constant goes where its own type is among them, and null stands last."""
    kept = [
        part for part in dict.fromkeys(parts) if part != "null" and (_base(part) == part or _base(part) not in parts)
    ]
    return " | ".join((*kept, *(["null"] if "null" in parts else [])))


def _base(part: str) -> str:
    """``"ebook"`` -> ``string``, ``-1`` -> ``number``; any other type is its own."""
    if part.startswith('"'):
        return "string"
    return "number" if part.lstrip("-").isdigit() else part


def _entry(entry: Expression, term: Term, name: str, place: Place) -> Expression:
    """The entry of the SELECT list, under the name it had; in FROM what is no column any more needs one."""
    if isinstance(entry, Call) and isinstance(entry.callee, Member) and entry.callee.property == "as":
        return replace(entry, callee=replace(entry.callee, object=term.code))
    return method(term.code, "as", Literal(name)) if place.named else term.code


def _selecting(code: Expression, old: Object, new: Object) -> Expression:
    """The chain with another SELECT list; a set operation's is that of its own left side."""
    assert isinstance(code, Call)
    if any(argument is old for argument in code.arguments):
        return replace(code, arguments=tuple(new if argument is old else argument for argument in code.arguments))
    if isinstance(code.callee, Member):
        return replace(code, callee=replace(code.callee, object=_selecting(code.callee.object, old, new)))
    return replace(code, arguments=(_selecting(code.arguments[0], old, new), *code.arguments[1:]))
