"""SQL expressions to scalar terms: one small function a construct, chosen by a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlglot import exp

from workbench.equivalence.proof import kinds
from workbench.equivalence.proof.comparison import compare, compare_rows, unify
from workbench.equivalence.proof.context import Context, Scope
from workbench.equivalence.proof.functions import call
from workbench.equivalence.proof.terms import App, Const, Expr, Param, Unsupported, boolean, negate, same

Lower = Callable[[Context, Any, Scope], Expr]


def lower(ctx: Context, node: exp.Expr, scope: Scope) -> Expr:
    """The scalar meaning of a node; ``Unsupported`` where it has none here."""
    found = scope.override(node) if scope.override else None
    if found is not None:
        return found
    if node.args.get("negate"):
        return negate(truth(ctx, _positive(node), scope))
    rule = RULES.get(type(node))
    if rule is not None:
        _require_read(node)
        return rule(ctx, node, scope)
    return call(ctx, node, lambda part: lower(ctx, part, scope))


def _positive(node: exp.Expr) -> exp.Expr:
    """The node without its NOT (sqlglot keeps IS NOT and NOT LIKE as a flag); nested queries keep their names."""
    positive = node.copy()
    positive.set("negate", None)
    return positive


_READ_ARGS: dict[type[exp.Expr], frozenset[str]] = {
    exp.Column: frozenset({"table"}),
    exp.Literal: frozenset({"is_string"}),
    exp.Alias: frozenset({"alias"}),
    exp.Between: frozenset({"low", "high", "symmetric"}),
    exp.In: frozenset({"query"}),
    exp.Case: frozenset({"ifs", "default"}),
    exp.If: frozenset({"true", "false"}),
}
_QUERIES = (exp.Subquery, exp.Select, exp.Exists)


def _require_read(node: exp.Expr) -> None:
    """A part of a node that its rule does not read would be lost: decline it."""
    known = _READ_ARGS.get(type(node), frozenset()) | {"this", "expression", "expressions"}
    lost = sorted(k for k, v in node.args.items() if v and k not in known)
    if lost and not isinstance(node, _QUERIES):
        raise Unsupported(f"{node.key} with {', '.join(lost)}")


def column(ctx: Context, node: exp.Column, scope: Scope) -> Expr:
    """A resolved name."""
    return scope.find(node.table, node.name)


def literal(ctx: Context, node: exp.Literal, scope: Scope) -> Expr:
    """Numbers keep their scale; a number with an exponent is a float in SQLite and unknown here."""
    text = str(node.this)
    if node.is_string:
        return Const(text, "text")
    if text.isdigit():
        return Const(int(text), "int")
    whole, _, fraction = text.partition(".")
    if ctx.dialect == "sqlite" or not (whole + fraction).isdigit():
        return Const(text, "float")
    return Const(text, kinds.number(len(fraction)))


def parameter(ctx: Context, node: exp.Parameter, scope: Scope) -> Expr:
    """A parameter is any value, NULL included."""
    return Param(node.name, "?")


def both(op: str) -> Lower:
    """AND and OR, flattened one level at a time."""
    return lambda ctx, node, scope: boolean(op, truth(ctx, node.this, scope), truth(ctx, node.expression, scope))


def truth(ctx: Context, node: exp.Expr, scope: Scope) -> Expr:
    """A node where a condition stands. SQLite's numbers are true unless zero."""
    value = lower(ctx, node, scope)
    if value.kind in ("bool", "null"):
        return value if value.kind == "bool" else Const(None, "bool")
    if value.kind == "?" and isinstance(value, App | Param):
        return unify(value, Const(True, "bool"))[0]
    if ctx.dialect == "sqlite" and value.kind == "int":
        return negate(compare("eq", value, Const(0, "int")))
    raise Unsupported(f"a {value.kind} stands where a condition is expected")


def comparison(op: str, swap: bool = False, negated: bool = False) -> Lower:
    """<, <=, =, turned so that only ``eq``, ``lt`` and ``le`` remain; row values compare column by column."""

    def rule(ctx: Context, node: exp.Binary, scope: Scope) -> Expr:
        quantified = node.expression
        if isinstance(quantified, exp.Any | exp.All):
            return nested("quantified")(ctx, node, scope)
        left, right = (node.expression, node.this) if swap else (node.this, node.expression)
        result = compare_rows(op, _row(ctx, left, scope), _row(ctx, right, scope))
        return negate(result) if negated else result

    return rule


def _row(ctx: Context, node: exp.Expr, scope: Scope) -> tuple[Expr, ...]:
    node = node.unnest()
    if isinstance(node, exp.Tuple):
        return tuple(lower(ctx, part, scope) for part in node.expressions)
    return (lower(ctx, node, scope),)


def distinct_from(negated: bool) -> Lower:
    """IS [NOT] DISTINCT FROM."""

    def rule(ctx: Context, node: exp.Binary, scope: Scope) -> Expr:
        result = same(*unify(lower(ctx, node.this, scope), lower(ctx, node.expression, scope)))
        return negate(result) if negated else result

    return rule


def is_(ctx: Context, node: exp.Is, scope: Scope) -> Expr:
    """IS NULL, IS TRUE, IS FALSE; SQLite's IS between values is IS NOT DISTINCT FROM."""
    right = node.expression
    if isinstance(right, exp.Null):
        return boolean("isnull", lower(ctx, node.this, scope))
    if isinstance(right, exp.Boolean):
        value = truth(ctx, node.this, scope)
        return boolean("istrue", value if right.this else negate(value))
    return same(*unify(lower(ctx, node.this, scope), lower(ctx, right, scope)))


