"""A question about rows as SQL that is true where it holds; each table in sight has a name of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from workbench.policies.condition import (
    VIEWER,
    Above,
    Absent,
    Always,
    Asked,
    Attribute,
    Choice,
    Condition,
    Constant,
    Counted,
    Either,
    Every,
    Exactly,
    Missing,
    Moment,
    Negated,
    OfViewersGroups,
    OneOf,
    Operand,
    Ordered,
    Same,
    Skip,
    Some,
    Truth,
    ViewerId,
    ViewerIn,
    ViewerIs,
    ViewerMay,
    Wording,
    operands,
)
from workbench.targets.rules.contexts import roots
from workbench.targets.rules.properties import Properties, Step
from workbench.targets.rules.questions import Subject, moment, question, value
from workbench.targets.rules.rule_names import BOUND
from workbench.targets.typescript import Array, Expression, Literal, Member, Name, Object, Verbatim, call, method, sql

Path: TypeAlias = tuple[str, tuple[str, ...]]  # root and steps

_VIEWER = Name("viewer")
_COMPARE = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_WORDING = {"starts": "startsWith", "ends": "endsWith", "contains": "contains"}


class NoFilter(Exception):
    """A condition that a predicate can ask but SQL cannot be asked in one piece; its reason."""


@dataclass
class Aliases:
    """Second names of tables that stand in a query twice, declared once a module; ``taken``: names in use there."""

    taken: set[str]
    found: dict[str, tuple[str, str]] = field(default_factory=dict)  # name -> (table's constant, name in SQL)

    def name(self, table: str, sql_table: str, used: Iterable[str]) -> str:
        """A name for one more ``table`` beside those in use."""
        number, known = 2, set(used)
        while True:
            name = f"{table}{number}"
            if name not in known and (name in self.found or name not in self.taken):
                self.taken.add(name)
                self.found[name] = (table, f"{sql_table}_{number}")
                return name
            number += 1


@dataclass(frozen=True)
class Sight:
    """The tables in sight at one point of a query, by root and path."""

    subject: Subject
    aliases: Aliases
    tables: Mapping[Path, str]  # -> the table's name in the module

    @classmethod
    def of(cls, subject: Subject, aliases: Aliases) -> Sight:
        """What the query of a list sees: the table itself."""
        return cls(subject, aliases, {("", ()): _table(subject.properties.table(subject.model))})

    @property
    def properties(self) -> Properties:
        """Looks names up."""
        return self.subject.properties

    def with_table(self, path: Path, label: str) -> tuple[Sight, str]:
        """One more table in sight, and its name."""
        table = _table(self.properties.table(label))
        used = set(self.tables.values())
        name = self.aliases.name(table, self.properties.sql_table(label), used) if table in used else table
        return replace(self, tables={**self.tables, path: name}), name

    def with_row(self, row: str, label: str) -> tuple[Sight, str]:
        """The rows of a test in sight."""
        inner, name = self.with_table((row, ()), label)
        return replace(inner, subject=self.subject.inside(row, label)), name

    def column(self, path: Path, column: str) -> Expression:
        """A column of a table in sight."""
        return Member(Name(self.tables[path]), column)

    def steps(self, path: Path) -> list[Step]:
        """The steps of a path."""
        return list(self.properties.steps(self.subject.label(path[0]), path[1]))

    def nullable(self, path: Path) -> bool:
        """Whether nothing may stand at its end."""
        return any(step.nullable for step in self.steps(path))


def _table(name: str) -> str:
    if name in BOUND:
        raise NoFilter(f"the table's name {name} is one that the module binds itself")
    return name


def opened(paths: Sequence[Path], sight: Sight, test: Callable[[Sight], Expression]) -> Expression:
    """The test with the ends of these paths in sight: exactly one row of each, else it does not hold."""
    missing = [path for path in _prefixes(paths) if path not in sight.tables]
    if not missing:
        return test(sight)
    root, through = missing[0]
    (step,) = sight.steps((root, through))[-1:]
    inner, name = sight.with_table((root, through), step.target[0])
    source = sight.column((root, through[:-1]), step.source[1])
    joined = call("eq", Member(Name(name), step.target[1]), source)
    return _exists(name, (joined, opened(paths, inner, test)))


def _prefixes(paths: Sequence[Path]) -> list[Path]:
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


def _exists(table: str, tests: Sequence[Expression]) -> Expression:
    """``exists(rows.select({ one: … }).from(table).where(and(…)))``, correlated with the query around it."""
    return call("exists", _selected(Object((("one", sql("1")),)), table, tests))


def _selected(parts: Object, table: str, tests: Sequence[Expression]) -> Expression:
    return method(method(method(Name("rows"), "select", parts), "from", Name(table)), "where", _all(tests))


def row_test(condition: Condition, sight: Sight) -> Expression:
    """The SQL expression; the tables of its own paths are in sight. NULL where nothing can be said."""
    if not isinstance(condition, (Every, Either, Negated, Choice, Always, Skip)) and roots(condition) <= {VIEWER}:
        return _said(condition, sight)
    return _SHAPES[type(condition)](condition, sight)


def strict(condition: Condition) -> bool:
    """Whether Python raises where a value that it looks at is null."""
    if isinstance(condition, Exactly):
        return True
    sides: tuple[Operand, ...] = (condition.left, condition.right) if isinstance(condition, Ordered) else ()
    sides = (condition.value,) if isinstance(condition, Wording) else sides
    return any(isinstance(side, Attribute) and side.nullable for side in sides)


def _operand(operand: Operand, sight: Sight) -> Expression:
    if isinstance(operand, ViewerId):
        return Member(_VIEWER, "id")
    if isinstance(operand, Constant):
        return Literal(operand.value)
    if isinstance(operand, Moment):
        return moment(operand)
    if operand.root == VIEWER:
        return _own(operand, sight)
    return sight.column((operand.root, operand.through), sight.properties.column(operand.model, operand.field))


def _own(attribute: Attribute, sight: Sight) -> Expression:
    return value(attribute, replace(sight.subject, user="viewer"))


def _is_column(operand: Operand) -> bool:
    return isinstance(operand, Attribute) and operand.root != VIEWER


def _same(condition: Same, sight: Sight) -> Expression:
    left, right = condition.left, condition.right
    if not _is_column(left):
        left, right = right, left
    first, second = _operand(left, sight), _operand(right, sight)
    if _is_column(right):
        return sql(first, " is not distinct from ", second)
    nullable = isinstance(right, ViewerId) or (isinstance(right, Attribute) and right.nullable)
    return call("same" if nullable else "eq", first, second)


def _ordered(condition: Ordered, sight: Sight) -> Expression:
    left, right, op = condition.left, condition.right, str(condition.op)
    if not _is_column(left):
        left, right, op = right, left, _MIRRORED[op]
    second = _operand(right, sight)
    if isinstance(right, Attribute) and right.root == VIEWER and right.nullable:
        second = call("there", second)
    return call(_COMPARE[op], _operand(left, sight), second)


def _one_of(condition: OneOf, sight: Sight) -> Expression:
    if not condition.among:
        return sql("1 = 0")
    return call("inArray", _operand(condition.value, sight), Array(tuple(Literal(item) for item in condition.among)))


def _wording(condition: Wording, sight: Sight) -> Expression:
    return call(_WORDING[condition.op], _operand(condition.value, sight), Literal(condition.text))


def _of_viewers_groups(condition: OfViewersGroups, sight: Sight) -> Expression:
    return call("among", _operand(condition.name, sight), Member(_VIEWER, "groups"))


def _truth(condition: Truth, sight: Sight) -> Expression:
    return call("eq", _operand(condition.of, sight), Literal(True))


def _absent(condition: Absent, sight: Sight) -> Expression:
    nothing = opened([(condition.root, condition.through)], sight, lambda inner: sql("1 = 1"))
    return call("not", nothing)


def _some(condition: Some, sight: Sight) -> Expression:
    return call("exists", _rows(condition, sight, Object((("one", sql("1")),))))


def _counted(condition: Counted, sight: Sight) -> Expression:
    rows = _rows(condition.rows, sight, Object((("count", sql("count(*)")),)))
    op = "=" if condition.op == "==" else condition.op
    return sql(rows, f" {op} ", Literal(condition.than))


def _rows(condition: Some, sight: Sight, parts: Object) -> Expression:
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
    return _selected(parts, name, (joined, *tests_of(condition.where, inner)))


def _exactly(condition: Exactly, sight: Sight) -> Expression:
    return _some(replace(condition.rows, where=Every((condition.rows.where, condition.test))), sight)


def _owner(condition: Some, field: str, sight: Sight) -> Expression:
    """The value that the rows refer to: a column of a table in sight, or of the user's own row."""
    if condition.root != VIEWER:
        return sight.column((condition.root, condition.through), sight.properties.column(condition.owner, field))
    key = sight.properties.models.key(condition.owner)
    if not condition.through and field in ("pk", key.name if key else ""):
        return call("there", Member(_VIEWER, "id"))
    raise NoFilter("it looks at rows that hang on an object of the user")


