"""Comparisons whose sides SQLite converts: written as functions of the values, named after the conversion."""

from __future__ import annotations

import re
from collections.abc import Callable

from sqlglot import exp

from workbench.equivalence.sqlite_reading import storage
from workbench.equivalence.sqlite_reading.expressions import COMPARING, Sources
from workbench.equivalence.sqlite_reading.storage import Storage, alike

_WHOLE = re.compile(r"-?\d{1,18}")
_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
_PAIRS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ)


class Unsettled(Exception):
    """What keeps a query from being read: a comparison whose conversion no expression of its own can say."""


Rule = Callable[[exp.Expr, Sources], exp.Expr | None]


def _pair(node: exp.Expr, sources: Sources) -> exp.Expr | None:
    """``a = b``: a literal beside a column is read as the column's class; else the conversion is named."""
    if isinstance(node.this.unnest(), exp.Tuple) or isinstance(node.expression.unnest(), exp.Tuple):
        return _rows(node, sources)
    for slot, other in (("expression", node.this), ("this", node.expression)):
        converted = _truth(node.args[slot], other, sources) or _converted(node.args[slot], sources.storage(other))
        if converted is not None:
            changed = node.copy()
            changed.set(slot, converted)
            return changed
    left, right = sources.storage(node.this), sources.storage(node.expression)
    return None if alike(left, right) else _named(type(node).__name__, (node.this, left), (node.expression, right))


def _truth(value: exp.Expr, other: exp.Expr, sources: Sources) -> exp.Expr | None:
    """Beside a column that is declared boolean, 1 is written TRUE and 0 FALSE."""
    column = sources.facts.column(other.unnest())
    if column is None or "BOOL" not in column.type.upper() or not isinstance(value, exp.Literal):
        return None
    return exp.Boolean(this=value.name == "1") if value.name in ("0", "1") else None


def _converted(value: exp.Expr, column: Storage) -> exp.Expr | None:
    """The literal as the column's affinity converts it; None where it stays, or where nothing simple says it."""
    bare = value.this if isinstance(value, exp.Neg) else value
    if not isinstance(bare, exp.Literal):
        return None
    if bare.is_string and bare is not value:  # a minus sign makes a number of a text: no literal any more
        return None
    if bare.is_string and column.kind == storage.NUMBER and column.affinities == {storage.AS_NUMBER}:
        return _number(bare.name) if _NUMBER.fullmatch(bare.name) else None
    if not bare.is_string and column.kind == storage.NUMBER and "." in bare.name:
        shown = _number(value.sql("sqlite")) if _NUMBER.fullmatch(value.sql("sqlite")) else value
        return shown if shown != value else None
    if not bare.is_string and column.kind == storage.TEXT and column.affinities == {storage.AS_TEXT}:
        whole = f"{'-' if bare is not value else ''}{bare.name}"
        return exp.Literal.string(str(int(whole))) if _WHOLE.fullmatch(whole) else None
    return None


def _number(text: str) -> exp.Expr:
    whole, _, fraction = text.removeprefix("-").partition(".")
    shown = str(int(whole)) + (f".{digits}" if (digits := fraction.rstrip("0")) else "")
    number = exp.Literal.number(shown)
    return exp.Neg(this=number) if text.startswith("-") else number


def _named(name: str, *sides: tuple[exp.Expr, Storage]) -> exp.Expr:
    """A function of the values; its name says which comparison, and which affinities meet."""
    met = " ".join("/".join(sorted(found.affinities)) for _, found in sides)
    return exp.Anonymous(this=f"{COMPARING}{name} {met}".lower(), expressions=[side.copy() for side, _ in sides])


def _rows(node: exp.Expr, sources: Sources) -> exp.Expr | None:
    left, right = node.this.unnest(), node.expression.unnest()
    if isinstance(left, exp.Tuple) and isinstance(right, exp.Tuple):
        pairs = list(zip(left.expressions, right.expressions, strict=False))
        if all(alike(sources.storage(one), sources.storage(other)) for one, other in pairs):
            return None
    raise Unsettled("row values of different storage classes are compared")


def _member(node: exp.Expr, sources: Sources) -> exp.Expr | None:
    """``x IN (a, b)`` compares x with each, as if they had no affinity; over a query, with its output."""
    subject = sources.storage(node.this)
    query = node.args.get("query")
    if isinstance(node.this.unnest(), exp.Tuple):
        found = query.unnest() if query is not None else None
        parts = node.this.unnest().expressions
        if found is not None and all(
            alike(sources.storage(part), sources.output(found, i)) for i, part in enumerate(parts)
        ):
            return None
        raise Unsettled("row values are looked for in a list")
    if query is not None:
        if alike(subject, sources.output(query.unnest(), 0)):
            return None
        raise Unsettled("IN looks for a value among those of another storage class")
    items = [_converted(item, subject) or item for item in node.expressions]
    classes = [sources.storage(item).bare() for item in items]
    if all(alike(subject, found) for found in classes):
        if all(new is old for new, old in zip(items, node.expressions, strict=True)):
            return None
        changed = node.copy()
        changed.set("expressions", [item.copy() for item in items])
        return changed
    return _named("in", (node.this, subject), *zip(node.expressions, classes, strict=True))


def _between(node: exp.Expr, sources: Sources) -> exp.Expr | None:
    """Two comparisons."""
    subject = sources.storage(node.this)
    converted = [_converted(node.args[end], subject) for end in ("low", "high")]
    if not any(converted) and all(alike(subject, sources.storage(node.args[end])) for end in ("low", "high")):
        return None
    low = exp.GTE(this=node.this.copy(), expression=node.args["low"].copy())  # a node has one parent
    high = exp.LTE(this=node.this.copy(), expression=node.args["high"].copy())
    return exp.Paren(this=exp.And(this=_pair(low, sources) or low, expression=_pair(high, sources) or high))


def _case(node: exp.Expr, sources: Sources) -> exp.Expr | None:
    """``CASE x WHEN a`` compares x with a."""
    subject = node.args.get("this")
    if subject is None or all(
        alike(sources.storage(subject), sources.storage(branch.this)) for branch in node.args["ifs"]
    ):
        return None
    raise Unsettled("CASE compares values of different storage classes")


def _chosen(node: exp.Expr, sources: Sources) -> exp.Expr | None:
    """NULLIF, and max() and min() of several, compare without any conversion."""
    parts = [part for part in (node.this, node.args.get("expression"), *node.expressions) if isinstance(part, exp.Expr)]
    found = [sources.storage(part).bare() for part in parts]
    if all(alike(found[0], other) for other in found[1:]):
        return None
    raise Unsettled(f"{node.key} compares values of different storage classes")


def _united(node: exp.Expr, sources: Sources) -> exp.Expr | None:
    """UNION, INTERSECT and EXCEPT compare without any conversion."""
    assert isinstance(node, exp.SetOperation)
    sides = (node.this.unnest(), node.expression.unnest())
    for place in range(len(node.named_selects)):
        left, right = (sources.output(side, place) for side in sides)
        if not alike(left.bare(), right.bare()):
            raise Unsettled(f"{node.key} of values of different storage classes")
    return None


RULES: dict[type[exp.Expr], Rule] = {
    **dict.fromkeys(_PAIRS, _pair),
    exp.In: _member,
    exp.Between: _between,
    exp.Case: _case,
    **dict.fromkeys((exp.Nullif, exp.Greatest, exp.Least), _chosen),
    **dict.fromkeys((exp.Union, exp.Intersect, exp.Except), _united),
}
