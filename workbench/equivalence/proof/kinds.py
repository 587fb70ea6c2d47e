"""What a type means to the prover: which values compare as which, and where equality is identity.

A kind is a word: ``int``, ``bool``, ``num:S`` (exact decimals of fixed scale S), ``text``, ``date``, ``timestamp`` …;
``null`` is the kind of an untyped NULL, ``?`` of an untyped parameter, which takes that of its neighbour; ``unknown``
of a function's value, whose type nothing here says: it is compared by its value alone. Kinds outside ``IDENTITY`` have
values that are equal without being the same (-0.0 and 0.0, 1.0 and 1.00, '1 day' and '24 hours'): order and equality
are read through a ranking function, and they are never grouped, deduplicated or replaced for one another.
"""

from __future__ import annotations

import re

from workbench.equivalence.proof.terms import Unsupported

UNKNOWN = "unknown"

# PostgreSQL's type names by kind; a type that is not here is a kind of its own.
_OWN = (
    *("text", "uuid", "date", "bytea", "inet", "interval", "jsonb", "json", "tsvector"),
    *("timestamp", "timestamptz", "time"),
)
_NAMES = {
    "int": "smallint integer int bigint int2 int4 int8 serial bigserial smallserial",
    "bool": "boolean bool",
    "float": "float real float4 float8",
    "numeric": "numeric decimal",
    **dict(zip(_OWN, _OWN, strict=True)),
}
_PG = {name: kind for kind, names in _NAMES.items() for name in names.split()} | {
    "double precision": "float",
    "timestamp without time zone": "timestamp",
    "timestamp with time zone": "timestamptz",
    "time without time zone": "time",
}
_IDENTITY = frozenset({"int", "bool", "text", "uuid", "date", "timestamp", "timestamptz", "time", "bytea", "null"})
_SQLITE_TEXT = re.compile(r"char|clob|text|date|time|uuid", re.I)


def kind_of(type_name: str, dialect: str) -> str:
    """The kind of a column of that declared type; ``Unsupported`` where equality has rules of its own."""
    name = (
        re.sub(r"\(\s*\d*\s*\)$", "", type_name.strip().lower())
        if "(" in type_name and "numeric" not in type_name.lower()
        else type_name.strip().lower()
    )
    if "citext" in name:
        raise Unsupported("citext compares without case: its equality is not identity")
    if dialect == "sqlite":
        return _sqlite_kind(name)
    scale = re.fullmatch(r"(?:numeric|decimal)\s*\(\s*\d+\s*(?:,\s*(\d+)\s*)?\)", name)
    if scale:
        return number(int(scale[1] or 0))
    if name.startswith(("character varying", "varchar")):
        return "text"
    if name.startswith(("timestamp", "time")) and "(" in name:
        name = re.sub(r"\s*\(\d+\)", "", name)
    return _PG.get(name, f"other {name}")


def _sqlite_kind(name: str) -> str:
    """SQLite by declared type, under the assumption that values have the type of their column."""
    if "bool" in name:
        return "bool"
    if "int" in name:
        return "int"
    if _SQLITE_TEXT.search(name):
        return "text"
    return "bytea" if "blob" in name else f"other {name}"


def is_identity(kind: str) -> bool:
    """Whether equal values of this kind are the same value."""
    return kind in _IDENTITY or kind.startswith("num:")


def is_exact_number(kind: str) -> bool:
    """Whether arithmetic on this kind is exact."""
    return kind == "int" or kind.startswith("num:")


def scale_of(kind: str) -> int:
    """Digits after the point of an exact number's kind."""
    return int(kind[4:]) if kind.startswith("num:") else 0


def number(scale: int) -> str:
    """The kind of exact numbers of that scale; scale 0 prints and compares as integers do."""
    return f"num:{scale}" if scale else "int"


def joined(kinds: list[str]) -> str:
    """The kind of CASE, COALESCE, UNION over values of these kinds; mixed scales have no fixed printing."""
    known = [k for k in dict.fromkeys(kinds) if k not in ("null", "?")]
    if not known:
        return kinds[0] if kinds else "null"
    if len(known) == 1:
        return known[0]
    if all(is_exact_number(k) for k in known):
        return known[0] if len({scale_of(k) for k in known}) == 1 else "numeric"
    if all(k == "numeric" or is_exact_number(k) for k in known):
        return "numeric"
    return "mixed " + "/".join(sorted(known))
