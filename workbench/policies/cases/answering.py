"""What a condition answers about one case, by the meaning of its parts: Python's order, Python's refusals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.worlds import ColumnSlot, Mark, Row, RowsSlot, Value, World, match_value
from workbench.policies.condition import (
    Always,
    Attribute,
    Choice,
    Condition,
    Constant,
    Either,
    Every,
    Missing,
    Negated,
    OneOf,
    Operand,
    Ordered,
    Same,
    Some,
    Truth,
    ViewerId,
    ViewerIn,
    ViewerIs,
    ViewerMay,
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
    value: Value = _column(operand, world)
    return value


def _column(of: Attribute, world: World) -> Any:
    return world[ColumnSlot(of.through, of.model, of.field)]


def _same(left: Value, right: Value) -> bool:
    return type(left) is type(right) and left == right


def _one_of(condition: OneOf, who: Profile, world: World) -> bool:
    value = _value(condition.value, who, world)
    return any(_same(value, item) for item in condition.among)


def _some(condition: Some, who: Profile, world: World) -> bool:
    if condition.refuses_visitor and not who.present:
        raise Refuses
    rows = world[RowsSlot(condition.through, condition.model, condition.link)]
    assert isinstance(rows, tuple)
    return any(_matches(condition, row, who) for row in rows)


def _matches(condition: Some, row: Row, who: Profile) -> bool:
    held = dict(row)
    for match in condition.where:
        wanted = match_value(match)
        if wanted is Mark.VIEWER and not who.present:
            wanted = None
        values = wanted if isinstance(wanted, tuple) else (wanted,)
        if not any(_same(held[match.field], value) for value in values):
            return False
    return True


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
    Every: lambda c, who, world: all(answer(part, who, world) for part in c.of),
    Either: lambda c, who, world: any(answer(part, who, world) for part in c.of),
    Negated: lambda c, who, world: not answer(c.of, who, world),
    Choice: lambda c, who, world: answer(c.then if answer(c.test, who, world) else c.otherwise, who, world),
}
