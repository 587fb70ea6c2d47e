"""Type names: what a CREATE TABLE writes, as PostgreSQL's ``format_type`` prints it."""

from __future__ import annotations

import re

# Synonyms of PostgreSQL (its documentation, table 8.1, and pg_catalog's internal names).
_SYNONYMS = {
    "int": "integer",
    "int4": "integer",
    "int2": "smallint",
    "int8": "bigint",
    "serial": "integer",
    "serial4": "integer",
    "bigserial": "bigint",
    "serial8": "bigint",
    "smallserial": "smallint",
    "serial2": "smallint",
    "float4": "real",
    "float8": "double precision",
    "float": "double precision",
    "decimal": "numeric",
    "dec": "numeric",
    "bool": "boolean",
    "varchar": "character varying",
    "char varying": "character varying",
    "char": "character",
    "bpchar": "character",
    "varbit": "bit varying",
    "timestamptz": "timestamp with time zone",
    "timetz": "time with time zone",
    "timestamp": "timestamp without time zone",
    "time": "time without time zone",
}
SERIALS = frozenset({"serial", "serial4", "bigserial", "serial8", "smallserial", "serial2"})
_SHAPE = re.compile(
    r"^(?P<name>[^([]+?)\s*(?P<arguments>\([^)]*\))?\s*(?P<zone>with(?:out)?\s+time\s+zone)?\s*(?P<array>(?:\[\d*\]\s*)*|\s+array)$",
    re.IGNORECASE,
)


def canonical_type(text: str) -> str:
    """``varchar ( 20 )`` as ``character varying(20)``, ``timestamptz(3)[]`` as ``timestamp(3) with time zone[]``."""
    shape = _SHAPE.match(text.strip())
    if shape is None:
        return text.strip()
    name = _name(shape)
    arguments = re.sub(r"\s+", "", shape["arguments"] or "") or ("(1)" if name in ("character", "bit") else "")
    array = "[]" * max(1, shape["array"].count("[")) if shape["array"].strip() else ""
    head, _, zone = name.partition(" ") if name.startswith("time") else (name, "", "")
    if name == "numeric" and arguments and "," not in arguments:
        arguments = arguments[:-1] + ",0)"
    return f"{head}{arguments}{' ' + zone if zone else ''}{array}"


def _name(shape: re.Match[str]) -> str:
    written = " ".join(shape["name"].split())
    plain = written.lower() if not written.startswith('"') else written.strip('"')
    if shape["zone"]:
        return f"{plain} {' '.join(shape['zone'].lower().split())}"
    if plain == "float" and shape["arguments"]:
        return "real" if int(shape["arguments"].strip("() ")) <= 24 else "double precision"
    return _SYNONYMS.get(plain, plain)
