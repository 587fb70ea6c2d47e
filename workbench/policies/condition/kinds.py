"""The kinds of conditions: questions about the viewer, values and rows, and what joins them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from workbench.policies.condition.operand import Attribute, Operand, Scalar


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
