"""SQL's operators by sqlglot's class: the helper that writes each, and what it gives."""

from __future__ import annotations

from sqlglot import exp

ARITHMETIC: dict[type[exp.Expression], str] = {
    exp.Add: "add",
    exp.Sub: "subtract",
    exp.Mul: "multiply",
    exp.Div: "divide",
    exp.Mod: "modulo",
    exp.BitwiseAnd: "bitAnd",
    exp.BitwiseOr: "bitOr",
    exp.BitwiseXor: "bitXor",
    exp.BitwiseLeftShift: "shiftLeft",
    exp.BitwiseRightShift: "shiftRight",
}

# one helper of two operands: (helper, result type)
OPERATORS: dict[type[exp.Expression], tuple[str, str]] = {
    exp.DPipe: ("joined", "text"),
    exp.JSONExtract: ("jsonGet", "jsonb"),
    exp.JSONExtractScalar: ("jsonText", "text"),
    exp.JSONBExtract: ("jsonPath", "jsonb"),
    exp.JSONBExtractScalar: ("jsonPathText", "text"),
    exp.Distance: ("distance", "real"),
}

# what these mean between ranges, or between texts (trigrams): a condition
BETWEEN_RANGES: dict[type[exp.Expression], str] = {
    exp.BitwiseLeftShift: "entirelyBefore",
    exp.BitwiseRightShift: "entirelyAfter",
}

# conditions that Drizzle has no function for: each a helper of two operands
CONDITIONS: dict[type[exp.Expression], str] = {
    exp.RegexpLike: "matches",
    exp.RegexpILike: "matchesAnyCase",
    exp.ArrayContainsAll: "contains",
    exp.ArrayContainedBy: "containedBy",
    exp.ArrayOverlaps: "overlaps",
    exp.JSONBContainsTopKey: "jsonHasKey",
    exp.JSONBContainsAllTopKeys: "jsonHasAllKeys",
    exp.JSONBContainsAnyTopKeys: "jsonHasAnyKey",
    exp.ExtendsLeft: "extendsNotRightOf",
    exp.ExtendsRight: "extendsNotLeftOf",
    exp.Adjacent: "adjacent",
    exp.NullSafeEQ: "isNotDistinctFrom",
    exp.NullSafeNEQ: "isDistinctFrom",
}
