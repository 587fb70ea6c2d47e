"""Rules on scalar expressions. Each keeps the value under three-valued logic, or checks its condition."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from sqlglot import exp

from workbench.catalog.ddl_types import canonical_type
from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.walking import find_all

Rule: TypeAlias = Callable[[exp.Expr, Facts], exp.Expr | None]

_SMALL_INTEGER = re.compile(r"-?[0-9]{1,4}")  # fits every integer type
_NEGATED: dict[type[exp.Expr], type[exp.Binary]] = {
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
    exp.LT: exp.GTE,
    exp.GTE: exp.LT,
    exp.GT: exp.LTE,
    exp.LTE: exp.GT,
}


def parentheses(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """(x) is x: the tree already holds the order of operations."""
    return node.this if isinstance(node, exp.Paren) else None


def push_not(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """NOT moves inwards: De Morgan, the opposite comparison, NOT NOT x; all exact in three-valued logic."""
    inner = node.this
    if isinstance(inner, exp.Not):
        doubled: exp.Expr = inner.this
        return doubled
    if isinstance(inner, exp.Boolean):
        return exp.Boolean(this=not inner.this)
    if type(inner) in _NEGATED and not isinstance(inner.expression, (exp.Any, exp.All)):
        return _NEGATED[type(inner)](this=inner.this, expression=inner.expression)
    if isinstance(inner, (exp.And, exp.Or)):
        other = exp.Or if isinstance(inner, exp.And) else exp.And
        left, right = (_negate(part, facts) for part in (inner.this, inner.expression))
        return other(this=left, expression=right)
    return None


def _negate(node: exp.Expr, facts: Facts) -> exp.Expr:
    negation = exp.Not(this=node)
    return push_not(negation, facts) or negation


def between(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x BETWEEN a AND b is x >= a AND x <= b."""
    if node.args.get("symmetric"):
        return None
    low = exp.GTE(this=node.this, expression=node.args["low"])
    return exp.And(this=low, expression=exp.LTE(this=node.this.copy(), expression=node.args["high"]))