def _above(condition: Above, sight: Sight) -> Expression:
    """``exists(… from node2 where node2.id in (lineage) and …)``."""
    inner, name = sight.with_row(condition.row, condition.model)
    key = sight.properties.column(condition.model, "pk")
    parent = sight.properties.column(condition.model, condition.parent)
    start = sight.column((condition.root, condition.through), key)
    climbing, climber = inner.with_row(condition.row, condition.model)
    climbs = tests_of(condition.climbs, climbing)
    table = Name(sight.properties.table(condition.model))
    names = [Member(Name(climber), part) for part in (key, parent)]
    parts = [table, Name(climber), *names, start, _all(climbs)]
    line = call("lineage" if condition.itself else "parentLineage", *parts)
    return _exists(name, (call("inArray", Member(Name(name), key), line), *tests_of(condition.where, inner)))


def _all(tests: Sequence[Expression]) -> Expression:
    if not tests:
        return sql("1 = 1")
    return call("and", *tests) if len(tests) > 1 else tests[0]


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
    steps = [path for path in _prefixes(paths_of(condition)) if path not in sight.tables]
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
    Truth: _truth,
    Missing: lambda c, s: call("isNull", _operand(c.of, s)),
    Absent: _absent,
    Same: _same,
    Ordered: _ordered,
    OneOf: _one_of,
    Wording: _wording,
    OfViewersGroups: _of_viewers_groups,
    Some: _some,
    Counted: _counted,
    Exactly: _exactly,
    Above: _above,
    Every: _joined("and"),
    Either: _joined("or"),
    Negated: _negated,
    Choice: _choice,
}
SHAPES = frozenset(_SHAPES)
