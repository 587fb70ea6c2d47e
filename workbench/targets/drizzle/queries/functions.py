"""SQL functions: the helper that writes each, its arguments, its type; by sqlglot's class, or by the name in the SQL.

A type beginning with ``=`` is that of the first argument. ``arguments`` are sqlglot's names of them, in SQL's order.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot import exp

INSTANT = "timestamp with time zone"


@dataclass(frozen=True)
class Function:
    """One row: helper, result type, arguments; ``parameter`` is the type of a bare text among the arguments."""

    helper: str
    type: str
    arguments: tuple[str, ...] = ("this",)
    parameter: str = ""


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
    exp.CurrentTimestamp: Function("currentTimestamp", INSTANT, ()),
    exp.CurrentDate: Function("currentDate", "date", ()),
}

_ANGLES = "acos asin atan cos cot degrees radians sin tan"
_SAMPLES = "corr covar_pop covar_samp regr_avgx regr_avgy regr_intercept regr_r2 regr_slope regr_sxx regr_sxy regr_syy"

# by lower-case name; the helper is the name in camel case where it is ""
NAMED: dict[str, Function] = {
    **{name: Function(name, "double precision") for name in _ANGLES.split()},
    **{name: Function("", "double precision") for name in _SAMPLES.split()},
    "atan2": Function("atan2", "double precision"),
    "ln": Function("naturalLog", "=float"),
    "log": Function("log", "=float"),
    "pi": Function("pi", "double precision"),
    "ascii": Function("ascii", "integer"),
    "btrim": Function("trim", "text"),
    "chr": Function("chr", "text", parameter="integer"),
    "ltrim": Function("ltrim", "text"),
    "rtrim": Function("rtrim", "text"),
    "encode": Function("encode", "text"),
    "digest": Function("digest", "bytea"),
    "sha224": Function("sha224", "bytea"),
    "sha256": Function("sha256", "bytea"),
    "sha384": Function("sha384", "bytea"),
    "sha512": Function("sha512", "bytea"),
    "convert_to": Function("", "bytea"),
    "concat": Function("concat", "text"),
    "concat_ws": Function("", "text"),
    "host": Function("host", "text"),
    "gen_random_uuid": Function("randomUuid", "uuid"),
    "statement_timestamp": Function("statementTimestamp", INSTANT),
    "transaction_timestamp": Function("", INSTANT),
    "clock_timestamp": Function("", INSTANT),
    "now": Function("now", INSTANT),
    "cume_dist": Function("cumeDist", "double precision"),
    "percent_rank": Function("percentRank", "double precision"),
    "nth_value": Function("nthValue", "="),
    "regr_count": Function("regrCount", "bigint"),
    "array_agg": Function("arrayAgg", "=[]"),
    "jsonb_agg": Function("jsonbAgg", "jsonb"),
    "json_agg": Function("jsonAgg", "json"),
    "bit_and": Function("bitAndAll", "="),
    "bit_or": Function("bitOrAll", "="),
    "bit_xor": Function("bitXorAll", "="),
    "bool_and": Function("boolAnd", "boolean"),
    "bool_or": Function("boolOr", "boolean"),
    "any_value": Function("anyValue", "="),
    "array_length": Function("arrayLength", "integer"),
    "array_position": Function("arrayPosition", "integer"),
    "cardinality": Function("cardinality", "integer"),
    "unnest": Function("unnest", "=element"),
    "string_to_array": Function("stringToArray", "text[]"),
    "isempty": Function("isEmptyRange", "boolean"),
    "lower_inc": Function("lowerInclusive", "boolean"),
    "lower_inf": Function("lowerInfinite", "boolean"),
    "upper_inc": Function("upperInclusive", "boolean"),
    "upper_inf": Function("upperInfinite", "boolean"),
    "akeys": Function("hstoreKeys", "text[]"),
    "avals": Function("hstoreValues", "text[]"),
    "to_jsonb": Function("toJsonb", "jsonb"),
    "jsonb_build_object": Function("jsonbBuildObject", "jsonb", parameter="text"),
    "jsonb_build_array": Function("jsonbBuildArray", "jsonb", parameter="text"),
    "jsonb_array_length": Function("jsonbArrayLength", "integer"),
    "jsonb_typeof": Function("jsonbTypeof", "text"),
    "jsonb_set": Function("jsonbSet", "jsonb"),
    "jsonb_path_query": Function("jsonbPathQuery", "jsonb"),
    "to_tsvector": Function("toTsvector", "tsvector", parameter="text"),
    "setweight": Function("setweight", "tsvector"),
    "strip": Function("stripWeights", "tsvector"),
    "plainto_tsquery": Function("plaintoTsquery", "tsquery"),
    "phraseto_tsquery": Function("phrasetoTsquery", "tsquery"),
    "to_tsquery": Function("toTsquery", "tsquery"),
    "websearch_to_tsquery": Function("websearchToTsquery", "tsquery"),
    "tsquery_not": Function("tsqueryNot", "tsquery"),
    "ts_rank": Function("tsRank", "real"),
    "ts_rank_cd": Function("tsRankCd", "real"),
    "ts_headline": Function("tsHeadline", "text"),
    "similarity": Function("similarity", "real"),
    "word_similarity": Function("wordSimilarity", "real"),
    "strict_word_similarity": Function("strictWordSimilarity", "real"),
    "unaccent": Function("unaccent", "text"),
}
