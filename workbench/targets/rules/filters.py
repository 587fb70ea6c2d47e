"""A condition as an SQL filter: the rows of a model's table on which a predicate holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from workbench.policies.condition import (
    Always,
    Attribute,
    Choice,
    Condition,
    Constant,
    Either,
    Every,
    Match,
    Missing,
    Negated,
    OneOf,
    Operand,
    Ordered,
    Same,
    Scalar,
    Some,
    Truth,
    ViewerId,
    ViewerIn,
    ViewerIs,
    ViewerMay,
)
from workbench.targets.rules.questions import Subject
from workbench.targets.rules.rule_names import BOUND
from workbench.targets.typescript import Array, Expression, Literal, Member, Name, Object, call, method, sql

_FILTER, _USER = Name("Filter"), Name("viewer")  # a table may be called user
_COMPARE = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_FLAGS: dict[str, Expression] = {
    "authenticated": call("isAuthenticated", _USER),
    "active": call("isActive", _USER),
    "staff": Member(_USER, "isStaff"),
    "superuser": Member(_USER, "isSiteAdmin"),
}


class NoFilter(Exception):
    """A condition that a predicate can ask but SQL cannot be asked in one piece; its reason."""


def row_filter(condition: Condition, subject: Subject) -> Expression:
    """An expression of type ``Filter``; NoFilter where there is none."""
    return _SHAPES[type(condition)](condition, subject)


def _when(test: Expression, through: Sequence[str], subject: Subject) -> Expression:
    return method(_FILTER, "when", _via(test, through, subject))


def _via(test: Expression, through: Sequence[str], subject: Subject) -> Expression:
    """The test about another table's row, which exactly one row at the end of the foreign keys answers."""
    tables = [subject.properties.table(subject.model)]
    for step in reversed(list(subject.properties.steps(subject.model, through))):
        table = subject.properties.table(step.target[0])
        tables.append(table)
        joined = call("eq", _column(*step.target, subject), _column(*step.source, subject))
        test = _exists(table, (joined, test))
    _once_each(tables)
    return test


def _exists(table: str, tests: Sequence[Expression]) -> Expression:
    """``exists(rows.select({ one: … }).from(table).where(and(…)))``, correlated with the query around it."""
    one = Object((("one", sql("1")),))
    where = call("and", *tests) if len(tests) > 1 else tests[0]
    return call("exists", method(method(method(Name("rows"), "select", one), "from", Name(table)), "where", where))


def _once_each(tables: Sequence[str]) -> None:
    """A table within itself would need an alias, else its columns would mean the inner row."""
    if len(set(tables)) < len(tables):
        raise NoFilter(f"it asks the table {tables[0]} about rows of the same table")


def _table(model: str, subject: Subject) -> str:
    name = subject.properties.table(model)
    if name in BOUND:
        raise NoFilter(f"the table's name {name} is one that the module binds itself")
    return name


def _column(model: str, column: str, subject: Subject) -> Expression:
    return Member(Name(_table(model, subject)), column)


def _attribute(attribute: Attribute, subject: Subject) -> Expression:
    return _column(attribute.model, subject.properties.column(attribute.model, attribute.field), subject)


def _same(condition: Same, subject: Subject) -> Expression:
    left, right = condition.left, condition.right
    if not isinstance(left, Attribute):
        left, right = right, left
    if not isinstance(left, Attribute):
        raise NoFilter("it compares no column")
    if isinstance(right, Attribute):
        if left.through != right.through:
            raise NoFilter("it compares columns of two tables")
        test: Expression = sql(_attribute(left, subject), " is not distinct from ", _attribute(right, subject))
    elif isinstance(right, ViewerId):
        test = call("same", _attribute(left, subject), Member(_USER, "id"))
    else:
        test = call("eq", _attribute(left, subject), Literal(right.value))
    return _when(test, left.through, subject)


