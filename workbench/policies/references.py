"""What an expression of a predicate's body refers to, while it is read."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from workbench.inspection.records import FieldRecord
from workbench.policies.condition import Condition, Moment, Scalar
from workbench.policies.policy import Body


class Untranslatable(Exception):
    """A construct without a translation: the reason, and the line (from 1) of the body it stands on."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason, self.line = reason, line


@dataclass(frozen=True)
class Viewer:
    """The user who asks."""


@dataclass(frozen=True)
class Request:
    """A Django request, or a view's ``self``: its user, its method, and a view set's action are of interest."""

    depth: int  # 2: self (self.request.user), 1: request (request.user), 0: neither, but of a class with methods
    method: str = ""  # where it is known before the request
    action: str = ""
    methods: bool = False  # the methods of the body's own class are its


@dataclass(frozen=True)
class RequestWord:
    """``request.method`` or ``view.action``."""

    what: Literal["method", "action"]


@dataclass(frozen=True)
class ViewerGroups:
    """``user.groups``, narrowed to names."""

    names: tuple[str, ...] | None = None
    listed: bool = False  # the names themselves


@dataclass(frozen=True)
class ViewerGroup:
    """One of ``user.groups``, in a loop over them; ``name`` True: its name."""

    name: bool = False


@dataclass(frozen=True)
class Thing:
    """The object asked about, a row, the viewer's own row (root VIEWER), or an object that one of them refers to.

    ``maybe``: it may be None; the last step of ``through`` is a foreign key that may be null.
    """

    model: str
    through: tuple[str, ...] = ()
    root: str = ""
    maybe: bool = False
    key: FieldRecord | None = None  # the foreign key that the last step follows
    holder: str = ""  # label of the model that holds ``key``


@dataclass(frozen=True)
class Column:
    """A field's value."""

    model: str
    through: tuple[str, ...]
    field: FieldRecord
    root: str = ""


@dataclass(frozen=True)
class ViewerAttribute:
    """``user.is_staff``, ``user.pk`` …"""

    name: str


@dataclass(frozen=True)
class Given:
    """A constant; a tuple for a literal list; None."""

    value: Scalar | tuple[Scalar, ...] | None


@dataclass(frozen=True)
class Number:
    """A decimal constant, as text."""

    text: str


@dataclass(frozen=True)
class Span:
    """A ``timedelta``, in microseconds."""

    microseconds: int


@dataclass(frozen=True)
class Shifted:
    """A date or a moment of a row, moved by microseconds."""

    column: Column
    microseconds: int


@dataclass(frozen=True)
class Anchor:
    """What rows hang on: their ``link`` refers to the object at ``through``."""

    model: str
    link: str
    owner: str
    through: tuple[str, ...]
    root: str


@dataclass(frozen=True)
class Lineage:
    """An object and those above it, along ``parent`` as long as ``climbs`` holds of ``row``."""

    start: Thing
    parent: str
    row: str
    climbs: Condition
    itself: bool = True


@dataclass(frozen=True)
class Rows:
    """A queryset: rows that hang on an object (no anchor: all rows of a model), narrowed by conditions of ``row``.

    ``element`` is what an element of it is: a row itself, or what a many-to-many relation's row refers to.
    """

    element: Thing
    row: str
    anchor: Anchor | None
    where: tuple[Condition, ...] = ()
    refuses_visitor: bool = False
    given: tuple[Condition, ...] = ()  # of no row: where one fails, there are none
    above: tuple[Lineage, ...] = ()  # whose rows the anchor is one of
    itself: Thing | None = None  # the one object that the rows are narrowed to by its key


@dataclass(frozen=True)
class Values:
    """``rows.values_list("field", flat=True)``."""

    rows: Rows
    of: Column


@dataclass(frozen=True)
class Amount:
    """``rows.count()``, ``len(rows)``."""

    rows: Rows


@dataclass(frozen=True)
class Picked:
    """The one row of ``rows``: ``rows.get()``, ``rows.first()`` (``maybe``: None where there is none)."""

    rows: Rows
    maybe: bool


@dataclass(frozen=True)
class Judged:
    """A truth value that was worked out before."""

    condition: Condition


@dataclass(frozen=True)
class Sought:
    """A queryset, as whether the object that is looked for is in it."""

    condition: Condition


@dataclass(frozen=True)
class Quoted:
    """``Q(…)``, read where it is used; ``known`` is what its names stood for where it was written."""

    node: ast.expr
    known: Mapping[str, Reference]
    body: Body


@dataclass(frozen=True)
class ModelClass:
    """A model's class, or its manager (``objects``)."""

    label: str
    manager: bool = False


@dataclass(frozen=True)
class Known:
    """A function or class that has a meaning here, by its dotted name."""

    name: str


PREDICATE = Known("rules.predicates.Predicate")  # what a bound predicate gets first


@dataclass(frozen=True)
class Helper:
    """A function of the project that can be put in place of its call; ``bound`` is its first argument."""

    body: Body
    bound: Reference | None = None


Reference: TypeAlias = (
    Viewer
    | Request
    | RequestWord
    | ViewerGroups
    | ViewerGroup
    | Thing
    | Column
    | ViewerAttribute
    | Given
    | Number
    | Moment
    | Span
    | Shifted
    | Rows
    | Values
    | Amount
    | Picked
    | Lineage
    | Judged
    | Sought
    | Quoted
    | ModelClass
    | Known
    | Helper
)
