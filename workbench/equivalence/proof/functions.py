"""Arithmetic where it is exact, casts that keep their value, and every other function as an unknown one."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.comparison import unify
from workbench.equivalence.proof.context import Context
from workbench.equivalence.proof.terms import App, Const, Expr, Unsupported, negate

OVERFLOW = "arithmetic does not overflow (an overflow is an error, not a row)"
NO_NAN = "numeric columns hold no NaN"

Part = Callable[[exp.Expr], Expr]

_ARITHMETIC: dict[type[exp.Expr], str] = {exp.Add: "add", exp.Sub: "sub", exp.Mul: "mul"}
_TEXT = (
    "Upper",
    "Lower",
    "Trim",
    "Substring",
    "Concat",
    "DPipe",
    "Replace",
    "SafeConcat",
    "Left",
    "Right",
    "Pad",
    "Initcap",
    "ConcatWs",
)
_BOOL = (
    *("Like", "ILike", "SimilarTo", "RegexpLike", "RegexpILike", "Glob", "StartsWith", "ArrayContainsAll"),
    *("ArrayContainedBy", "ArrayOverlaps", "JSONBContains", "JSONBContainsAnyTopKeys", "JSONBContainsAllTopKeys"),
)
_INT = ("Length", "Extract", "StrPosition", "Ascii", "Unicode", "BitwiseAnd", "BitwiseOr", "BitwiseXor")
RESULT = {**dict.fromkeys(_TEXT, "text"), **dict.fromkeys(_BOOL, "bool"), **dict.fromkeys(_INT, "int")}
VOLATILE = frozenset(
    [
        "rand",
        "random",
        "randn",
        "uuid",
        "gen_random_uuid",
        "uuid_generate_v1",
        "uuid_generate_v4",
        "uuidv4",
        "uuidv7",
        "generate_uuid",
        "nextvaluefor",
        "nextval",
        "currval",
        "lastval",
        "setval",
        "clock_timestamp",
        "statement_timestamp",
        "timeofday",
        "randomblob",
        "changes",
        "total_changes",
        "last_insert_rowid",
        "txid_current",
        "pg_backend_pid",
        "pg_sleep",
        "setseed",
        "random_normal",
        "pg_advisory_lock",
        "pg_try_advisory_lock",
    ]
)
# The clock: one value while a statement runs.
MOMENT = frozenset(
    [
        "now",
        "transaction_timestamp",
        "currenttimestamp",
        "currentdate",
        "currenttime",
        "currentdatetime",
        "localtime",
        "localtimestamp",
        "systimestamp",
        "utctimestamp",
        "utcdate",
        "utctime",
        "datetime",
        "date",
        "time",
        "strftime",
        "julianday",
        "unixepoch",
        "age",
    ]
)
# Written like functions of a row, but aggregates or makers of several rows.
_NOT_OF_ONE_ROW = re.compile(
    r".*_?agg$|.*_agg_(strict|unique.*)$|regr_.*|covar_.*|corr|percentile_.*|mode|every|bit_(and|or|xor)|bool_(and|or)"
    r"|any_value|total|group_concat|range_intersect_agg|generate_.*|unnest|.*_each(_text)?|.*array_elements(_text)?"
    r"|.*_object_keys|.*_to_record(set)?|.*_populate_record(set)?|.*_to_table|regexp_matches|jsonb?_path_query|jsonb?_tree"
    r"|explode.*|posexplode.*|explodinggenerateseries|generateseries|flatten|inline|stack|pragma_.*|pg_.*"
    r"|single_value|grouping(_id)?|count|sum|avg|min|max|lag|lead|ntile|rank|dense_rank|row_number|(first|last|nth)_value"
)
_DECLINED = (
    exp.Query,
    exp.Window,
    exp.UDTF,
    exp.Collate,
    exp.Order,
    exp.Ordered,
    exp.Filter,
    exp.WithinGroup,
    exp.AggFunc,
    exp.Star,
    exp.Placeholder,
    exp.Lambda,
    exp.Unnest,
    exp.Tuple,
)


def call(ctx: Context, node: exp.Expr, part: Part) -> Expr:
    """The meaning of an operator or function that has no rule of its own."""
    if type(node) in (*_ARITHMETIC, exp.Neg) and {k for k, v in node.args.items() if v} - {"this", "expression"}:
        raise Unsupported(f"{node.key} with options")
    if type(node) in _ARITHMETIC:
        return arithmetic(ctx, _ARITHMETIC[type(node)], part(node.this), part(node.expression))
    if isinstance(node, exp.Neg):
        return arithmetic(ctx, "sub", Const(0, "int"), part(node.this))
    if isinstance(node, exp.Div):
        return divide(ctx, part(node.this), part(node.expression))
    if isinstance(node, exp.Cast):
        return cast(ctx, node, part(node.this))
    return unknown(ctx, node, part)


def arithmetic(ctx: Context, op: str, left: Expr, right: Expr) -> Expr:
    """+, - and * on integers and fixed decimals, exact while nothing overflows; else an unknown function."""
    left, right = unify(left, right)
    if not (kinds.is_exact_number(left.kind) and kinds.is_exact_number(right.kind)):
        kind = left.kind if left.kind == right.kind else "?"
        return App(f"fn {op} {left.kind} {right.kind}", (left, right), kind)
    ctx.assume(OVERFLOW)
    if "int" not in (left.kind, right.kind):
        ctx.assume(NO_NAN)
    scales = kinds.scale_of(left.kind), kinds.scale_of(right.kind)
    return App(op, (left, right), kinds.number(sum(scales) if op == "mul" else max(scales)))


def divide(ctx: Context, left: Expr, right: Expr) -> Expr:
    """Integer division is known for constants only (both databases truncate); the rest is an unknown function."""
    left, right = unify(left, right)
    ctx.assume("no expression raises an error (division by zero, a cast that fails)")
    if left.kind == right.kind == "int":
        if isinstance(left, Const) and isinstance(right, Const) and left.value is not None and right.value:
            quotient = abs(int(left.value)) // abs(int(right.value))
            return Const(quotient if (int(left.value) < 0) == (int(right.value) < 0) else -quotient, "int")
        return App("fn divide int", (left, right), "int")
    numeric = "numeric" if kinds.is_exact_number(left.kind) and kinds.is_exact_number(right.kind) else left.kind
    return App(f"fn divide {left.kind} {right.kind}", (left, right), numeric)


def cast(ctx: Context, node: exp.Cast, value: Expr) -> Expr:
    """A cast that keeps the value is none; text literals are read; all others are unknown functions."""
    to = node.to
    if [k for k, v in node.args.items() if v and k not in ("this", "to")] or type(node) is not exp.Cast:
        raise Unsupported("a cast with options")
    kind = kinds.kind_of(to.sql(ctx.dialect), ctx.dialect)
    bounded = to.this in (exp.DataType.Type.VARCHAR, exp.DataType.Type.CHAR, exp.DataType.Type.NCHAR) and to.expressions
    if isinstance(value, Const) and value.value is None:
        return Const(None, kind)
    if ctx.dialect == "postgres" and isinstance(value, Const) and value.kind == "text" and kind != "text":
        read = kinds.literal(str(value.value), kind)
        return Const(str(value.value) if read is None else read, kind)
    if (
        value.kind == kind
        and not bounded
        and ctx.dialect == "postgres"
        and kind not in ("float", "timestamp", "timestamptz", "time")
    ):
        if kind == "int":
            ctx.assume(OVERFLOW)
        return value
    if value.kind == "?" and not bounded:
        return unify(value, Const(None, kind))[0]
    ctx.assume("no expression raises an error (division by zero, a cast that fails)")
    return App(f"fn cast {value.kind} to {to.sql(ctx.dialect).lower()}", (value,), kind)


def unknown(ctx: Context, node: exp.Expr, part: Part) -> Expr:
    """A function of its arguments alone, known by its name and its written options; volatile ones are declined."""
    if isinstance(node, _DECLINED):
        raise Unsupported(f"{node.key} is not read here")
    name = (node.name if isinstance(node, exp.Anonymous) else type(node).__name__).lower()
    if name in VOLATILE:
        raise Unsupported(f"{name}() gives another value at each call")
    if _NOT_OF_ONE_ROW.fullmatch(name):
        raise Unsupported(f"{name}() is not a function of one row")
    if name in MOMENT:
        ctx.assume("both queries run at the same moment")
    if isinstance(node, exp.Escape):
        return escaped(node, part)
    if isinstance(node, exp.Anonymous):
        ctx.assume(f"{name}() yields one value, the same for the same arguments")
    args: list[Expr] = []
    shape = _shape(node, part, args)
    return App("fn " + shape, tuple(args), RESULT.get(type(node).__name__, "?"))


def escaped(node: exp.Escape, part: Part) -> Expr:
    """x LIKE pattern ESCAPE c is a function of all three, not of what LIKE alone would answer."""
    like = node.this
    negated = like.args.get("negate") or isinstance(like, exp.Not)
    like = like.this if isinstance(like, exp.Not) else like
    if not isinstance(like, exp.Like | exp.ILike | exp.SimilarTo):
        raise Unsupported("ESCAPE outside LIKE")
    args = tuple(part(e) for e in (like.this, like.expression, node.expression))
    found = App(f"fn {type(like).__name__} escape {' '.join(a.kind for a in args)}", args, "bool")
    return negate(found) if negated else found


def _shape(node: exp.Expr, part: Part, args: list[Expr]) -> str:
    """The written form with argument places numbered; nested expressions are collected into ``args``."""
    words = [node.name.lower() if isinstance(node, exp.Anonymous) else type(node).__name__]
    for key, value in sorted(node.args.items()):
        if isinstance(node, exp.Anonymous) and key == "this":
            continue
        items = value if isinstance(value, list) else [value]
        words += [f"{key}={_item(item, part, args)}" for item in items if item not in (None, False)]
    return " ".join(words)


def _item(item: object, part: Part, args: list[Expr]) -> str:
    if isinstance(item, exp.Var | exp.DataType | exp.Identifier | exp.Interval | exp.IntervalSpan):
        return item.sql().lower()
    if isinstance(item, exp.Expr):
        args.append(part(item))
        return f"#{len(args)}:{args[-1].kind}"
    return repr(item)
