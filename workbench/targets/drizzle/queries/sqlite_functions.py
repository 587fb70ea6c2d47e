"""SQLite's functions: the helper that writes each, and its type; and why those of Django's connection have none.

SQLite keeps no functions of its users: any name that is not here is registered by the project's Python code.
"""

from __future__ import annotations

from sqlglot import exp

from workbench.targets.drizzle.queries.functions import FUNCTIONS, Function


def shown(node: exp.Expression) -> str:
    """The node as a diagnostic names it: Django's spelling, parameters as $1."""
    return node.sql("postgres", normalize_functions=False)


_KEPT = (
    *(exp.Abs, exp.Coalesce, exp.Greatest, exp.Least, exp.Length, exp.Lower, exp.Nullif, exp.Replace, exp.Round),
    *(exp.Upper, exp.RowNumber, exp.Rank, exp.DenseRank, exp.Ntile, exp.Lag, exp.Lead, exp.FirstValue, exp.LastValue),
    *(exp.CurrentTimestamp, exp.CurrentDate),
)
NODES: dict[type[exp.Expression], Function] = {kind: FUNCTIONS[kind] for kind in _KEPT}

_REAL = "acos asin atan cos cot degrees pi radians sin tan"
_TEXT = "char concat date datetime hex ltrim rtrim strftime substr time trim lpad repeat reverse rpad"
_WHOLE = "instr unicode"
NAMED: dict[str, Function] = {
    **{name: Function(name, "real") for name in _REAL.split()},
    **{name: Function(name, "text") for name in _TEXT.split()},
    **{name: Function(name, "integer") for name in _WHOLE.split()},
    "atan2": Function("atan2", "real"),
    "bitxor": Function("bitXor", "integer"),
    "ceil": Function("ceil", "numeric"),
    "ceiling": Function("ceil", "numeric"),
    "concat_ws": Function("concatWs", "text"),
    "cume_dist": Function("cumeDist", "real"),
    "exp": Function("exponential", "real"),
    "floor": Function("floor", "numeric"),
    "group_concat": Function("groupConcat", "text"),
    "ifnull": Function("ifNull", ""),
    "json": Function("json", "text"),
    "json_array": Function("jsonArray", "text"),
    "json_array_length": Function("jsonArrayLength", "integer"),
    "json_extract": Function("jsonExtract", ""),
    "json_group_array": Function("jsonGroupArray", "text"),
    "json_object": Function("jsonObject", "text"),
    "json_quote": Function("jsonQuote", "text"),
    "json_type": Function("jsonType", "text"),
    "json_valid": Function("jsonValid", "integer"),
    "ln": Function("naturalLog", "real"),
    "log": Function("log", "real"),
    "mod": Function("mod", "numeric"),
    "nth_value": Function("nthValue", ""),
    "percent_rank": Function("percentRank", "real"),
    "power": Function("power", "real"),
    "quote": Function("quoted", "text"),
    "rand": Function("random", "real"),
    "sign": Function("sign", "integer"),
    "sqrt": Function("sqrt", "real"),
    "total": Function("total", "real"),
    "typeof": Function("typeOf", "text"),
}

_HASH = "SQLite has no hashes: Django computes them in Python"
_SPREAD = "SQLite has no such aggregate: Django computes it in Python, and sums of squares would be rounded otherwise"
REFUSED: dict[str, str] = {
    **dict.fromkeys(("md5", "sha1", "sha224", "sha256", "sha384", "sha512"), _HASH),
    **dict.fromkeys(("stddev_pop", "stddev_samp", "var_pop", "var_samp"), _SPREAD),
    "any_value": "SQLite has no such aggregate: Django computes it in Python",
}
FOREIGN = "SQLite has no such function: the project registers it on its own connection, in Python"
ZONES = "SQLite knows no time zones: Django computes the wall time of {zone} in Python"
