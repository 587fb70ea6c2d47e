"""What is known of functions by their names: their kinds, which are volatile, which are not functions of one row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlglot import exp

from workbench.equivalence.proof.kinds import UNKNOWN, is_exact_number

_TEXT = (
    *("Upper", "Lower", "Trim", "Substring", "Concat", "DPipe", "Replace"),
    *("SafeConcat", "Left", "Right", "Pad", "Initcap", "ConcatWs"),
)
_BOOL = (
    *("Like", "ILike", "SimilarTo", "RegexpLike", "RegexpILike", "Glob", "StartsWith", "ArrayContainsAll"),
    *("ArrayContainedBy", "ArrayOverlaps", "JSONBContains", "JSONBContainsAnyTopKeys", "JSONBContainsAllTopKeys"),
)

_INT = ("Length", "StrPosition", "Ascii", "Unicode")
_ALWAYS = {**dict.fromkeys(_BOOL, "bool"), **dict.fromkeys(_INT, "int")}
_OF_NUMBERS = ("Abs", "Greatest", "Least", "BitwiseAnd", "BitwiseOr", "BitwiseXor")
_READ_AS_TEXT = frozenset({"text", "?", "null"})


def result_kind(dialect: str, name: str, kinds: Sequence[str]) -> str:
    """The kind of a function's value, from those of its arguments: ``upper`` of a range is no text."""
    if name in _ALWAYS:
        return _ALWAYS[name]
    if name in _TEXT and (dialect == "sqlite" or (kinds and "text" in kinds and set(kinds) <= _OF_TEXTS)):
        return "text"
    if name == "JSONExtractScalar" and dialect == "postgres":
        return "text"
    if name in _OF_NUMBERS and len(set(kinds)) == 1 and is_exact_number(kinds[0]):
        return kinds[0]
    return UNKNOWN


_OF_TEXTS = _READ_AS_TEXT | {"int"}  # left(text, 3), lpad(text, 3, '')

VOLATILE = frozenset(
    [
        *("rand", "random", "randn", "uuid", "gen_random_uuid", "uuid_generate_v1", "uuid_generate_v4", "uuidv4"),
        *("uuidv7", "generate_uuid", "nextvaluefor", "nextval", "currval", "lastval", "setval", "clock_timestamp"),
        *("statement_timestamp", "timeofday", "randomblob", "changes", "total_changes", "last_insert_rowid"),
        *("txid_current", "pg_backend_pid", "pg_sleep", "setseed", "random_normal", "pg_advisory_lock"),
        *("pg_try_advisory_lock",),
    ]
)

# The clock: one value while a statement runs.
MOMENT = frozenset(
    [
        *("now", "transaction_timestamp", "currenttimestamp", "currentdate", "currenttime", "currentdatetime"),
        *("localtime", "localtimestamp", "systimestamp", "utctimestamp", "utcdate", "utctime", "datetime", "date"),
        *("time", "strftime", "julianday", "unixepoch", "age"),
    ]
)

# Written like functions of a row, but aggregates or makers of several rows.
NOT_OF_ONE_ROW = re.compile(
    r".*_?agg$|.*_agg_(strict|unique.*)$|regr_.*|covar_.*|corr|percentile_.*|mode|every|bit_(and|or|xor)|bool_(and|or)"
    r"|any_value|total|group_concat|range_intersect_agg|generate_.*|unnest|.*_each(_text)?|.*array_elements(_text)?"
    r"|.*_object_keys|.*_to_record(set)?|.*_populate_record(set)?|.*_to_table|regexp_matches|jsonb?_path_query|jsonb?_tree"
    r"|explode.*|posexplode.*|explodinggenerateseries|generateseries|flatten|inline|stack|pragma_.*|pg_.*"
    r"|single_value|grouping(_id)?|count|sum|avg|min|max|lag|lead|ntile|rank|dense_rank|row_number|(first|last|nth)_value"
)

DECLINED = (
    *(exp.Query, exp.Window, exp.UDTF, exp.Collate, exp.Order, exp.Ordered, exp.Filter),
    *(exp.WithinGroup, exp.AggFunc, exp.Star, exp.Placeholder, exp.Lambda, exp.Unnest, exp.Tuple),
)
