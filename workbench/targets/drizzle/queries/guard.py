"""No part of a node may be overlooked: sqlglot keeps NOT, frames, flags and the like beside a node's operands."""

from __future__ import annotations

from sqlglot import exp

from workbench.targets.drizzle.queries.terms import Untranslatable

_OPERANDS = frozenset({"this", "expression", "expressions"})

# what the writers read besides the operands
READ: dict[type[exp.Expression], frozenset[str]] = {
    exp.AtTimeZone: frozenset({"zone"}),
    exp.Between: frozenset({"low", "high"}),
    exp.Case: frozenset({"ifs", "default"}),
    exp.Cast: frozenset({"to"}),
    exp.Column: frozenset({"table"}),
    exp.DateTrunc: frozenset({"unit"}),
    exp.GroupConcat: frozenset({"separator"}),
    exp.In: frozenset({"query"}),
    exp.Interval: frozenset({"unit"}),
    exp.Is: frozenset({"negate"}),
    exp.JSONArray: frozenset({"return_type", "null_handling"}),
    exp.JSONObject: frozenset({"return_type"}),
    exp.Lag: frozenset({"offset", "default"}),
    exp.Lead: frozenset({"offset", "default"}),
    exp.Like: frozenset({"negate"}),
    exp.Ordered: frozenset({"desc", "nulls_first"}),
    exp.Operator: frozenset({"operator"}),
    exp.Pad: frozenset({"fill_pattern", "is_left"}),
    exp.Repeat: frozenset({"times"}),
    exp.Replace: frozenset({"replacement"}),
    exp.Round: frozenset({"decimals"}),
    exp.StrPosition: frozenset({"substr"}),
    exp.Substring: frozenset({"start", "length"}),
    exp.TimestampTrunc: frozenset({"unit"}),
    exp.Trim: frozenset({"position"}),
    exp.Window: frozenset({"partition_by", "order", "spec"}),
}

# marks of the parser that say how other dialects would print the node, not what it means in PostgreSQL
_MARKS = frozenset(
    {
        "big_int",
        "typed",
        "safe",
        "only_json_types",
        "requires_json",
        "is_nvl",
        "is_null",
        "input_type_preserved",
        "ignore_nulls",  # of GREATEST and LEAST; a window function has a node of its own
        "over",
        "value_constructor",
    }
)


def checked(node: exp.Expression) -> None:
    """Untranslatable where a node holds something that its writer does not read."""
    known = _OPERANDS | READ.get(type(node), frozenset()) | _MARKS
    unread = [name for name, value in node.args.items() if value not in (None, False, []) and name not in known]
    if unread:
        raise Untranslatable(
            node.sql("postgres"), f"the part {unread[0]!r} of this {type(node).__name__} has no form here"
        )
