"""Type names as PostgreSQL's ``format_type`` prints them, from the spellings that Django and people write."""

from __future__ import annotations

import re

from workbench.catalog.table import Dialect

# spelling -> format_type's name (PostgreSQL manual, table 8.1 "Data Types", column "Aliases")
_ALIASES = {
    "int8": "bigint",
    "serial8": "bigserial",
    "varbit": "bit varying",
    "bool": "boolean",
    "char": "character",
    "varchar": "character varying",
    "float8": "double precision",
    "float": "double precision",
    "int": "integer",
    "int4": "integer",
    "decimal": "numeric",
    "float4": "real",
    "int2": "smallint",
    "time": "time without time zone",
    "timetz": "time with time zone",
    "timestamp": "timestamp without time zone",
    "timestamptz": "timestamp with time zone",
}


def canonical_type(written: str, dialect: Dialect) -> str:
    """``varchar(200)`` -> ``character varying(200)``; SQLite's types stay as declared."""
    text = " ".join(written.split())
    if dialect == "sqlite":
        return text
    match = re.fullmatch(
        r"([a-zA-Z_][\w ]*?|\"[^\"]+\")\s*(\([^)]*\))?\s*((?:with|without) time zone)?((?:\s*\[\d*\])*)", text
    )
    if match is None:
        return text
    base, arguments, zone, array = (part or "" for part in match.groups())
    name = _ALIASES.get(base.lower(), base if base.startswith('"') else base.lower())
    return _with_arguments(name, arguments.replace(" ", ""), zone) + "[]" * array.count("[")


def _with_arguments(name: str, arguments: str, zone: str) -> str:
    """A precision stands before a time zone's words: ``timestamp(3) with time zone``."""
    base, _, words = name.partition(" with")
    words = f" with{words}" if words else (f" {zone}" if zone else "")
    if zone:
        words = f" {zone}"
    return f"{base}{arguments}{words}" if base in ("time", "timestamp") else f"{name}{arguments}"
