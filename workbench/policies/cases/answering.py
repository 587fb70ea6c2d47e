"""What a condition answers about one case, by the meaning of its parts: Python's order, Python's refusals."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.worlds import ColumnSlot, Mark, Option, RowsSlot, Slot, Value, World
from workbench.policies.condition import (
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
    atoms,
)
from workbench.policies.policy import Atom, Predicate

Truths: TypeAlias = tuple[bool | None, ...]  # None: refused


class Refuses(Exception):
    """Django raises here: nobody is let in."""


class Unknown(Exception):
    """A kind of condition that is not answered here."""


def answer(condition: Condition, who: Profile, world: World) -> bool:
    """Whether it holds; ``Refuses`` where Django raises, ``Unknown`` for a kind that has no rule here."""
    rule = _RULES.get(type(condition))
    if rule is None:
        raise Unknown(type(condition).__name__)
    return rule(condition, who, world)


def allows(condition: Condition, who: Profile, world: World) -> bool:
    """The answer of ``has_perm``: a refusal is a no."""
    try:
        return answer(condition, who, world)
    except Refuses:
        return False


def truths(condition: Condition, who: Profile, world: World) -> Truths:
    """The answer of each of its atoms on its own."""
    return tuple(_truth(atom, who, world) for atom in atoms(condition))


def _truth(atom: Condition, who: Profile, world: World) -> bool | None:
    try:
        return answer(atom, who, world)
    except Refuses:
        return None


def combined(rule: Predicate, conditions: Mapping[str, Condition | None]) -> Condition | None:
    """A rule as one condition; None where one of its atoms has none."""
    if isinstance(rule, Atom):
        return conditions[rule.key]
    parts = [part for part in (combined(part, conditions) for part in rule.of) if part is not None]
    if len(parts) < len(rule.of):
        return None
    return _COMBINED[rule.op](*parts)


_COMBINED: dict[str, Callable[..., Condition]] = {
    "and": lambda a, b: Every((a, b)),
    "or": lambda a, b: Either((a, b)),
    "xor": lambda a, b: Choice(a, Negated(b), b),
    "not": Negated,
}


def _value(operand: Operand, who: Profile, world: World) -> Value:
    if isinstance(operand, ViewerId):
        return Mark.VIEWER if who.present else None
    if isinstance(operand, Constant):
        return operand.value
    if isinstance(operand, Moment):
        raise Unknown("Moment")
    value: Value = _column(operand, world)
    return value


def _column(of: Attribute, world: World) -> Any:
    slot = ColumnSlot(of.through, of.model, of.field, of.root)
    if slot not in world and of.root:
        raise Unknown("a path from a row")
    return world[slot]


def _same(left: Value, right: Value) -> bool:
    return type(left) is type(right) and left == right


def _one_of(condition: OneOf, who: Profile, world: World) -> bool:
    value = _value(condition.value, who, world)
    return any(_same(value, item) for item in condition.among)


def _some(condition: Some, who: Profile, world: World) -> bool:
    return any(_tests(condition, condition.where, who, world))


def _tests(some: Some, test: Condition, who: Profile, world: World) -> Iterator[bool]:
    """What a test says of each of the rows."""
    if some.refuses_visitor and not who.present:
        raise Refuses
    if some.root or some.keyed != "key":
        raise Unknown(type(some).__name__)
    rows = world[RowsSlot(some.through, some.model, some.link)]
    assert isinstance(rows, tuple)
    for row in rows:
        held: dict[Slot, Option] = {ColumnSlot((), some.model, name, some.row): value for name, value in row}
        yield answer(test, who, {**world, **held})


_COUNTED: dict[str, Callable[[int, int], bool]] = {"==": operator.eq, "<": operator.lt, "<=": operator.le}
_COUNTED |= {">": operator.gt, ">=": operator.ge}


def _counted(condition: Counted, who: Profile, world: World) -> bool:
    found = sum(_tests(condition.rows, condition.rows.where, who, world))
    return _COUNTED[condition.op](found, condition.than)


def _exactly(condition: Exactly, who: Profile, world: World) -> bool:
    some = condition.rows
    picked = _tests(some, some.where, who, world)
    answers = [both for both, right in zip(_tests(some, condition.test, who, world), picked, strict=True) if right]
    if not answers:
        raise Refuses
    return answers[0]


_FLAGS: dict[str, Callable[[Profile], bool]] = {
    "authenticated": lambda who: who.present,
    "active": lambda who: who.present and who.active,
    "staff": lambda who: who.staff,
    "superuser": lambda who: who.superuser,
}
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
# Kinds for which no cases are put together yet: rules with them are tried on the cases of others
UNANSWERED = (Skip, Asked, Absent, Wording, OfViewersGroups, Above)

_RULES: dict[type, Callable[[Any, Profile, World], bool]] = {
    Always: lambda c, who, world: c.value,
    ViewerIs: lambda c, who, world: _FLAGS[c.flag](who),
    ViewerIn: lambda c, who, world: (all if c.every else any)(name in who.groups for name in c.groups),
    ViewerMay: lambda c, who, world: who.may(c.permission),
    Truth: lambda c, who, world: _column(c.of, world) is True,
    Missing: lambda c, who, world: _column(c.of, world) is None,
    Same: lambda c, who, world: _same(_value(c.left, who, world), _value(c.right, who, world)),
    Ordered: lambda c, who, world: _ORDER[c.op](_value(c.left, who, world), _value(c.right, who, world)),
    OneOf: _one_of,
    Some: _some,
    Counted: _counted,
    Exactly: _exactly,
    Every: lambda c, who, world: all(answer(part, who, world) for part in c.of),
    Either: lambda c, who, world: any(answer(part, who, world) for part in c.of),
    Negated: lambda c, who, world: not answer(c.of, who, world),
    Choice: lambda c, who, world: answer(c.then if answer(c.test, who, world) else c.otherwise, who, world),
}
