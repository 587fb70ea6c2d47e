"""Tests of rows that refer to an object, or stand above it: correlated subqueries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from workbench.policies.condition import VIEWER, Above, Absent, Condition, Counted, Every, Exactly, Some
from workbench.targets.rules.row_tests.paths import all_of, exists, opened, selected
from workbench.targets.rules.row_tests.sight import NoFilter, Sight
from workbench.targets.typescript import Expression, Literal, Member, Name, Object, call, sql

Tests: TypeAlias = Callable[[Condition, Sight], tuple[Expression, ...]]  # what has to hold of the rows

_VIEWER = Name("viewer")


def absent(condition: Absent, sight: Sight) -> Expression:
    """That nothing stands at the end of a path."""
    nothing = opened([(condition.root, condition.through)], sight, lambda inner: sql("1 = 1"))
    return call("not", nothing)


def some(condition: Some, sight: Sight, tests: Tests) -> Expression:
    """``exists(…)`` of the rows that refer to an object."""
    return call("exists", _rows(condition, sight, Object((("one", sql("1")),)), tests))


def counted(condition: Counted, sight: Sight, tests: Tests) -> Expression:
    """How many of them there are, compared."""
    rows = _rows(condition.rows, sight, Object((("count", sql("count(*)")),)), tests)
    op = "=" if condition.op == "==" else condition.op
    return sql(rows, f" {op} ", Literal(condition.than))


def _rows(condition: Some, sight: Sight, parts: Object, tests: Tests) -> Expression:
    inner, name = sight.with_row(condition.row, condition.model)
    link = inner.properties.field(condition.model, condition.link)
    if condition.keyed == "text":
        column = inner.properties.column(condition.model, condition.link)
        key = _owner(condition, "pk", sight)
        joined = call("eq", Member(Name(name), column), sql("cast(", key, " as text)"))
    else:
        assert link.relation is not None
        step = inner.properties.link(condition.model, condition.link)
        owner = _owner(condition, link.relation.to_field or "pk", sight)
        joined = call("eq", Member(Name(name), step.source[1]), owner)
    return selected(parts, name, (joined, *tests(condition.where, inner)))


def exactly(condition: Exactly, sight: Sight, tests: Tests) -> Expression:
    """The one row that is found, tested."""
    return some(replace(condition.rows, where=Every((condition.rows.where, condition.test))), sight, tests)


def _owner(condition: Some, field: str, sight: Sight) -> Expression:
    """The value that the rows refer to: a column of a table in sight, or of the user's own row."""
    if condition.root != VIEWER:
        return sight.column((condition.root, condition.through), sight.properties.column(condition.owner, field))
    key = sight.properties.models.key(condition.owner)
    if not condition.through and field in ("pk", key.name if key else ""):
        return call("there", Member(_VIEWER, "id"))
    raise NoFilter("it looks at rows that hang on an object of the user")


def above(condition: Above, sight: Sight, tests: Tests) -> Expression:
    """``exists(… from node2 where node2.id in (lineage) and …)``."""
    inner, name = sight.with_row(condition.row, condition.model)
    key = sight.properties.column(condition.model, "pk")
    parent = sight.properties.column(condition.model, condition.parent)
    start = sight.column((condition.root, condition.through), key)
    climbing, climber = inner.with_row(condition.row, condition.model)
    climbs = tests(condition.climbs, climbing)
    table = Name(sight.properties.table(condition.model))
    names = [Member(Name(climber), part) for part in (key, parent)]
    parts = [table, Name(climber), *names, start, all_of(climbs)]
    line = call("lineage" if condition.itself else "parentLineage", *parts)
    return exists(name, (call("inArray", Member(Name(name), key), line), *tests(condition.where, inner)))