def between(ctx: Context, node: exp.Between, scope: Scope) -> Expr:
    """low <= x AND x <= high; SYMMETRIC is declined."""
    if node.args.get("symmetric"):
        raise Unsupported("BETWEEN SYMMETRIC")
    value, low, high = (lower(ctx, node.args[k], scope) for k in ("this", "low", "high"))
    return boolean("and", compare("le", low, value), compare("le", value, high))


def in_(ctx: Context, node: exp.In, scope: Scope) -> Expr:
    """x IN (list) is an OR of equalities; over a query see ``subqueries``."""
    if node.args.get("query") is not None:
        return nested("in_query")(ctx, node, scope)
    if not node.expressions:
        raise Unsupported("IN over an array or an empty list")
    row = _row(ctx, node.this, scope)
    found = [compare_rows("eq", row, _row(ctx, item, scope)) for item in node.expressions]
    return found[0] if len(found) == 1 else boolean("or", *found)


def case(ctx: Context, node: exp.Case, scope: Scope) -> Expr:
    """CASE, the short form spelled out; branches in order."""
    parts: list[Expr] = []
    subject = node.args.get("this")
    for branch in node.args["ifs"]:
        if subject is None:
            parts.append(truth(ctx, branch.this, scope))
        else:
            parts.append(compare("eq", lower(ctx, subject, scope), lower(ctx, branch.this, scope)))
        parts.append(lower(ctx, branch.args["true"], scope))
    default = node.args.get("default")
    parts.append(lower(ctx, default, scope) if default is not None else Const(None, "null"))
    return cases(parts)


def cases(parts: list[Expr]) -> Expr:
    """CASE of condition, value, …, default, its values brought to one kind."""
    values = align([*parts[1::2], parts[-1]] if len(parts) % 2 else parts[1::2])
    conditions = parts[0:-1:2]
    mixed = [p for pair in zip(conditions, values[:-1], strict=True) for p in pair]
    return App("case", (*mixed, values[-1]), values[-1].kind)


def align(values: list[Expr]) -> list[Expr]:
    """Values brought to their common kind; mixed kinds are declined."""
    kind = kinds.joined([v.kind for v in values])
    if kind.startswith("mixed") or (
        kind == "numeric" and any(v.kind != "numeric" for v in values if v.kind not in ("null", "?"))
    ):
        texts = [v for v in values if v.kind == "text" and isinstance(v, Const)]
        others = kinds.joined([v.kind for v in values if v not in texts])
        if not texts or others.startswith("mixed") or others == "numeric":
            raise Unsupported(f"values of kinds {kind} in one expression")
        kind = others
    anchor = next((v for v in values if v.kind == kind), Const(None, kind))
    return [unify(v, anchor)[0] for v in values]


def coalesce(ctx: Context, node: exp.Coalesce, scope: Scope) -> Expr:
    """The first value that is not NULL."""
    values = align([lower(ctx, part, scope) for part in (node.this, *node.expressions)])
    parts: list[Expr] = []
    for value in values[:-1]:
        parts += [negate(boolean("isnull", value)), value]
    return cases([*parts, values[-1]]) if parts else values[0]


def nullif(ctx: Context, node: exp.Nullif, scope: Scope) -> Expr:
    """CASE WHEN a = b THEN NULL ELSE a."""
    left, right = unify(lower(ctx, node.this, scope), lower(ctx, node.expression, scope))
    return cases([compare("eq", left, right), Const(None, left.kind), left])


def if_(ctx: Context, node: exp.If, scope: Scope) -> Expr:
    """SQLite's iif()."""
    default = node.args.get("false")
    other = lower(ctx, default, scope) if default is not None else Const(None, "null")
    return cases([truth(ctx, node.this, scope), lower(ctx, node.args["true"], scope), other])


def ctx_subqueries() -> Any:
    """The rules over nested queries; imported late since they lower whole queries, which lower expressions."""
    from workbench.equivalence.proof import subqueries

    return subqueries


def nested(name: str) -> Lower:
    """A rule of ``subqueries``."""
    return lambda ctx, node, scope: getattr(ctx_subqueries(), name)(ctx, node, scope)


RULES: dict[type[exp.Expr], Lower] = {
    exp.Column: column,
    exp.Literal: literal,
    exp.Boolean: lambda ctx, node, scope: Const(bool(node.this), "bool"),
    exp.Null: lambda ctx, node, scope: Const(None, "null"),
    exp.Parameter: parameter,
    exp.Paren: lambda ctx, node, scope: lower(ctx, node.this, scope),
    exp.Alias: lambda ctx, node, scope: lower(ctx, node.this, scope),
    exp.And: both("and"),
    exp.Or: both("or"),
    exp.Not: lambda ctx, node, scope: negate(truth(ctx, node.this, scope)),
    exp.EQ: comparison("eq"),
    exp.NEQ: comparison("eq", negated=True),
    exp.LT: comparison("lt"),
    exp.LTE: comparison("le"),
    exp.GT: comparison("lt", swap=True),
    exp.GTE: comparison("le", swap=True),
    exp.NullSafeEQ: distinct_from(negated=False),
    exp.NullSafeNEQ: distinct_from(negated=True),
    exp.Is: is_,
    exp.Between: between,
    exp.In: in_,
    exp.Case: case,
    exp.Coalesce: coalesce,
    exp.Nullif: nullif,
    exp.If: if_,
    exp.Exists: nested("exists"),
    exp.Subquery: nested("scalar"),
    exp.Select: nested("scalar"),
}
