"""Parameters and literals of the SQL as TypeScript: bare where the other side decides their type, cast where not.

Django's driver writes parameters into the text as typed literals (10 is an integer, 1.5 numeric); node-postgres sends
text whose type PostgreSQL infers. A cast keeps both the same where inference would choose another type.
"""

from __future__ import annotations

import re
from typing import Any

from sqlglot import exp

from workbench.queries.parse import parameter_number
from workbench.targets.drizzle.queries.literals import array_text, document, outside, plain
from workbench.targets.drizzle.queries.terms import Term, Untranslatable
from workbench.targets.drizzle.queries.writer import Writer, by_dialect
from workbench.targets.typescript import Big, Expression, Literal
from workbench.values import Wire

MISSING = object()
_SIZE = re.compile(r"\(.*?\)")
_INT4, _INT8 = 2**31, 2**63
_EXACT = 2**53 - 1  # Number.MAX_SAFE_INTEGER
_NUMERIC = ("smallint", "integer", "bigint", "numeric", "double precision", "real")
TYPES = {
    "float": "numeric",  # psycopg writes a float as a number without exponent or type: numeric to PostgreSQL
    "decimal": "numeric",
    "date": "date",
    "time": "time without time zone",
    "interval": "interval",
    "uuid": "uuid",
    "json": "jsonb",
    "bytes": "bytea",
    "hstore": "hstore",
}


def value_of(w: Writer, node: exp.Expression) -> Any:
    """The wire value of a constant node; MISSING for anything else."""
    if isinstance(node, exp.Paren):
        return value_of(w, node.this)
    if isinstance(node, exp.Neg):
        return _negated(value_of(w, node.this))
    number = parameter_number(node)
    if number is not None:
        return w.query.parameters[number - 1]
    if isinstance(node, exp.Literal):
        return node.this if node.is_string else (int(node.this) if node.is_int else {"$": "decimal", "v": node.this})
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if isinstance(node, exp.ByteString):  # E'…': sqlglot has read its escapes
        return node.this
    return None if isinstance(node, exp.Null) else MISSING


def _negated(value: Any) -> Any:
    return -value if isinstance(value, int) and not isinstance(value, bool) else MISSING


def type_of(value: Wire) -> str:
    """PostgreSQL's type of the literal that Django's driver writes; "" for text, whose type is inferred."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer" if -_INT4 <= value < _INT4 else "bigint" if -_INT8 <= value < _INT8 else "numeric"
    if isinstance(value, dict):
        if value["$"] == "datetime":
            return "timestamp with time zone" if "+" in value["v"] else "timestamp without time zone"
        return TYPES.get(value["$"], "")
    if isinstance(value, list):
        kinds = {type_of(item) for item in value if item is not None}
        return f"{kinds.pop() or 'text'}[]" if len(kinds) == 1 else ""
    return ""


@by_dialect
def compared(w: Writer, value: Wire, partner: Term) -> Expression:
    """A constant that is compared with ``partner``: a column encodes it, any other side decides its type."""
    if value is None:
        return cast(w, Literal(None), partner.type or "text").code  # Drizzle's types take no null here
    kind = type_of(value)
    if partner.column and not partner.type.endswith("[]"):
        return _for_column(w, value, kind, partner)
    if isinstance(value, list):
        return plain(value) if partner.column and value and _whole(value) else array(w, value, partner.type)
    if not kind or partner.type == kind or _numeric_fits(value, kind, partner.type):
        return plain(value)
    return cast(w, plain(value), kind).code


def _whole(values: list[Wire]) -> bool:
    """Whether no item is NULL, at any depth: Drizzle's types of array columns have none."""
    return all(_whole(item) if isinstance(item, list) else item is not None for item in values)


def _for_column(w: Writer, value: Wire, kind: str, column: Term) -> Expression:
    if isinstance(value, list):
        return array(w, value)
    if isinstance(value, int) and column.js == "number" and abs(value) > _EXACT:
        return cast(w, Literal(str(value)), column.type).code  # JavaScript's number would be another
    if _numeric_fits(value, kind, column.type):
        return outside(column.choices, value, _number_for(value, column.js))
    if isinstance(value, str):
        return _text_for(w, value, column)
    if column.type in ("jsonb", "json") and isinstance(value, dict) and value["$"] == "json":
        return document(value["v"]) if value["v"] is not None else cast(w, Literal("null"), "jsonb").code
    if kind == column.type or (kind.startswith("timestamp") and column.type.startswith("timestamp")):
        return plain(value)
    return cast(w, plain(value), kind).code if kind else plain(value)


def _text_for(w: Writer, value: str, column: Term) -> Expression:
    if column.js in ("number", "bigint", "boolean"):
        return cast(w, Literal(value), column.type).code  # a text that PostgreSQL reads as the column's type
    return outside(column.choices, value, Literal(value))


def _number_for(value: Wire, js: str) -> Expression:
    text = value["v"] if isinstance(value, dict) else str(value)
    if js == "bigint":
        return Big(int(text))
    return Literal(text) if js == "string" else plain(value)


def _numeric_fits(value: Wire, kind: str, partner: str) -> bool:
    """Whether text in place of the number is read as a number of the partner's type, with the same meaning."""
    if kind not in _NUMERIC or partner not in _NUMERIC:
        return False
    if partner in ("numeric", "double precision", "real"):
        return not (isinstance(value, dict) and not value["v"].lstrip("-").replace(".", "").isdigit())
    limit = {"smallint": 2**15, "integer": _INT4, "bigint": _INT8}[partner]
    return isinstance(value, int) and -limit <= value < limit


@by_dialect
def argument(w: Writer, value: Wire, partner: str = "") -> Expression:
    """A constant inside an expression; ``partner`` is the type that PostgreSQL would infer for bare text."""
    kind = type_of(value)
    if isinstance(value, list):
        return array(w, value, partner)
    if value is None or not kind:
        return plain(value)
    if kind == partner and kind not in ("boolean", "interval"):
        return plain(value)
    if partner in ("integer", "bigint", "numeric", "double precision") and _numeric_fits(value, kind, partner):
        return plain(value)
    return cast(w, plain(value), kind).code


@by_dialect
def array(w: Writer, values: list[Wire], partner: str = "") -> Expression:
    """An array as PostgreSQL's text of one: the sql template would write a list of parameters."""
    kind = partner if partner.endswith("[]") else type_of(values)
    if not kind:
        raise Untranslatable("an array of mixed values", "PostgreSQL could not tell its type")
    return cast(w, Literal(array_text(values)), kind).code


@by_dialect
def standing(w: Writer, value: Wire) -> Term:
    """A constant on its own, as in the SELECT list; NULL has the type of what it stands beside."""
    if value is None:
        return nothing(w)
    if isinstance(value, list):
        return Term(array(w, value), type_of(value), nullable=False)
    return cast(w, plain(value), type_of(value) or "text", False)


def nothing(w: Writer) -> Term:
    """A bare NULL."""
    return Term(w.constant("nothing"), js="null")


@by_dialect
def cast(w: Writer, code: Expression, type: str, nullable: bool = True) -> Term:
    """``cast(code, "type")``."""
    return Term(w.helper("cast", code, Literal(type)), _SIZE.sub("", type), nullable=nullable)
