"""A condition as an SQL filter: the rows of a model's table on which a predicate holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

from workbench.policies.condition import (
    VIEWER,
    Above,
    Absent,
    Always,
    Asked,
    Choice,
    Condition,
    Counted,
    Either,
    Every,
    Exactly,
    Missing,
    Negated,
    OfViewersGroups,
    OneOf,
    Ordered,
    Same,
    Skip,
    Some,
    Truth,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    Wording,
    walk,
)
from workbench.targets.rules.contexts import needs
from workbench.targets.rules.questions import Subject, question
from workbench.targets.rules.row_tests import Aliases, Sight, opened, paths_of, row_test, strict
from workbench.targets.typescript import Arrow, Expression, Literal, Name, Verbatim, call, method, sql

_FILTER, _VIEWER = Name("Filter"), Name("viewer")  # a table may be called user


def row_filter(condition: Condition, subject: Subject, aliases: Aliases) -> Expression:
    """An expression of type ``Filter``; NoFilter where there is none. ``aliases`` collects what it has to declare."""
    return _filter(condition, Sight.of(subject, aliases), subject)


def _filter(condition: Condition, sight: Sight, subject: Subject) -> Expression:
    return _SHAPES[type(condition)](condition, sight, subject)


def _of_user(condition: Condition, sight: Sight, subject: Subject) -> Expression:
    """Of a condition that looks at no row: answered once."""
    answer = method(_FILTER, "always", Verbatim(question(condition, replace(subject, user="viewer"))))
    return _known(answer) if needs(condition, VIEWER) or condition == ViewerIs("known") else answer


def _known(filter: Expression) -> Expression:
    """A filter out of what the user's own row says; a visitor has none, and gets no answer."""
    return method(_FILTER, "known", Arrow((), filter))


def _atom(condition: Condition, sight: Sight, subject: Subject) -> Expression:
    """A question about rows: where it holds; and where it fails, if there may be rows without an answer."""
    if not needs(condition, ""):
        return _of_user(condition, sight, subject)
    paths = paths_of(condition)
    holds = opened(paths, sight, lambda inner: row_test(condition, inner))
    if any(sight.nullable(path) for path in paths) or strict(condition):
        fails = opened(paths, sight, lambda inner: _failing(condition, inner))
        answer = method(_FILTER, "partly", holds, fails)
    else:
        answer = method(_FILTER, "when", holds)
    if any(isinstance(part, Some) and part.refuses_visitor for part in walk(condition)):
        answer = call("forSignedIn", _VIEWER, answer)
    return _known(answer) if needs(condition, VIEWER) else answer


def _failing(condition: Condition, sight: Sight) -> Expression:
    """Where it does not hold; where a value that it cannot do without is null, SQL says neither."""
    if isinstance(condition, Exactly):
        return row_test(replace(condition, test=Negated(condition.test)), sight)
    test = row_test(condition, sight)
    return call("not", test) if strict(condition) else sql("(", test, ") is not true")


def _chained(parts: Sequence[Condition], name: str, sight: Sight, subject: Subject) -> Expression:
    filters = [_filter(part, sight, subject) for part in parts]
    return reduce(lambda left, right: method(left, name, right), filters)


def _choice(condition: Choice, sight: Sight, subject: Subject) -> Expression:
    parts = (_filter(part, sight, subject) for part in (condition.test, condition.then, condition.otherwise))
    return method(_FILTER, "choice", *parts)


_SHAPES: dict[type, Callable[[Any, Sight, Subject], Expression]] = {
    Always: lambda c, s, t: method(_FILTER, "always", Literal(c.value)),
    Skip: lambda c, s, t: method(_FILTER, "skipped"),
    ViewerIs: _of_user,
    ViewerIn: _of_user,
    ViewerMay: _of_user,
    Asked: _of_user,
    Truth: _atom,
    Missing: _atom,
    Absent: _atom,
    Same: _atom,
    Ordered: _atom,
    OneOf: _atom,
    Wording: _atom,
    OfViewersGroups: _atom,
    Some: _atom,
    Counted: _atom,
    Exactly: _atom,
    Above: _atom,
    Every: lambda c, s, t: _chained(c.of, "and", s, t),
    Either: lambda c, s, t: _chained(c.of, "or", s, t),
    Negated: lambda c, s, t: method(_filter(c.of, s, t), "not"),
    Choice: _choice,
}
SHAPES = frozenset(_SHAPES)
