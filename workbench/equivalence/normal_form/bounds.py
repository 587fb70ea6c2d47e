"""Rules on comparisons with constants of types that have a next value, and on quantified comparisons."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from sqlglot import exp

from workbench.equivalence.normal_form.facts import Facts
from workbench.equivalence.normal_form.shape import is_plain, output_of, set_where

_INTEGERS = ("integer", "bigint", "smallint")
_MORE_DIGITS = re.compile(r"\.\d{7}")
_STRICT: dict[type[exp.Expr], tuple[type[exp.Binary], int]] = {exp.LT: (exp.LTE, -1), exp.GT: (exp.GTE, 1)}
_FLIPPED: dict[type[exp.Expr], type[exp.Binary]] = {exp.LT: exp.GT, exp.GT: exp.LT, exp.LTE: exp.GTE, exp.GTE: exp.LTE}


def strict_bound(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x < 5 is x <= 4 for an integer x, and likewise for a date."""
    subject, bound, kind = node.this, node.expression, type(node)
    if facts.column(subject) is None and facts.column(bound) is not None:
        subject, bound, kind = bound, subject, _FLIPPED[kind]
    column = facts.column(subject)
    if column is None or kind not in _STRICT or facts.dialect != "postgres":
        return None
    other, step = _STRICT[kind]
    moved = _neighbour(bound, column.type, step)
    return other(this=subject, expression=moved) if moved is not None else None


def _neighbour(bound: exp.Expr, kind: str, step: int) -> exp.Expr | None:
    if kind in _INTEGERS:
        value = _integer(bound)
        return None if value is None else _number(value + step)
    if kind == "date" and isinstance(bound, exp.Literal) and bound.is_string:
        day = _date(bound.name)
        return None if day is None else exp.Literal.string((day + timedelta(days=step)).isoformat())
    return None


def _integer(node: exp.Expr) -> int | None:
    negative = isinstance(node, exp.Neg)
    literal = node.this if negative else node
    if not isinstance(literal, exp.Literal) or literal.is_string or not literal.is_int:
        return None
    return -int(literal.name) if negative else int(literal.name)


def _number(value: int) -> exp.Expr:
    literal = exp.Literal.number(str(abs(value)))
    return exp.Neg(this=literal) if value < 0 else literal


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 2 < day.year < 9998 else None


def moment_literal(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """Beside a timestamp, a constant is written one way; without an offset a timestamptz depends on the session."""
    for slot, other in (("expression", node.this), ("this", node.args.get("expression"))):
        column, value = facts.column(other), node.args.get(slot)
        if column is None or not isinstance(value, exp.Literal) or not value.is_string or facts.dialect != "postgres":
            continue
        text = _moment(value.name, column.type)
        if text is not None and text != value.name:
            changed = node.copy()
            changed.set(slot, exp.Literal.string(text))
            return changed
    return None


def _moment(text: str, kind: str) -> str | None:
    if kind not in ("timestamp with time zone", "timestamp without time zone"):
        return None
    if _MORE_DIGITS.search(text):  # PostgreSQL rounds to microseconds, Python cuts
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
        zoned = kind == "timestamp with time zone"
        if zoned != (moment.tzinfo is not None):
            return None
        return (moment.astimezone(UTC) if zoned else moment).isoformat(sep=" ", timespec="microseconds")
    except (ValueError, OverflowError):  # no such moment, or one beyond Python's calendar
        return None


def all_quantifier(node: exp.Expr, facts: Facts) -> exp.Expr | None:
    """x >= ALL (SELECT y …) is NOT EXISTS (… AND y > x) where neither can be NULL."""
    opposite: dict[type[exp.Expr], type[exp.Binary]]
    opposite = {exp.GTE: exp.LT, exp.GT: exp.LTE, exp.LTE: exp.GT, exp.LT: exp.GTE, exp.EQ: exp.NEQ, exp.NEQ: exp.EQ}
    if not isinstance(node.expression, exp.All):
        return None
    inner = node.expression.this.unnest()
    if not isinstance(inner, exp.Select) or not is_plain(inner) or len(inner.expressions) != 1:
        return None
    if not facts.not_null(node.this) or not facts.not_null(output_of(inner)):
        return None
    select = inner.copy()
    broken = opposite[type(node)](this=node.this.copy(), expression=output_of(inner))
    where = [select.args["where"].this] if select.args.get("where") else []
    set_where(select, [*where, broken])
    return exp.Not(this=exp.Exists(this=select))
