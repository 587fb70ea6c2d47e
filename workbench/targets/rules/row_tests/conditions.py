"""Any condition as a test of rows: a shape for each kind, and what combines them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
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
)
from workbench.targets.rules.contexts import roots
from workbench.targets.rules.questions import question
from workbench.targets.rules.row_tests.comparisons import (
    of_viewers_groups,
    one_of,
    operand,
    ordered,
    same,
    truth,
    wording,
)
from workbench.targets.rules.row_tests.paths import opened, paths_of, prefixes
from workbench.targets.rules.row_tests.sight import Path, Sight
from workbench.targets.rules.row_tests.subqueries import above, absent, counted, exactly, some
from workbench.targets.typescript import Expression, Verbatim, call, sql


def row_test(condition: Condition, sight: Sight) -> Expression:
    """The SQL expression; the tables of its own paths are in sight. NULL where nothing can be said."""
    if not isinstance(condition, (Every, Either, Negated, Choice, Always, Skip)) and roots(condition) <= {VIEWER}:
        return _said(condition, sight)
    return _SHAPES[type(condition)](condition, sight)


def tests_of(condition: Condition, sight: Sight) -> tuple[Expression, ...]:
    """What has to hold of a row, part by part; () where anything goes."""
    if condition == Always(True):
        return ()
    parts = condition.of if isinstance(condition, Every) else (condition,)
    tables: dict[Path, list[Condition]] = {}
    for part in parts:
        tables.setdefault(_entered(part, sight), []).append(part)
    return tuple(_together(group, sight) for group in tables.values())


def _entered(condition: Condition, sight: Sight) -> Path:
    """The other table that a test begins to look at; each test of the row itself stands alone."""
    steps = [path for path in prefixes(paths_of(condition)) if path not in sight.tables]
    combined = isinstance(condition, (Every, Either, Negated, Choice))
    return steps[0] if steps and not combined else (str(condition), ())


def _together(parts: Sequence[Condition], sight: Sight) -> Expression:
    """Tests that look at one other table, asked of it at once: each key leads to one row."""
    if len(parts) == 1:
        return _within(parts[0], sight)
    paths = list(dict.fromkeys(path for part in parts for path in paths_of(part)))
    return opened(paths, sight, lambda inner: call("and", *(row_test(part, inner) for part in parts)))


def _within(condition: Condition, sight: Sight) -> Expression:
    """A test inside a test: with the tables that it looks at itself."""
    if isinstance(condition, (Every, Either, Negated, Choice)):
        return row_test(condition, sight)
    return opened(paths_of(condition), sight, lambda inner: row_test(condition, inner))


def _joined(word: str) -> Callable[[Any, Sight], Expression]:
    return lambda c, s: call(word, *(_within(part, s) for part in c.of))


def _negated(condition: Negated, sight: Sight) -> Expression:
    return sql("(", _within(condition.of, sight), ") is not true")


def _choice(condition: Choice, sight: Sight) -> Expression:
    test = _within(condition.test, sight)
    then, otherwise = _within(condition.then, sight), _within(condition.otherwise, sight)
    return call("or", call("and", test, then), call("and", sql("(", test, ") is not true"), otherwise))


def _said(condition: Condition, sight: Sight) -> Expression:
    """A question that looks at no row: answered once."""
    said = question(condition, replace(sight.subject, user="viewer"))
    return call("said", Verbatim(said))


_SHAPES: dict[type, Callable[[Any, Sight], Expression]] = {
    Always: lambda c, s: sql("1 = 1" if c.value else "1 = 0"),
    Skip: lambda c, s: sql("1 = 0"),
    ViewerIs: _said,
    ViewerIn: _said,
    ViewerMay: _said,
    Asked: _said,
    Truth: truth,
    Missing: lambda c, s: call("isNull", operand(c.of, s)),
    Absent: absent,
    Same: same,
    Ordered: ordered,
    OneOf: one_of,
    Wording: wording,
    OfViewersGroups: of_viewers_groups,
    Some: partial(some, tests=tests_of),
    Counted: partial(counted, tests=tests_of),
    Exactly: partial(exactly, tests=tests_of),
    Above: partial(above, tests=tests_of),
    Every: _joined("and"),
    Either: _joined("or"),
    Negated: _negated,
    Choice: _choice,
}
SHAPES = frozenset(_SHAPES)
