"""Parameters and literals of the SQL as TypeScript: bare where the other side decides their type, cast where not.

Django's driver writes parameters into the text as typed literals (10 is an integer, 1.5 numeric); node-postgres sends
text whose type PostgreSQL infers. A cast keeps both the same where inference would choose another type.
"""

from __future__ import annotations

import json
from typing import Any

from sqlglot import exp

from workbench.queries.parse import parameter_number
from workbench.targets.drizzle.queries.terms import Term, Untranslatable, Writer
from workbench.targets.typescript import Array, As, Big, Call, Expression, Literal, Member, Name, Object
from workbench.values import Wire

MISSING = object()
_INT4, _INT8 = 2**31, 2**63
_NUMERIC = ("smallint", "integer", "bigint", "numeric", "double precision", "real")
TYPES = {
    "float": "numeric",  # psycopg writes a float as a number without exponent or type: numeric to PostgreSQL
    "decimal": "numeric",
    "date": "date",
    "time": "time",
    "interval": "interval",
    "uuid": "uuid",
    "json": "jsonb",
    "bytes": "bytea",
}
_POLYMORPHIC_TEXT = ("", "text", "character varying", "citext")


def value_of(w: Writer, node: exp.Expression) -> Any:
    """The wire value of a constant node; MISSING for anything else."""
    if isinstance(node, exp.Paren):
        return value_of(w, node.this)
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
    return ""


def compared(w: Writer, value: Wire, partner: Term) -> Expression:
    """A constant that is compared with ``partner``: a column encodes it, any other side decides its type."""
    kind = type_of(value)
    if partner.column and not partner.type.endswith("[]"):
        return _for_column(w, value, kind, partner)
    if isinstance(value, list):
        return Array(tuple(_plain(item) for item in value)) if partner.column else array(w, value)
    if not kind or partner.type == kind or _numeric_fits(value, kind, partner.type):
        return _plain(value)
    return cast(w, _plain(value), kind).code


def _for_column(w: Writer, value: Wire, kind: str, column: Term) -> Expression:
    if _numeric_fits(value, kind, column.type):
        return _number_for(value, column.js)
    if isinstance(value, str):
        literal = Literal(value)
        return As(literal, "never") if column.choices and value not in column.choices else literal
    if column.type in ("jsonb", "json") and isinstance(value, dict) and value["$"] == "json":
        return document(value["v"]) if value["v"] is not None else cast(w, Literal("null"), "jsonb").code
    if kind == column.type or (kind.startswith("timestamp") and column.type.startswith("timestamp")):
        return _plain(value)
    return cast(w, _plain(value), kind).code if kind else _plain(value)


def _number_for(value: Wire, js: str) -> Expression:
    text = value["v"] if isinstance(value, dict) else str(value)
    if js == "bigint":
        return Big(int(text))
    return Literal(text) if js == "string" else _plain(value)


def _numeric_fits(value: Wire, kind: str, partner: str) -> bool:
    """Whether text in place of the number is read as a number of the partner's type, with the same meaning."""
    if kind not in _NUMERIC or partner not in _NUMERIC:
        return False
    if partner in ("numeric", "double precision", "real"):
        return not (isinstance(value, dict) and not value["v"].lstrip("-").replace(".", "").isdigit())
    limit = {"smallint": 2**15, "integer": _INT4, "bigint": _INT8}[partner]
    return isinstance(value, int) and -limit <= value < limit


def argument(w: Writer, value: Wire, partner: str = "") -> Expression:
    """A constant inside an expression; ``partner`` is the type that PostgreSQL would infer for bare text."""
    kind = type_of(value)
    if isinstance(value, list):
        return array(w, value)
    if value is None or not kind:
        return _plain(value)
    if kind == partner and kind not in ("boolean", "interval"):
        return _plain(value)
    if partner in ("integer", "bigint", "numeric", "double precision") and _numeric_fits(value, kind, partner):
        return _plain(value)
    return cast(w, _plain(value), kind).code


def array(w: Writer, values: list[Wire]) -> Expression:
    """An array as PostgreSQL's text of one: the sql template would write a list of parameters."""
    for kind, type in ((str, "text[]"), (int, "integer[]")):
        if all(isinstance(value, kind) and not isinstance(value, bool) for value in values):
            items = (str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
            return cast(w, Literal("{" + ",".join(f'"{item}"' for item in items) + "}"), type).code
    raise Untranslatable("an array of mixed values", "only arrays of text and of integers are written")


def standing(w: Writer, value: Wire) -> Term:
    """A constant on its own, as in the SELECT list."""
    kind = type_of(value) or "text"
    return cast(w, _plain(value), kind)


def cast(w: Writer, code: Expression, type: str) -> Term:
    """``cast(code, "type")``."""
    return Term(w.helper("cast", code, Literal(type)), type, nullable=True)


def _plain(value: Wire) -> Expression:
    """The JavaScript value that node-postgres writes as the text PostgreSQL reads."""
    if value is None or isinstance(value, (bool, str)):
        return Literal(value)
    if isinstance(value, int):
        return Literal(value)
    if isinstance(value, list):
        return Array(tuple(_plain(item) for item in value))
    write = _WRITERS.get(value["$"])
    if write is None:
        raise Untranslatable(f"a parameter of type {value['v']['type']}" if value["$"] == "other" else value["$"],
                             "it has no exact form in TypeScript")  # fmt: skip
    return write(value["v"])  # type: ignore[no-any-return]


def _float(text: str) -> Expression:
    return (
        Literal(float(text))
        if text not in ("nan", "inf", "-inf")
        else Literal({"nan": "NaN", "inf": "Infinity"}.get(text, "-Infinity"))
    )


def interval_text(microseconds: int) -> str:
    """A timedelta as psycopg writes it: days apart from the time, since a day is not always 24 hours."""
    days, rest = divmod(microseconds, 86_400_000_000)
    seconds, micros = divmod(rest, 1_000_000)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}" + (f".{micros:06}" if micros else "")
    return f"{days} days +{clock}" if days else clock


def document(value: Any) -> Expression:
    """A JSON document as a literal."""
    if isinstance(value, dict):
        return Object(tuple((key, document(item)) for key, item in value.items()))
    if isinstance(value, list):
        return Array(tuple(document(item) for item in value))
    return Literal(value)


_WRITERS: dict[str, Any] = {
    "float": _float,
    "decimal": Literal,
    "datetime": lambda text: Literal(text.replace("T", " ")),
    "date": Literal,
    "time": Literal,
    "interval": lambda micros: Literal(interval_text(micros)),
    "uuid": Literal,
    "json": lambda doc: Literal(json.dumps(doc, ensure_ascii=False)),
    "bytes": lambda text: Call(Member(Name("Buffer"), "from"), (Literal(text), Literal("hex"))),
}
