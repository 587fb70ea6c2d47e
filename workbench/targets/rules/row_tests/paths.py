"""Other tables that a test looks at, brought into sight: ``exists(…)`` at the end of each path."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.policies.condition import VIEWER, Above, Absent, Attribute, Condition, Counted, Exactly, Some, operands
from workbench.targets.rules.row_tests.sight import Path, Sight
from workbench.targets.typescript import Expression, Member, Name, Object, call, method, sql


def opened(paths: Sequence[Path], sight: Sight, test: Callable[[Sight], Expression]) -> Expression:
    """The test with the ends of these paths in sight: exactly one row of each, else it does not hold."""
    missing = [path for path in prefixes(paths) if path not in sight.tables]
    if not missing:
        return test(sight)
    root, through = missing[0]
    (step,) = sight.steps((root, through))[-1:]
    inner, name = sight.with_table((root, through), step.target[0])
    source = sight.column((root, through[:-1]), step.source[1])
    joined = call("eq", Member(Name(name), step.target[1]), source)
    return exists(name, (joined, opened(paths, inner, test)))


def prefixes(paths: Sequence[Path]) -> list[Path]:
    """The paths and those that lead to them, shortest first."""
    return list(dict.fromkeys((root, through[:n]) for root, through in paths for n in range(1, len(through) + 1)))


def paths_of(condition: Condition) -> list[Path]:
    """The paths to other tables at whose ends an atom itself looks."""
    found = [(item.root, item.through) for item in operands(condition) if isinstance(item, Attribute)]
    if isinstance(condition, (Counted, Exactly)):
        condition = condition.rows
    if isinstance(condition, (Some, Above)):
        found.append((condition.root, condition.through))
    if isinstance(condition, Absent):
        found.append((condition.root, condition.through[:-1]))
    return [path for path in dict.fromkeys(found) if path[0] != VIEWER and path[1]]


def exists(table: str, tests: Sequence[Expression]) -> Expression:
    """``exists(rows.select({ one: … }).from(table).where(and(…)))``, correlated with the query around it."""
    return call("exists", selected(Object((("one", sql("1")),)), table, tests))


def selected(parts: Object, table: str, tests: Sequence[Expression]) -> Expression:
    """``rows.select(parts).from(table).where(and(…))``."""
    return method(method(method(Name("rows"), "select", parts), "from", Name(table)), "where", all_of(tests))


def all_of(tests: Sequence[Expression]) -> Expression:
    """All tests at once; true where there is none."""
    if not tests:
        return sql("1 = 1")
    return call("and", *tests) if len(tests) > 1 else tests[0]
