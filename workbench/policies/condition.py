"""What a predicate's body means, free of Python: conditions over the viewer, one object, and rows that refer to it.

Python's order of evaluation is part of the meaning: parts stand from left to right and are short-circuited, since
a part may refuse (where Django raises, nobody is let in).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias, TypeGuard, get_args

Scalar: TypeAlias = bool | int | str


@dataclass(frozen=True)
class Attribute:
    """A field of the object asked about, or of one that it refers to through NOT NULL foreign keys."""

    model: str  # label of the model that holds the field
    through: tuple[str, ...]  # field names of the foreign keys from the object asked about
    field: str  # field name
    type: Literal["integer", "text", "boolean"]
    nullable: bool


@dataclass(frozen=True)
class ViewerId:
    """The primary key of who asks; null for a visitor."""


@dataclass(frozen=True)
class Constant:
    """A value written in the code."""

    value: Scalar


Operand: TypeAlias = Attribute | ViewerId | Constant


@dataclass(frozen=True)
class Always:
    """True or false whoever asks."""

    value: bool


@dataclass(frozen=True)
class ViewerIs:
    """A flag of who asks; all are false for a visitor."""

    flag: Literal["authenticated", "active", "staff", "superuser"]


@dataclass(frozen=True)
class ViewerIn:
    """Membership in one of the groups, or in all of them."""

    groups: tuple[str, ...]
    every: bool = False


@dataclass(frozen=True)
class ViewerMay:
    """A permission granted in general: superuser, user permissions, groups; never to an inactive user."""

    permission: str


@dataclass(frozen=True)
class Truth:
    """A boolean field that is never null."""

    of: Attribute


@dataclass(frozen=True)
class Missing:
    """A field that is null."""

    of: Attribute


@dataclass(frozen=True)
class Same:
    """Python's ``==``: null equals null and nothing else."""

    left: Operand
    right: Operand


@dataclass(frozen=True)
class Ordered:
    """A comparison of integers that are never null."""

    op: Literal["<", "<=", ">", ">="]
    left: Operand
    right: Operand


@dataclass(frozen=True)
class OneOf:
    """A value among constants; null is among none."""

    value: Operand
    among: tuple[Scalar, ...]


@dataclass(frozen=True)
class Match:
    """A test of one column of a row: equal to an operand, among constants, or null (``among`` and ``equal`` None)."""

    field: str
    type: Literal["integer", "text", "boolean"]
    nullable: bool
    equal: ViewerId | Constant | None = None
    among: tuple[Scalar, ...] | None = None


@dataclass(frozen=True)
class Some:
    """A row of ``model`` matches whose foreign key ``link`` refers to the object that ``through`` leads to.

    ``refuses_visitor``: Django raises where a visitor is the value of a filter.
    """

    model: str
    link: str
    owner: str  # label of the model that ``link`` refers to
    through: tuple[str, ...]
    where: tuple[Match, ...]
    refuses_visitor: bool


@dataclass(frozen=True)
class Every:
    """All parts hold."""

    of: tuple[Condition, ...]


@dataclass(frozen=True)
class Either:
    """One part holds."""

    of: tuple[Condition, ...]


@dataclass(frozen=True)
class Negated:
    """The part does not hold."""

    of: Condition


@dataclass(frozen=True)
class Choice:
    """``then`` where the test holds, else ``otherwise``."""

    test: Condition
    then: Condition
    otherwise: Condition


Condition: TypeAlias = (
    Always
    | ViewerIs
    | ViewerIn
    | ViewerMay
    | Truth
    | Missing
    | Same
    | Ordered
    | OneOf
    | Some
    | Every
    | Either
    | Negated
    | Choice
)


def children(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside one; () for an atom. Rows' tests (``Some.where``) are inside too."""
    held = (getattr(condition, part.name) for part in fields(condition))
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
    held = (getattr(condition, part.name) for part in fields(condition))
    return tuple(value for value in held if isinstance(value, get_args(Operand)))


def is_condition(value: object) -> TypeGuard[Condition]:
    """Whether a value is a condition."""
    return isinstance(value, get_args(Condition))
