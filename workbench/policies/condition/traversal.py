"""The parts of a condition: what is inside it, from left to right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TypeGuard, get_args

from workbench.policies.condition.kinds import Choice, Condition, Either, Every, Negated
from workbench.policies.condition.operand import Operand


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside one; () for an atom. Rows' tests (``Some.where``) are inside too."""
    held = (getattr(condition, name) for name in _FIELDS[type(condition)])
    return tuple(
        item for value in held for item in (value if isinstance(value, tuple) else (value,)) if is_condition(item)
    )


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and everything inside it, from left to right, parents first."""
    yield condition
    for part in children(condition):
        yield from walk(part)


def atoms(condition: Condition) -> Iterator[Condition]:
    """The questions it is made of, from left to right: what is no ``and``, ``or``, ``not``, choice."""
    if isinstance(condition, (Every, Either, Negated, Choice)):
        for part in children(condition):
            yield from atoms(part)
    else:
        yield condition


def operands(condition: Condition) -> tuple[Operand, ...]:
    """The values that one condition itself looks at, without those of conditions inside it."""
    held = (getattr(condition, name) for name in _FIELDS[type(condition)])
    return tuple(value for value in held if isinstance(value, _OPERANDS))


def is_condition(value: object) -> TypeGuard[Condition]:
    """Whether a value is a condition."""
    return isinstance(value, _CONDITIONS)


_CONDITIONS = get_args(Condition)
_OPERANDS = get_args(Operand)
_FIELDS: dict[type, tuple[str, ...]] = {kind: tuple(part.name for part in fields(kind)) for kind in _CONDITIONS}
