"""The answers of conditions that hold no others: values compared, and what is known of who asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workbench.policies.cases.profiles import Profile
from workbench.policies.cases.sight import Refuses, Sight, Unknown
from workbench.policies.cases.values import moment, plain
from workbench.policies.cases.worlds import Mark, Value
from workbench.policies.condition import (
    Absent,
    Attribute,
    Constant,
    Moment,
    OfViewersGroups,
    OneOf,
    Operand,
    Ordered,
    ViewerId,
    ViewerIs,
    Wording,
    kind_of,
)


def value_of(operand: Operand, sight: Sight) -> Value:
    """What an operand is in the case."""
    if isinstance(operand, ViewerId):
        return Mark.VIEWER if sight.who.present else None
    if isinstance(operand, Constant):
        constant: Value = plain(operand, kind_of(operand))
        return constant
    return moment(operand) if isinstance(operand, Moment) else column_of(operand, sight)


def column_of(of: Attribute, sight: Sight) -> Any:
    """What a field holds; ``Unknown`` where the case says nothing of it."""
    try:
        return sight.at(of.root, of.through).value(of.field)
    except KeyError:
        raise Unknown(f"{of.model}.{of.field}") from None


def same(left: Value, right: Value) -> bool:
    """Python's ``==`` of values of one type; ``Unknown`` where two keys stand for rows nobody made yet."""
    if left is Mark.ROW or right is Mark.ROW:
        if left is not None and right is not None:
            raise Unknown("which row it is")
        return False
    return type(left) is type(right) and left == right


def ordered(condition: Ordered, sight: Sight) -> bool:
    """A comparison; ``Refuses`` where a value is null."""
    left, right = value_of(condition.left, sight), value_of(condition.right, sight)
    if left is None or right is None:
        raise Refuses
    return ORDER[condition.op](left, right)


def one_of(condition: OneOf, sight: Sight) -> bool:
    """A value among constants."""
    value, kind = value_of(condition.value, sight), kind_of(condition.value)
    return any(same(value, plain(item, kind)) for item in condition.among)


def wording(condition: Wording, sight: Sight) -> bool:
    """A text that begins with, ends with or contains a constant; ``Refuses`` where it is null."""
    text = column_of(condition.value, sight)
    if text is None:
        raise Refuses
    return bool(_WORDS[condition.op](text, condition.text))


def of_groups(condition: OfViewersGroups, sight: Sight) -> bool:
    """A text that is the name of a group of who asks."""
    name = column_of(condition.name, sight)
    return (name is Mark.GROUP and bool(sight.who.groups)) or name in sight.who.groups


def absent(condition: Absent, sight: Sight) -> bool:
    """Nothing at the end of a path."""
    *before, last = condition.through
    return sight.at(condition.root, tuple(before)).referred[last] is None


def flag(condition: ViewerIs, sight: Sight) -> bool:
    """A flag of who asks; "known" refuses a visitor."""
    if condition.flag == "known" and not sight.who.present:
        raise Refuses
    return _FLAGS[condition.flag](sight.who)


_FLAGS: dict[str, Callable[[Profile], bool]] = {
    "authenticated": lambda who: who.present,
    "active": lambda who: who.present and who.active,
    "staff": lambda who: who.staff,
    "superuser": lambda who: who.superuser,
    "known": lambda who: True,
}
ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
}
_WORDS: dict[str, Callable[[str, str], bool]] = {
    "starts": str.startswith,
    "ends": str.endswith,
    "contains": str.__contains__,
}
