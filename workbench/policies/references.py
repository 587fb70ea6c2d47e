"""What an expression of a predicate's body refers to, while it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from workbench.inspection.records import FieldRecord
from workbench.policies.condition import Match, Scalar
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
    """A Django request, or a view's ``self``: only its user is of interest."""

    depth: int  # 2: self (self.request.user), 1: request (request.user)


@dataclass(frozen=True)
class ViewerGroups:
    """``user.groups``, narrowed to names."""

    names: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Thing:
    """The object asked about, or one that it refers to; ``key`` is the nullable foreign key it hangs on, if so."""

    model: str
    through: tuple[str, ...] = ()
    key: FieldRecord | None = None
    holder: str = ""  # label of the model that holds ``key``


@dataclass(frozen=True)
class Column:
    """A field's value."""

    model: str
    through: tuple[str, ...]
    field: FieldRecord


@dataclass(frozen=True)
class ViewerAttribute:
    """``user.is_staff``, ``user.pk`` …"""

    name: str


@dataclass(frozen=True)
class Given:
    """A constant; a tuple for a literal list; None."""

    value: Scalar | tuple[Scalar, ...] | None


@dataclass(frozen=True)
class Rows:
    """A queryset of rows that refer to a thing."""

    model: str
    link: FieldRecord
    of: Thing
    where: tuple[Match, ...] = ()
    refuses_visitor: bool = False


@dataclass(frozen=True)
class Helper:
    """A function of the project that can be put in place of its call."""

    body: Body


Reference: TypeAlias = Viewer | Request | ViewerGroups | Thing | Column | ViewerAttribute | Given | Rows | Helper
