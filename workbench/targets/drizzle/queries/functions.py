"""SQL functions by sqlglot's class (or PostgreSQL's name): the helper that writes each, its arguments, its type.

A type beginning with ``=`` is that of the first argument. ``arguments`` are sqlglot's names of them, in SQL's order.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp


@dataclass(frozen=True)
class Function:
    """One row: helper, result type, arguments."""

    helper: str
    type: str
    arguments: tuple[str, ...] = ("this",)


FUNCTIONS: dict[type[exp.Expression], Function] = {
    exp.Abs: Function("abs", "="),
    exp.Ceil: Function("ceil", "=float"),
    exp.Coalesce: Function("coalesce", "=", ("this", "expressions")),
    exp.Exp: Function("exponential", "=float"),
    exp.Floor: Function("floor", "=float"),
    exp.Greatest: Function("greatest", "=", ("this", "expressions")),
    exp.Least: Function("least", "=", ("this", "expressions")),
    exp.Left: Function("leftPart", "text", ("this", "expression")),
    exp.Length: Function("length", "integer"),
    exp.Lower: Function("lower", "text"),
    exp.MD5: Function("md5", "text"),
    exp.Nullif: Function("nullIf", "=", ("this", "expression")),
    exp.Pow: Function("power", "=float", ("this", "expression")),
    exp.Rand: Function("random", "double precision", ()),
    exp.Repeat: Function("repeat", "text", ("this", "times")),
    exp.Replace: Function("replace", "text", ("this", "expression", "replacement")),
    exp.Reverse: Function("reverse", "text"),
    exp.Right: Function("rightPart", "text", ("this", "expression")),
    exp.Round: Function("round", "=float", ("this", "decimals")),
    exp.Sign: Function("sign", "=float"),
    exp.Sqrt: Function("sqrt", "=float"),
    exp.StrPosition: Function("strpos", "integer", ("this", "substr")),
    exp.Substring: Function("substr", "text", ("this", "start", "length")),
    exp.Upper: Function("upper", "text"),
    exp.RowNumber: Function("rowNumber", "bigint", ()),
    exp.Rank: Function("rank", "bigint", ("expressions",)),
    exp.DenseRank: Function("denseRank", "bigint", ("expressions",)),
    exp.Ntile: Function("ntile", "integer", ("this",)),
    exp.Lag: Function("lag", "=", ("this", "offset", "default")),
    exp.Lead: Function("lead", "=", ("this", "offset", "default")),
    exp.FirstValue: Function("firstValue", "="),
    exp.LastValue: Function("lastValue", "="),
    exp.StddevPop: Function("stddevPop", "=float"),
    exp.StddevSamp: Function("stddevSamp", "=float"),
    exp.VariancePop: Function("varPop", "=float"),
    exp.Variance: Function("varSamp", "=float"),
}

NAMED: dict[str, Function] = {
    "STATEMENT_TIMESTAMP": Function("statementTimestamp", "timestamp with time zone", ()),
}

ARITHMETIC: dict[type[exp.Expression], str] = {
    exp.Add: "add",
    exp.Sub: "subtract",
    exp.Mul: "multiply",
    exp.Div: "divide",
    exp.Mod: "modulo",
    exp.BitwiseAnd: "bitAnd",
    exp.BitwiseOr: "bitOr",
}

# operators that are one helper of two operands: (helper, result type)
OPERATORS: dict[type[exp.Expression], tuple[str, str]] = {
    exp.DPipe: ("joined", "text"),
    exp.JSONExtract: ("jsonGet", "jsonb"),
    exp.JSONExtractScalar: ("jsonText", "text"),
    exp.JSONBExtract: ("jsonPath", "jsonb"),
    exp.JSONBExtractScalar: ("jsonPathText", "text"),
}

# conditions that Drizzle has no function for: each a helper of two operands
CONDITIONS: dict[type[exp.Expression], str] = {
    exp.RegexpLike: "matches",
    exp.RegexpILike: "matchesAnyCase",
    exp.ArrayContainsAll: "jsonContains",
    exp.JSONBContainsTopKey: "jsonHasKey",
}

_WHOLE = ("smallint", "integer", "bigint")


def result_type(row: Function, first: str) -> str:
    """The type of a call, given its first argument's."""
    if row.type == "=float":  # these exist for numeric and double precision; integers become double precision
        return first if first in ("numeric", "double precision") else _of_integer(row.helper, first)
    return first if row.type == "=" else row.type


def _of_integer(helper: str, first: str) -> str:
    if first in _WHOLE:
        return "numeric" if helper in ("stddevPop", "stddevSamp", "varPop", "varSamp") else "double precision"
    return ""


def sum_type(argument: str) -> str:
    """PostgreSQL's sum()."""
    return {"smallint": "bigint", "integer": "bigint", "bigint": "numeric"}.get(argument, argument)


def average_type(argument: str) -> str:
    """PostgreSQL's avg()."""
    return "numeric" if argument in _WHOLE else argument


def arithmetic_type(left: str, right: str) -> str:
    """The type of ``left op right``, for numbers, and for dates with intervals."""
    order = ("smallint", "integer", "bigint", "numeric", "real", "double precision")
    if left in order and right in order:
        return max(left, right, key=order.index)
    moments = ("timestamp with time zone", "timestamp without time zone")
    if left in moments and right == "interval":
        return left
    if left == right and (left in moments or left == "interval"):
        return "interval"
    return ""
