"""Scalar expressions: each kind of node has one function that writes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from sqlglot import exp

from workbench.targets.drizzle.queries import constants, functions
from workbench.targets.drizzle.queries.constants import MISSING, argument, value_of
from workbench.targets.drizzle.queries.guard import checked
from workbench.targets.drizzle.queries.terms import Scope, Term, Untranslatable
from workbench.targets.drizzle.queries.unsupported import UNSUPPORTED
from workbench.targets.typescript import Array, Expression, Literal, Object

if TYPE_CHECKING:
    from workbench.targets.drizzle.queries.module import Module

Node: TypeAlias = exp.Expression
_TYPE = re.compile(r"[a-z][a-z0-9 ]*(\(\d+(, ?\d+)?\))?( with(out)? time zone)?(\[\])*\Z")
_TEXT = ("text", "character varying")


def scalar(m: Module, node: Node, scope: Scope) -> Term:
    """A node as a term; Untranslatable where it has no form."""
    value = value_of(m.w, node)
    if value is not MISSING:
        return constants.standing(m.w, value)
    write = WRITERS.get(type(node))
    if write is not None:
        checked(node)
        return write(m, node, scope)
    if type(node) in m.conditions:
        return Term(m.w.helper("truth", m.condition(node, scope)), "boolean", "boolean")
    reason = UNSUPPORTED.get(type(node), f"{type(node).__name__} has no Drizzle form yet")
    raise Untranslatable(node.sql("postgres"), reason)


def operand(m: Module, node: Node, scope: Scope, partner: str = "") -> Expression:
    """A node as the argument of a helper."""
    value = value_of(m.w, node)
    return scalar(m, node, scope).code if value is MISSING else argument(m.w, value, partner)


def _column(m: Module, node: Node, scope: Scope) -> Term:
    assert isinstance(node, exp.Column)
    if isinstance(node.this, exp.Star):
        raise Untranslatable(node.sql(), "a star is not one value")
    return scope.find(node.table, node.name)


def _paren(m: Module, node: Node, scope: Scope) -> Term:
    return scalar(m, node.this, scope)


def _cast(m: Module, node: Node, scope: Scope) -> Term:
    to = type_name(node.args["to"])
    value = value_of(m.w, node.this)
    inner = Term(constants.argument(m.w, value, to), "") if value is not MISSING else scalar(m, node.this, scope)
    if to == "text" and inner.column and inner.type in _TEXT:
        return inner  # the same text: neither type pads, trims or folds
    return constants.cast(m.w, inner.code, to)


def type_name(node: exp.DataType) -> str:
    """A type as PostgreSQL names it; only plain names pass into the text of a query."""
    text = node.sql("postgres").lower()
    base, found, rest = text.partition("(")
    text = _TYPE_NAMES.get(base, base) + found + rest
    if not _TYPE.match(text):
        raise Untranslatable(node.sql("postgres"), "this type's name cannot be written safely")
    return text


_TYPE_NAMES = {
    "int": "integer",
    "decimal": "numeric",
    "varchar": "character varying",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "bool": "boolean",
    "char": "character",
}


def _function(m: Module, node: Node, scope: Scope) -> Term:
    row = functions.FUNCTIONS.get(type(node)) or functions.NAMED.get(node.name.upper())
    if row is None:
        raise Untranslatable(node.sql("postgres"), f"the function {node.name} is not in the table of functions")
    return _call(m, row, _arguments(node, row), scope)


def _arguments(node: Node, row: functions.Function) -> list[Node]:
    found: list[Node] = []
    for name in row.arguments:
        part = node.args.get(name)
        found += part if isinstance(part, list) else [part] if part is not None else []
    return found


def _call(m: Module, row: functions.Function, nodes: list[Node], scope: Scope) -> Term:
    terms = [scalar(m, node, scope) if value_of(m.w, node) is MISSING else None for node in nodes]
    known = next((term.type for term in terms if term and term.type), "")
    first = terms[0].type if terms and terms[0] else known
    partner = known if row.type == "=" and row.helper not in ("lag", "lead") else ""
    codes = [
        term.code if term else operand(m, node, scope, partner if i or not terms[0] else first)
        for i, (node, term) in enumerate(zip(nodes, terms, strict=True))
    ]
    nullable = any(term is None or term.nullable for term in terms)
    return Term(m.w.helper(row.helper, *codes), functions.result_type(row, first), nullable=nullable)


def _arithmetic(m: Module, node: Node, scope: Scope) -> Term:
    left, right = _pair(m, node, scope)
    kinds = [_kind(m, side, term) for side, term in ((node.this, left), (node.expression, right))]
    codes = [
        term.code if term else operand(m, side, scope, partner)
        for side, term, partner in ((node.this, left, kinds[1]), (node.expression, right, kinds[0]))
    ]
    nullable = any(term is None or term.nullable for term in (left, right))
    helper = functions.ARITHMETIC[type(node)]
    return Term(m.w.helper(helper, *codes), functions.arithmetic_type(*kinds), nullable=nullable)


def _pair(m: Module, node: Node, scope: Scope) -> tuple[Term | None, Term | None]:
    sides = (node.this, node.expression)
    left, right = (scalar(m, side, scope) if value_of(m.w, side) is MISSING else None for side in sides)
    return left, right


def _kind(m: Module, node: Node, term: Term | None) -> str:
    return term.type if term else constants.type_of(value_of(m.w, node))


def _operator(m: Module, node: Node, scope: Scope) -> Term:
    helper, kind = functions.OPERATORS[type(node)]
    left, right = operand(m, node.this, scope), operand(m, node.expression, scope)
    if helper == "joined":
        left, right = (_text(m, side, code) for side, code in ((node.this, left), (node.expression, right)))
    return Term(m.w.helper(helper, left, right), kind)


def _text(m: Module, node: Node, code: Expression) -> Expression:
    """Two parameters on both sides of || would have no type."""
    return code if value_of(m.w, node) is MISSING else constants.cast(m.w, code, "text").code


def _negative(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    return Term(m.w.helper("negate", inner.code), inner.type, nullable=inner.nullable)


def _extract(m: Module, node: Node, scope: Scope) -> Term:
    return Term(
        m.w.helper("extract", Literal(node.this.name.lower()), scalar(m, node.expression, scope).code), "numeric"
    )


def _zone(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    other = {"timestamp with time zone": "timestamp without time zone"}.get(inner.type, "timestamp with time zone")
    return Term(m.w.helper("atTimeZone", inner.code, operand(m, node.args["zone"], scope)), other)


def _truncated(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    kind = "timestamp without time zone" if inner.type == "timestamp without time zone" else "timestamp with time zone"
    unit = node.args["unit"]
    part = Literal(unit.name.lower()) if isinstance(unit, exp.Var) else operand(m, unit, scope)
    return Term(m.w.helper("dateTrunc", part, inner.code), kind)


def _trim(m: Module, node: Node, scope: Scope) -> Term:
    helper = {"LEADING": "ltrim", "TRAILING": "rtrim"}.get(str(node.args.get("position") or "").upper(), "trim")
    parts = [node.this] + ([node.expression] if node.args.get("expression") else [])
    return Term(m.w.helper(helper, *(operand(m, part, scope) for part in parts)), "text")


def _pad(m: Module, node: Node, scope: Scope) -> Term:
    helper = "lpad" if node.args.get("is_left") else "rpad"
    parts = [node.this, node.expression, *([node.args["fill_pattern"]] if node.args.get("fill_pattern") else [])]
    return Term(m.w.helper(helper, *(operand(m, part, scope) for part in parts)), "text")


def _case(m: Module, node: Node, scope: Scope) -> Term:
    if node.args.get("this") is not None:
        raise Untranslatable(node.sql("postgres"), "CASE with an operand has no form here")
    values = [branch.args["true"] for branch in node.args["ifs"]] + (
        [node.args["default"]] if node.args.get("default") else []
    )
    terms = [scalar(m, value, scope) for value in values if value_of(m.w, value) is MISSING]
    kinds = [t.type for t in terms] or [
        constants.type_of(value_of(m.w, v)) for v in values if value_of(m.w, v) is not None
    ]
    partner = terms[0].type if terms else ""
    branches = [
        Array((m.condition(branch.this, scope), operand(m, branch.args["true"], scope, partner)))
        for branch in node.args["ifs"]
    ]
    rest = [operand(m, node.args["default"], scope, partner)] if node.args.get("default") else []
    kind = kinds[0] if kinds and len(set(kinds)) == 1 else _widest(kinds)
    return Term(m.w.helper("caseWhen", Array(tuple(branches)), *rest), kind or "text" if not terms else kind)


def _widest(kinds: list[str]) -> str:
    kind = kinds[0] if kinds else ""
    for other in kinds[1:]:
        kind = functions.arithmetic_type(kind, other)
    return kind


def _aggregate(m: Module, node: Node, scope: Scope) -> Term:
    inner = node.this
    distinct = isinstance(inner, exp.Distinct)
    if distinct:
        (inner,) = inner.expressions
    name, result = _AGGREGATES[type(node)]
    if distinct and name in ("min", "max"):
        raise Untranslatable(node.sql("postgres"), "Drizzle has no distinct form of it")
    if isinstance(inner, exp.Star):
        return Term(m.w.drizzle("count"), "bigint", "number", nullable=False)
    term = scalar(m, inner, scope)
    js = {"count": "number", "sum": "string", "avg": "string"}.get(name, term.js if term.column else "string")
    argument_code = m.w.helper("outer", term.code) if term.outer and term.column else term.code
    code = m.w.drizzle(name + ("Distinct" if distinct else ""), argument_code)
    return Term(code, result(term.type), js, nullable=name != "count")


_AGGREGATES: dict[type[Node], tuple[str, Callable[[str], str]]] = {
    exp.Count: ("count", lambda _: "bigint"),
    exp.Sum: ("sum", functions.sum_type),
    exp.Avg: ("avg", functions.average_type),
    exp.Min: ("min", lambda kind: kind),
    exp.Max: ("max", lambda kind: kind),
}


def _filter(m: Module, node: Node, scope: Scope) -> Term:
    inner = scalar(m, node.this, scope)
    condition = m.condition(node.expression.this, scope)
    return Term(m.w.helper("filtered", inner.code, condition), inner.type, nullable=inner.nullable)


def _window(m: Module, node: Node, scope: Scope) -> Term:
    if node.args.get("spec") is not None:
        raise Untranslatable(node.sql("postgres"), "a window frame has no form here")
    inner = scalar(m, node.this, scope)
    entries: list[tuple[str, Expression]] = []
    if node.args.get("partition_by"):
        entries.append(("partitionBy", Array(tuple(scalar(m, part, scope).code for part in node.args["partition_by"]))))
    if node.args.get("order") is not None:
        entries.append(("orderBy", Array(tuple(m.ordered(part, scope) for part in node.args["order"].expressions))))
    options = [Object(tuple(entries))] if entries else []
    return Term(m.w.helper("over", inner.code, *options), inner.type, nullable=inner.nullable)


def _subquery(m: Module, node: Node, scope: Scope) -> Term:
    if node.args.get("alias"):
        raise Untranslatable(node.sql("postgres"), "a named subquery is no value")
    built = m.subselect(node.this, scope)
    kind = built.terms[0].type if len(built.terms) == 1 else ""
    return Term(m.w.helper("scalar", built.code), kind)


def _json_object(m: Module, node: Node, scope: Scope) -> Term:
    pairs = [Array((operand(m, pair.this, scope), operand(m, pair.expression, scope))) for pair in node.expressions]
    return Term(m.w.helper("jsonObject", *pairs), "jsonb", nullable=False)


WRITERS: dict[type[Node], Callable[[Module, Node, Scope], Term]] = {
    exp.Column: _column,
    exp.Paren: _paren,
    exp.Cast: _cast,
    exp.Neg: _negative,
    exp.Extract: _extract,
    exp.AtTimeZone: _zone,
    exp.TimestampTrunc: _truncated,
    exp.DateTrunc: _truncated,
    exp.Trim: _trim,
    exp.Pad: _pad,
    exp.Case: _case,
    exp.Filter: _filter,
    exp.Window: _window,
    exp.Subquery: _subquery,
    exp.JSONObject: _json_object,
    exp.Anonymous: _function,
    **dict.fromkeys(functions.FUNCTIONS, _function),
    **dict.fromkeys(functions.ARITHMETIC, _arithmetic),
    **dict.fromkeys(functions.OPERATORS, _operator),
    **dict.fromkeys(_AGGREGATES, _aggregate),
}