def _ordered(condition: Ordered, subject: Subject) -> Expression:
    left, right, op = condition.left, condition.right, str(condition.op)
    if not isinstance(left, Attribute):
        left, right, op = right, left, _MIRRORED[op]
    if not isinstance(left, Attribute):
        raise NoFilter("it compares no column")
    if isinstance(right, Attribute) and right.through != left.through:
        raise NoFilter("it compares columns of two tables")
    return _when(call(_COMPARE[op], _attribute(left, subject), _value(right, subject)), left.through, subject)


def _value(operand: Operand, subject: Subject) -> Expression:
    if isinstance(operand, Attribute):
        return _attribute(operand, subject)
    assert isinstance(operand, Constant)
    return Literal(operand.value)


def _one_of(condition: OneOf, subject: Subject) -> Expression:
    if not isinstance(condition.value, Attribute):
        raise NoFilter("it compares no column")
    if not condition.among:
        return method(_FILTER, "always", Literal(False))
    return _when(_among(_attribute(condition.value, subject), condition.among), condition.value.through, subject)


def _among(column: Expression, among: Sequence[Scalar]) -> Expression:
    return call("inArray", column, Array(tuple(Literal(value) for value in among)))


def _some(condition: Some, subject: Subject) -> Expression:
    properties = subject.properties
    steps = properties.steps(subject.model, condition.through)
    tables = [subject.model, *(step.target[0] for step in steps), condition.model]
    _once_each([properties.table(label) for label in tables])
    link = properties.link(condition.model, condition.link)
    tests: list[Expression] = [call("eq", _column(*link.source, subject), _column(*link.target, subject))]
    tests += [_match(match, condition.model, subject) for match in condition.where]
    found = _when(_exists(properties.table(condition.model), tests), condition.through, subject)
    return call("forSignedIn", _USER, found) if condition.refuses_visitor else found


def _match(match: Match, model: str, subject: Subject) -> Expression:
    column = _column(model, subject.properties.column(model, match.field), subject)
    if match.among is not None:
        return _among(column, match.among) if match.among else sql("1 = 0")
    if match.equal is None:
        return call("isNull", column)
    if isinstance(match.equal, ViewerId):
        return call("same", column, Member(_USER, "id"))
    return call("eq", column, Literal(match.equal.value))


def _viewer_in(condition: ViewerIn, subject: Subject) -> Expression:
    groups = Array(tuple(Literal(group) for group in condition.groups))
    return _always(call("inEveryGroup" if condition.every else "inSomeGroup", _USER, groups))


def _always(answer: Expression) -> Expression:
    return method(_FILTER, "always", answer)


def _chained(parts: Sequence[Condition], name: str, subject: Subject) -> Expression:
    filters = [row_filter(part, subject) for part in parts]
    return reduce(lambda left, right: method(left, name, right), filters)


def _choice(condition: Choice, subject: Subject) -> Expression:
    negated = Negated(condition.test)
    parts = (Every((condition.test, condition.then)), Every((negated, condition.otherwise)))
    return row_filter(Either(parts), subject)


_SHAPES: dict[type, Callable[[Any, Subject], Expression]] = {
    Always: lambda c, s: _always(Literal(c.value)),
    ViewerIs: lambda c, s: _always(_FLAGS[c.flag]),
    ViewerIn: _viewer_in,
    ViewerMay: lambda c, s: _always(call("isGranted", _USER, Literal(c.permission))),
    Truth: lambda c, s: _when(call("eq", _attribute(c.of, s), Literal(True)), c.of.through, s),
    Missing: lambda c, s: _when(call("isNull", _attribute(c.of, s)), c.of.through, s),
    Same: _same,
    Ordered: _ordered,
    OneOf: _one_of,
    Some: _some,
    Every: lambda c, s: _chained(c.of, "and", s),
    Either: lambda c, s: _chained(c.of, "or", s),
    Negated: lambda c, s: method(row_filter(c.of, s), "not"),
    Choice: _choice,
}