def in_list(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x IN (a, b) is x = a OR x = b, as the standard defines it."""
    if not node.expressions or node.args.get("query") or isinstance(node.this, exp.Tuple):
        return None
    return _any_of(node.this, node.expressions)


def any_array(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x = ANY(ARRAY[a, b]) is x = a OR x = b."""
    array = node.expression.this.unnest() if isinstance(node.expression, exp.Any) else None
    if not isinstance(array, exp.Array) or not array.expressions:
        return None
    return _any_of(node.this, array.expressions)


def _any_of(subject: exp.Expr, values: list[exp.Expr]) -> exp.Expr:
    unique = list(dict.fromkeys(values))
    result: exp.Expr = exp.EQ(this=subject.copy(), expression=unique[0])
    for value in unique[1:]:
        result = exp.Or(this=result, expression=exp.EQ(this=subject.copy(), expression=value))
    return result


def equals_true(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x = TRUE is x, x = FALSE is NOT x, for a PostgreSQL boolean x (in SQLite 2 is true and not = TRUE)."""
    if facts.dialect != "postgres":
        return None
    for value, other in ((node.this, node.expression), (node.expression, node.this)):
        if isinstance(value, exp.Boolean):
            same = value.this == isinstance(node, exp.EQ)
            return other if same else _negate(other, facts)
    return None


def is_not_null(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x IS NULL is FALSE where a constraint keeps x from being NULL and no outer join pads it."""
    if isinstance(node.expression, exp.Null) and facts.not_null(node.this):
        return exp.Boolean(this=False)
    return None


def distinct_from(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """IS [NOT] DISTINCT FROM is a plain comparison where neither side can be NULL."""
    if facts.not_null(node.this) and facts.not_null(node.expression):
        other = exp.EQ if isinstance(node, exp.NullSafeEQ) else exp.NEQ
        return other(this=node.this, expression=node.expression)
    return None


def coalesce_not_null(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """COALESCE(x, …) is x where x is never NULL, and COALESCE(x) is x."""
    return node.this if facts.not_null(node.this) or not node.expressions else None


def count_not_null(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """COUNT(x) is COUNT(*) where x is never NULL."""
    inner = node.this
    if isinstance(inner, (exp.Star, exp.Distinct)) or inner is None or node.expressions:
        return None
    return exp.Count(this=exp.Star()) if facts.not_null(inner) else None


def idle_cast(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """A cast of a column to the very type it has does nothing."""
    column = facts.column(node.this)
    if column is None or facts.dialect != "postgres":
        return None
    return node.this if _type_name(node.args["to"]) == column.type else None


def _type_name(kind: exp.Expr) -> str:
    return canonical_type(kind.sql("postgres"))


def typed_literal(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """Beside a column, a literal has the column's type: a cast to it does nothing, '5' beside an integer is 5."""
    if facts.dialect != "postgres":
        return None
    for slot, other in (("expression", node.this), ("this", node.args.get("expression"))):
        column, value = facts.column(other), node.args.get(slot)
        plain = _plain_literal(value, column.type) if column and isinstance(value, exp.Expr) else None
        if plain is not None:
            changed = node.copy()
            changed.set(slot, plain)
            return changed
    return None


def _plain_literal(value: exp.Expr, kind: str) -> exp.Expr | None:
    if "(" in kind:  # a cast to varchar(3) or numeric(8,2) cuts or rounds
        return None
    if isinstance(value, exp.Cast) and isinstance(value.this, exp.Literal) and _type_name(value.args["to"]) == kind:
        if value.this.is_string or kind in ("integer", "bigint", "smallint"):
            return value.this
        return None
    integer = kind in ("integer", "bigint", "smallint")
    if integer and isinstance(value, exp.Literal) and value.is_string and _SMALL_INTEGER.fullmatch(value.name):
        number: exp.Expr = exp.Literal.number(str(abs(int(value.name))))
        return exp.Neg(this=number) if value.name.startswith("-") and int(value.name) else number
    if kind == "boolean" and isinstance(value, exp.Literal) and value.is_string and value.name in ("true", "false"):
        return exp.Boolean(this=value.name == "true")
    return None


def exists_select_list(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """EXISTS looks only at whether a row is there: select list, DISTINCT, ORDER BY and LIMIT n >= 1 do not matter."""
    select = node.this.unnest()
    if not isinstance(select, exp.Select) or _is_one_row(select) or not _has_frills(select):
        return None
    changed = select.copy()
    for part in ("distinct", "order"):
        changed.set(part, None)
    if _at_least_one(changed.args.get("limit")) and not changed.args.get("offset"):
        changed.set("limit", None)
    changed.set("expressions", [exp.Literal.number(1)])
    return exp.Exists(this=changed)


def _is_one_row(select: exp.Select) -> bool:
    """An aggregate without GROUP BY always has its row; set-returning functions may make none."""
    listed = [node for part in select.expressions for node in find_all(part, exp.AggFunc, exp.Anonymous, exp.UDTF)]
    return bool(listed) or bool(select.args.get("having"))


def _has_frills(select: exp.Select) -> bool:
    listed = select.expressions
    plain = len(listed) == 1 and isinstance(listed[0].unalias(), exp.Literal) and listed[0].unalias().name == "1"
    parts = [select.args.get(part) for part in ("distinct", "order")]
    limit = _at_least_one(select.args.get("limit")) and not select.args.get("offset")
    return not plain or any(parts) or limit


def _at_least_one(limit: exp.Expr | None) -> bool:
    value = limit.expression if isinstance(limit, exp.Limit) else None
    return isinstance(value, exp.Literal) and value.is_int and int(value.name) >= 1


def logic_constants(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x AND TRUE is x, x AND FALSE is FALSE, x OR FALSE is x, x OR TRUE is TRUE."""
    neutral = isinstance(node, exp.And)
    for part, other in ((node.this, node.expression), (node.expression, node.this)):
        if isinstance(part, exp.Boolean):
            return other if part.this == neutral else exp.Boolean(this=part.this)
    return None


def case_without_branches(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """CASE x WHEN a THEN … is CASE WHEN x = a THEN …."""
    subject = node.args.get("this")
    if subject is None:
        return None
    branches = [
        exp.If(this=exp.EQ(this=subject.copy(), expression=branch.this), true=branch.args["true"])
        for branch in node.args["ifs"]
    ]
    return exp.Case(ifs=branches, default=node.args.get("default"))


SCALAR_RULES: dict[type[exp.Expr], tuple[Rule, ...]] = {
    exp.Paren: (parentheses,),
    exp.Not: (push_not,),
    exp.Between: (between,),
    exp.In: (in_list,),
    exp.EQ: (any_array, equals_true, typed_literal),
    exp.NEQ: (equals_true, typed_literal),
    exp.LT: (typed_literal,),
    exp.LTE: (typed_literal,),
    exp.GT: (typed_literal,),
    exp.GTE: (typed_literal,),
    exp.Is: (is_not_null,),
    exp.NullSafeEQ: (distinct_from,),
    exp.NullSafeNEQ: (distinct_from,),
    exp.Coalesce: (coalesce_not_null,),
    exp.Count: (count_not_null,),
    exp.Cast: (idle_cast,),
    exp.Exists: (exists_select_list,),
    exp.And: (logic_constants,),
    exp.Or: (logic_constants,),
    exp.Case: (case_without_branches,),
}
