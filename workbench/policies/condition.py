"""What a predicate's body means, free of Python: conditions over the viewer, one object, and rows that refer to it.

Python's order of evaluation is part of the meaning: parts stand from left to right and are short-circuited, since
a part may refuse (where Django raises, nobody is let in).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Literal, TypeAlias, TypeGuard, get_args

Scalar: TypeAlias = bool | int | str
Kind: TypeAlias = Literal["integer", "text", "boolean", "decimal", "date", "instant"]


@dataclass(frozen=True)
class Attribute:
    """A field of the object asked about, of who asks, of a row, or of an object that one of them refers to.

    Where a step of ``through`` may lead to nothing, Python raises: whoever asks is refused there.
    """

    model: str  # label of the model that holds the field
    through: tuple[str, ...]  # foreign keys, and reverse accessors of one-to-one fields, from the root
    field: str  # field name
    type: Kind
    nullable: bool
    root: str = ""  # "": the object asked about; VIEWER: the user's own row; else a row's name (``Some.row``)


@dataclass(frozen=True)
class ViewerId:
    """The primary key of who asks; null for a visitor."""


@dataclass(frozen=True)
class Constant:
    """A value written in the code; decimals and dates as text, their kind beside them."""

    value: Scalar
    type: Kind | None = None  # None: what Python's type says


@dataclass(frozen=True)
class Moment:
    """Now, or today in a time zone, moved by ``offset``: microseconds of an instant, days of a date."""

    type: Literal["instant", "date"]
    offset: int = 0
    zone: str = "UTC"


Operand: TypeAlias = Attribute | ViewerId | Constant | Moment
VIEWER = "user"  # the root that is the row of who asks; a visitor has none, and is refused


@dataclass(frozen=True)
class Always:
    """True or false whoever asks."""

    value: bool


@dataclass(frozen=True)
class Skip:
    """No answer (Python's None): django-rules leaves the predicate out of its combination."""


@dataclass(frozen=True)
class ViewerIs:
    """A flag of who asks; all are false for a visitor, who is refused by "known"."""

    flag: Literal["authenticated", "active", "staff", "superuser", "known"]


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
class Asked:
    """What the request itself says: its HTTP method (in capitals), or the action of a view set."""

    what: Literal["method", "action"]
    among: tuple[str, ...]


@dataclass(frozen=True)
class Truth:
    """A boolean field that is true."""

    of: Attribute


@dataclass(frozen=True)
class Missing:
    """A field that is null."""

    of: Attribute


@dataclass(frozen=True)
class Absent:
    """No object stands at the end of a path whose last step may lead to nothing."""

    model: str  # label of the model that would stand there
    through: tuple[str, ...]
    root: str = ""


@dataclass(frozen=True)
class Same:
    """Python's ``==``: null equals null and nothing else."""

    left: Operand
    right: Operand


@dataclass(frozen=True)
class Ordered:
    """A comparison of values of one kind, no text; where one is null, Python raises: refused."""

    op: Literal["<", "<=", ">", ">="]
    left: Operand
    right: Operand


@dataclass(frozen=True)
class OneOf:
    """A value among constants; null is among none."""

    value: Operand
    among: tuple[Scalar, ...]


@dataclass(frozen=True)
class Wording:
    """A text that begins with, ends with or contains a constant; where it is null, Python raises: refused."""

    op: Literal["starts", "ends", "contains"]
    value: Attribute
    text: str


@dataclass(frozen=True)
class OfViewersGroups:
    """A text is the name of one of the groups of who asks; null is none."""

    name: Attribute


@dataclass(frozen=True)
class Match:
    """A test of one column of a row: equal to an operand, among constants, or null (``among`` and ``equal`` None)."""

    field: str
    type: Kind
    nullable: bool
    equal: ViewerId | Constant | None = None
    among: tuple[Scalar, ...] | None = None


@dataclass(frozen=True)
class Some:
    """A row of ``model`` holds ``where`` whose foreign key ``link`` refers to the object that ``through`` leads to.

    ``refuses_visitor``: Django raises where a visitor is the value of a filter. ``keyed`` "text": ``link`` is no
    foreign key but a text column that holds the object's key (generic relations).
    """

    model: str
    link: str
    owner: str  # label of the model that ``link`` refers to
    through: tuple[str, ...]
    where: Condition
    refuses_visitor: bool = False
    root: str = ""
    row: str = "row"  # the root by which ``where`` calls the row
    keyed: Literal["key", "text"] = "key"


@dataclass(frozen=True)
class Counted:
    """How many rows there are, compared with a number."""

    rows: Some
    op: Literal["==", "<", "<=", ">", ">="]
    than: int


@dataclass(frozen=True)
class Exactly:
    """The one row that ``rows`` finds holds ``test``; where there is none, Python raises: refused."""

    rows: Some
    test: Condition


@dataclass(frozen=True)
class Above:
    """The object at ``through`` or one above it holds ``where``: upwards along ``parent`` as long as ``climbs`` holds.

    ``itself`` False: begins with the parent. A circle ends where it closes.
    """

    model: str  # label
    through: tuple[str, ...]
    parent: str  # field name of the foreign key to the same model
    climbs: Condition  # of the row left behind
    where: Condition
    itself: bool = True
    root: str = ""
    row: str = "row"


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
    | Skip
    | ViewerIs
    | ViewerIn
    | ViewerMay
    | Asked
    | Truth
    | Missing
    | Absent
    | Same
    | Ordered
    | OneOf
    | Wording
    | OfViewersGroups
    | Some
    | Counted
    | Exactly
    | Above
    | Every
    | Either
    | Negated
    | Choice
)


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


_CONDITIONS, _OPERANDS = get_args(Condition), get_args(Operand)
_FIELDS: dict[type, tuple[str, ...]] = {kind: tuple(part.name for part in fields(kind)) for kind in _CONDITIONS}


def kind_of(operand: Operand) -> Kind:
    """What kind of value an operand is."""
    if isinstance(operand, ViewerId):
        return "integer"
    if isinstance(operand, Constant) and operand.type is None:
        return _PLAIN[type(operand.value)]
    kind = operand.type
    assert kind is not None
    return kind


_PLAIN: dict[type, Kind] = {bool: "boolean", int: "integer", str: "text"}


def matches(some: Some) -> tuple[Match, ...] | None:
    """The test of rows as tests of their own columns, all of which hold; None where it says more."""
    parts = some.where.of if isinstance(some.where, Every) else (some.where,)
    found = tuple(_match(part, some.row) for part in parts if part != Always(True))
    return tuple(item for item in found if item is not None) if None not in found else None


def _match(part: Condition, row: str) -> Match | None:
    """A test of one of the row's own columns."""
    of = getattr(part, "of", getattr(part, "value", getattr(part, "left", None)))
    if not isinstance(of, Attribute) or of.root != row or of.through:
        return None
    match = Match(of.field, of.type, of.nullable)
    if isinstance(part, Missing):
        return match
    if isinstance(part, OneOf):
        return replace(match, among=part.among)
    equal = part.right if isinstance(part, Same) else Constant(True) if isinstance(part, Truth) else None
    return replace(match, equal=equal) if isinstance(equal, (ViewerId, Constant)) else None
