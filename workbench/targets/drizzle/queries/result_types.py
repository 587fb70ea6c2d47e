"""What PostgreSQL's functions and operators give for the types of their operands; "" where it is not known."""

from __future__ import annotations

from workbench.targets.drizzle.queries.functions import Function

WHOLE = ("smallint", "integer", "bigint")
NUMBERS = (*WHOLE, "numeric", "real", "double precision")  # each is converted to those after it
MOMENTS = ("timestamp with time zone", "timestamp without time zone")
TEXTS = ("text", "character varying", "citext")

_BOUNDS = {
    "int4range": "integer",
    "int8range": "bigint",
    "numrange": "numeric",
    "daterange": "date",
    "tsrange": "timestamp without time zone",
    "tstzrange": "timestamp with time zone",
}


def call_type(row: Function, first: str) -> str:
    """The type of a call, given its first argument's."""
    if row.helper in ("lower", "upper") and first in _BOUNDS:
        return _BOUNDS[first]
    if row.type == "=float":  # these exist for numeric and double precision; integers become double precision
        return first if first in ("numeric", "double precision") else _of_integer(row.helper, first)
    if row.type == "=[]":
        return f"{first}[]" if first else ""
    if row.type == "=element":
        return first.removesuffix("[]") if first.endswith("[]") else ""
    return first if row.type == "=" else row.type


def _of_integer(helper: str, first: str) -> str:
    if first in WHOLE:
        return "numeric" if helper in ("stddevPop", "stddevSamp", "varPop", "varSamp") else "double precision"
    return ""


def sum_type(argument: str) -> str:
    """PostgreSQL's sum()."""
    return {"smallint": "bigint", "integer": "bigint", "bigint": "numeric"}.get(argument, argument)


def average_type(argument: str) -> str:
    """PostgreSQL's avg()."""
    return {"real": "double precision", **dict.fromkeys(WHOLE, "numeric")}.get(argument, argument)


def common_type(kinds: list[str]) -> str:
    """What branches of these types are together, as in COALESCE and CASE; "" where one is not known."""
    if not kinds or "" in kinds:
        return ""
    if all(kind in NUMBERS for kind in kinds):
        return max(kinds, key=NUMBERS.index)
    return kinds[0] if len(set(kinds)) == 1 else "text" if all(kind in TEXTS for kind in kinds) else ""


def arithmetic_type(operator: str, left: str, right: str) -> str:
    """The type of ``left operator right``, for numbers, and for dates with intervals."""
    if left in NUMBERS and right in NUMBERS:
        return "double precision" if "real" in (left, right) and left != right else max(left, right, key=NUMBERS.index)
    if (operator, left, right) in _SPANS:
        return _SPANS[operator, left, right]
    if left == right and (left in MOMENTS or left.startswith("time") or left == "interval"):
        return "interval" if operator in ("add", "subtract") else ""
    if "interval" in (left, right) and operator in ("multiply", "divide"):
        return "interval"
    moment = right if left == "interval" else left
    if "interval" in (left, right) and operator in ("add", "subtract"):
        return moment if moment in MOMENTS or moment.startswith("time") else ""
    return ""


_SPANS = {
    ("subtract", "date", "date"): "integer",
    ("add", "date", "integer"): "date",
    ("subtract", "date", "integer"): "date",
    ("add", "date", "interval"): "timestamp without time zone",
    ("add", "interval", "date"): "timestamp without time zone",
    ("subtract", "date", "interval"): "timestamp without time zone",
}
