"""What Django can write that has no Drizzle form here, each with the reason; a test proves that nothing is missing."""

from __future__ import annotations

from sqlglot import exp

_TRIGONOMETRY = "a function no project of ours uses; write it as a sql template"
_WINDOW = "it has no helper yet; write the window as a sql template"

UNSUPPORTED: dict[type[exp.Expression], str] = {
    exp.Acos: _TRIGONOMETRY,
    exp.Asin: _TRIGONOMETRY,
    exp.Atan: _TRIGONOMETRY,
    exp.Atan2: _TRIGONOMETRY,
    exp.Cos: _TRIGONOMETRY,
    exp.Cot: _TRIGONOMETRY,
    exp.Degrees: _TRIGONOMETRY,
    exp.Pi: _TRIGONOMETRY,
    exp.Radians: _TRIGONOMETRY,
    exp.Sin: _TRIGONOMETRY,
    exp.Tan: _TRIGONOMETRY,
    exp.Ln: "its base differs between dialects; write it as a sql template",
    exp.Log: "its base differs between dialects; write it as a sql template",
    exp.CumeDist: _WINDOW,
    exp.NthValue: _WINDOW,
    exp.PercentRank: _WINDOW,
    exp.IgnoreNulls: _WINDOW,
    exp.ArrayAgg: "its order and filter need a template of their own",
    exp.GroupConcat: "its order and separator need a template of their own",
    exp.Ascii: "it has no helper yet",
    exp.BitwiseAndAgg: "it has no helper yet",
    exp.BitwiseOrAgg: "it has no helper yet",
    exp.BitwiseXorAgg: "it has no helper yet",
    exp.LogicalAnd: "it has no helper yet",
    exp.LogicalOr: "it has no helper yet",
    exp.Array: "Drizzle encodes arrays only as values of array columns",
    exp.Collate: "a collation's name cannot be written safely",
    exp.SHA: "PostgreSQL writes it with encode() and convert_to()",
    exp.SHA2: "PostgreSQL writes it with encode() and convert_to()",
    exp.Encode: "PostgreSQL writes it with convert_to()",
    exp.Chr: "it has no helper yet",
    exp.Unicode: "it has no helper yet",
    exp.Interval: "Django writes durations as parameters",
    exp.BitwiseXor: "it has no helper yet",
    exp.BitwiseLeftShift: "it has no helper yet",
    exp.BitwiseRightShift: "it has no helper yet",
    exp.NullSafeEQ: "Drizzle has no IS NOT DISTINCT FROM",
    exp.NullSafeNEQ: "Drizzle has no IS DISTINCT FROM",
    exp.Star: "a star is not one value",
    exp.Tuple: "Drizzle compares no rows of several columns",
    exp.JSONArray: "it has no helper yet",
    exp.JSONBContainsAllTopKeys: "arrays of keys have no helper yet",
    exp.JSONBContainsAnyTopKeys: "arrays of keys have no helper yet",
    exp.ArrayContainedBy: "it has no helper yet",
    exp.ArrayOverlaps: "it has no helper yet",
}
